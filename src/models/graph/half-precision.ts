import { mapBodies } from './finish-graph.js';
import { largestFloat16 } from './float16.js';
import type { Attribute, ElementType, Graph, GraphPort, Initializer, Node } from './graph.js';
import { elementTypeCodes } from './shape-operators.js';

/** Inputs that ONNX wants as float32 whatever the data is. */
const float32Inputs: Readonly<Record<string, readonly number[]>> = { Resize: [1, 2] };

/**
 * The same network computing in float16: constants, casts and ports of inner graphs become float16; inputs and outputs stay
 * float32, with a Cast at the border, but for those that never leave the device. Weights take their type when they are written. Constants beyond ±65504, such as masks, are
 * set to that: an infinite mask would make NaN of a row that is masked throughout.
 */
export function inHalfPrecision(graph: Graph): Graph {
  const kept = new Set(graph.nodes.flatMap(float32Names));
  const inputs = castPorts(graph.inputs);
  const outputs = castPorts(graph.outputs);
  const names = new Map([...inputs, ...outputs].map((name) => [name, `${name}.half`]));
  return {
    ...graph,
    inputs: graph.inputs.map(borderPort),
    outputs: graph.outputs.map(borderPort),
    nodes: [
      ...inputs.map((name) => castNode(name, { to: 'float16', result: `${name}.half` })),
      ...graph.nodes.map((node) => halfNode(node, names)),
      ...outputs.map((name) => castNode(`${name}.half`, { to: 'float32', result: name })),
    ],
    initializers: graph.initializers.map((initializer) => halfConstant(initializer, kept)),
  };
}

function castPorts(ports: readonly GraphPort[]): string[] {
  return ports.filter(({ type, resident }) => type === 'float32' && resident !== true).map(({ name }) => name);
}

function borderPort(port: GraphPort): GraphPort {
  return port.resident === true ? halfPort(port) : port;
}

function castNode(from: string, { to, result }: { readonly to: ElementType; readonly result: string }): Node {
  const attributes = { to: { int: elementTypeCodes[to] } };
  return { operator: 'Cast', domain: '', name: `${result}.cast`, inputs: [from], outputs: [result], attributes };
}

function float32Names(node: Node): string[] {
  const own = (float32Inputs[node.operator] ?? []).map((place) => node.inputs[place] ?? '');
  const bodies = Object.values(node.attributes).flatMap((value) => ('graph' in value ? [value.graph] : []));
  return [...own, ...bodies.flatMap((body) => body.nodes.flatMap(float32Names))];
}

function halfConstant(initializer: Initializer, kept: ReadonlySet<string>): Initializer {
  if (initializer.kind !== 'constant' || initializer.type !== 'float32' || kept.has(initializer.name))
    return initializer;
  const clamp = (value: number): number =>
    Number.isFinite(value) ? Math.max(-largestFloat16, Math.min(largestFloat16, value)) : value;
  const data = Float32Array.from(initializer.data as Float32Array, clamp);
  return { ...initializer, type: 'float16', data };
}

function halfNode(node: Node, names: ReadonlyMap<string, string>): Node {
  const rename = (name: string): string => names.get(name) ?? name;
  const attributes = mapBodies(node.attributes, (body) => ({
    ...body,
    inputs: body.inputs.map(halfPort),
    outputs: body.outputs.map((port) => ({ ...halfPort(port), name: rename(port.name) })),
    nodes: body.nodes.map((inner) => halfNode(inner, names)),
  }));
  return {
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
    attributes: node.operator === 'Cast' ? halfCast(attributes) : attributes,
  };
}

function halfPort(port: GraphPort): GraphPort {
  return port.type === 'float32' ? { ...port, type: 'float16' } : port;
}

function halfCast(attributes: Readonly<Record<string, Attribute>>): Readonly<Record<string, Attribute>> {
  const { to } = attributes;
  const isFloat32 = to !== undefined && 'int' in to && to.int === elementTypeCodes.float32;
  return isFloat32 ? { ...attributes, to: { int: elementTypeCodes.float16 } } : attributes;
}
