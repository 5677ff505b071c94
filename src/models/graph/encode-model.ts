import { toFloat16 } from './float16.js';
import type { Attribute, Dimension, Graph, GraphPort, Node, SmallInitializer, WeightInitializer } from './graph.js';
import { attributeTypes, externalLocation, modelProto } from './onnx-schema.js';
import { elementTypeCodes } from './shape-operators.js';

/** Floating type of the weights and of the computation. */
export type FloatType = 'f32' | 'f16';

/** Where a weight lies in the data file, in bytes. */
export interface WeightPlace {
  readonly offset: number;
  readonly length: number;
}

export interface EncodeOptions {
  readonly dtype: FloatType;
  /** Name of the file that holds the weights, in the folder of the model. */
  readonly dataFile: string;
  readonly places: ReadonlyMap<string, WeightPlace>;
  /** Plain facts that travel in the file. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Operator set 20 is the newest that all fusions of onnxruntime 1.29 know; IR version 9 is the one that came with it (ONNX 1.15). */
const operatorSets = [
  { domain: '', version: 20 },
  { domain: 'com.microsoft', version: 1 },
];
const irVersion = 9;

/** The bytes of an .onnx file whose weights lie in a file of their own. Equal graphs give equal bytes. */
export function encodeModel(graph: Graph, options: EncodeOptions): Uint8Array {
  const model = {
    ir_version: irVersion,
    producer_name: 'v2m-bench',
    graph: graphMessage(graph, options),
    opset_import: operatorSets,
    metadata_props: pairs(options.metadata ?? {}),
  };
  return modelProto.encode(model).finish();
}

function graphMessage(graph: Graph, options: EncodeOptions): object {
  return {
    name: graph.name,
    node: graph.nodes.map((node) => nodeMessage(node, options)),
    initializer: graph.initializers.map((initializer) =>
      initializer.kind === 'weight' ? weightMessage(initializer, options) : constantMessage(initializer),
    ),
    input: graph.inputs.map(portMessage),
    output: graph.outputs.map(portMessage),
  };
}

function nodeMessage(node: Node, options: EncodeOptions): object {
  return {
    input: node.inputs,
    output: node.outputs,
    name: node.name,
    op_type: node.operator,
    domain: node.domain,
    attribute: Object.entries(node.attributes).map(([name, value]) => attributeMessage(name, value, options)),
  };
}

function attributeMessage(name: string, value: Attribute, options: EncodeOptions): object {
  if ('int' in value) return { name, type: attributeTypes.int, i: value.int };
  if ('float' in value) return { name, type: attributeTypes.float, f: value.float };
  if ('text' in value) return { name, type: attributeTypes.text, s: new TextEncoder().encode(value.text) };
  if ('ints' in value) return { name, type: attributeTypes.ints, ints: value.ints };
  if ('floats' in value) return { name, type: attributeTypes.floats, floats: value.floats };
  return { name, type: attributeTypes.graph, g: graphMessage(value.graph, options) };
}

function weightMessage({ name, shape }: WeightInitializer, { dtype, dataFile, places }: EncodeOptions): object {
  const place = places.get(name);
  if (place === undefined) throw new TypeError(`the weight ${name} has no place in ${dataFile}`);
  return {
    name,
    dims: shape,
    data_type: elementTypeCodes[dtype === 'f16' ? 'float16' : 'float32'],
    data_location: externalLocation,
    external_data: pairs({ location: dataFile, offset: String(place.offset), length: String(place.length) }),
  };
}

function constantMessage({ name, shape, type, data }: SmallInitializer): object {
  const stored = type === 'float16' && data instanceof Float32Array ? toFloat16(data) : data;
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  return { name, dims: shape, data_type: elementTypeCodes[type], raw_data: bytes };
}

function portMessage({ name, type, shape }: GraphPort): object {
  const dim = shape.map(dimensionMessage);
  return { name, type: { tensor_type: { elem_type: elementTypeCodes[type], shape: { dim } } } };
}

function dimensionMessage(dimension: Dimension): object {
  return typeof dimension === 'number' ? { dim_value: dimension } : { dim_param: dimension };
}

function pairs(record: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }));
}
