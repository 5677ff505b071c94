import { createConstants } from './constants.js';
import { pruned, renamed } from './finish-graph.js';
import type {
  Attribute,
  Dimension,
  ElementType,
  Graph,
  GraphPort,
  Initializer,
  Node,
  SmallInitializer,
  Value,
  WeightInitializer,
} from './graph.js';

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** `com.microsoft` for onnxruntime's own operators; left out: ONNX itself. */
  readonly domain?: string;
  /** Name of the node and of its outputs; left out: the operator with a number. */
  readonly name?: string;
}

export interface OutputsOptions extends NodeOptions {
  readonly count: number;
  /** Places of optional outputs that are left out; their Value must not be used. */
  readonly omitted?: readonly number[];
}

/** Values of the checkpoint brought into another layout or folded into each other. */
export type DerivedWeight = Pick<WeightInitializer, 'name' | 'shape' | 'sources'> & {
  readonly compute: NonNullable<WeightInitializer['compute']>;
};

/** Collects one network. Names are checked at once, so a wrong graph fails where it is written, not when it is loaded. */
export interface GraphBuilder {
  input(name: string, type: ElementType, shape: readonly Dimension[], options?: Pick<GraphPort, 'resident'>): Value;
  /** Makes `value` an output under this name. */
  output(
    name: string,
    value: Value,
    port: Pick<GraphPort, 'shape' | 'resident'> & { readonly type?: ElementType },
  ): void;
  /** Values known now; equal ones are stored once. */
  constant(data: SmallInitializer['data'], options?: ConstantOptions): Value;
  /** A tensor of the checkpoint as it is; asked for twice (tied weights), it is stored once. */
  weight(name: string, shape: readonly number[]): Value;
  derivedWeight(weight: DerivedWeight): Value;
  /** An operator with one output. `undefined` is an optional input that is left out. */
  node(operator: string, inputs: readonly (Value | undefined)[], options?: NodeOptions): Value;
  /** An operator with several outputs, in the order of its definition. */
  nodes(operator: string, inputs: readonly (Value | undefined)[], options: OutputsOptions): Value[];
  /** `stem` with a number that nothing else has. */
  uniqueName(stem: string): string;
  /** A graph inside an attribute (Loop, If): it sees the values made so far, and its weights belong to the outermost graph. */
  body(name: string, fill: (body: GraphBuilder) => void): Graph;
  /** The finished graph without what no output needs. */
  build(): Graph;
}

export interface ConstantOptions {
  /** Left out: by the array (Float32Array is float32, BigInt64Array int64, ...). */
  readonly type?: ElementType;
  /** Left out: one axis. */
  readonly shape?: readonly number[];
  readonly name?: string;
}

/** An empty network. `name` is only informative. */
export function createGraphBuilder(name: string): GraphBuilder {
  return builderWithin(name, { names: new Set(), counters: new Map(), initializers: [] });
}

/** What a graph shares with the graphs inside it. */
interface Shared {
  /** Every value so far; ONNX forbids an inner name that hides an outer one. */
  readonly names: Set<string>;
  readonly counters: Map<string, number>;
  readonly initializers: Initializer[];
}

function builderWithin(graphName: string, shared: Shared, isBody = false): GraphBuilder {
  const inputs: GraphPort[] = [];
  const outputs: (GraphPort & { readonly value: string })[] = [];
  const nodes: Node[] = [];
  const constants = createConstants();

  const define = (name: string): Value => {
    if (name === '') throw new TypeError(`${graphName}: a value needs a name`);
    if (shared.names.has(name)) throw new TypeError(`${graphName}: the name ${name} is used twice`);
    shared.names.add(name);
    return { name };
  };
  const fresh = (stem: string): string => {
    const number = shared.counters.get(stem) ?? 0;
    shared.counters.set(stem, number + 1);
    return shared.names.has(`${stem}_${number}`) ? fresh(stem) : `${stem}_${number}`;
  };
  const known = (value: Value, user: string): string => {
    if (!shared.names.has(value.name))
      throw new TypeError(`${graphName}: ${user} uses ${value.name}, which is unknown`);
    return value.name;
  };
  const keep = (initializer: Initializer): Value => {
    const value = define(initializer.name);
    shared.initializers.push(initializer);
    return value;
  };
  const addNodes: GraphBuilder['nodes'] = (operator, ins, options) => {
    const { attributes = {}, domain = '', name, count, omitted = [] } = options;
    const nodeName = name ?? fresh(operator);
    const names = ins.map((value) => (value === undefined ? '' : known(value, nodeName)));
    while (names.at(-1) === '') names.pop();
    const values = Array.from({ length: count }, (_, index) => {
      if (omitted.includes(index)) return { name: '' };
      return define(count === 1 ? nodeName : `${nodeName}.${index}`);
    });
    const results = values.map((value) => value.name);
    nodes.push({ operator, domain, name: nodeName, inputs: names, outputs: results, attributes });
    return values;
  };

  return {
    input(name, type, shape, options = {}) {
      inputs.push({ name, type, shape, ...options });
      return define(name);
    },
    output(name, value, { type = 'float32', ...port }) {
      outputs.push({ name, type, ...port, value: known(value, `output ${name}`) });
      if (name !== value.name) define(name);
      else if (outputs.filter((other) => other.name === name).length > 1)
        throw new TypeError(`${graphName}: two outputs ${name}`);
    },
    constant: (data, options = {}) =>
      constants(data, options, (initializer) => {
        const name = options.name ?? fresh('constant');
        return keep({ ...initializer, name });
      }),
    weight(name, shape) {
      const stored = shared.initializers.find((other) => other.name === name && other.kind === 'weight');
      if (stored === undefined) return keep({ kind: 'weight', name, shape, sources: [{ name, shape }] });
      if (stored.shape.join() === shape.join()) return { name };
      throw new TypeError(`${graphName}: ${name} is asked for as [${shape}] and as [${stored.shape}]`);
    },
    derivedWeight: (weight) => keep({ kind: 'weight', ...weight }),
    node: (operator, ins, options = {}) => addNodes(operator, ins, { ...options, count: 1 })[0]!,
    nodes: addNodes,
    uniqueName: fresh,
    body(name, fill) {
      const inner = builderWithin(name, shared, true);
      fill(inner);
      return inner.build();
    },
    build() {
      if (outputs.length === 0) throw new TypeError(`${graphName}: a graph needs an output`);
      const initializers = isBody ? [] : shared.initializers;
      return pruned(renamed({ name: graphName, inputs, nodes, initializers }, outputs));
    },
  };
}
