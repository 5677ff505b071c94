import type { Attribute, Graph, GraphPort, Initializer, Node } from './graph.js';

/** An output and the value that it shows. */
export type OutputOf = GraphPort & { readonly value: string };

/**
 * Gives the shown values the names of the outputs, so that no copying node is needed. A value that is an input, an initializer or
 * already shown under another name cannot be renamed: it goes through an Identity.
 */
export function renamed(graph: Omit<Graph, 'outputs'>, outputs: readonly OutputOf[]): Graph {
  const made = new Set(graph.nodes.flatMap((node) => node.outputs));
  const shown = new Set(outputs.filter(({ name, value }) => name === value).map(({ value }) => value));
  const names = new Map<string, string>();
  const copies: Node[] = [];
  for (const { name, value } of outputs) {
    if (value === name) continue;
    if (made.has(value) && !names.has(value) && !shown.has(value)) names.set(value, name);
    else copies.push(identity(value, name));
  }
  const nodes = [...graph.nodes, ...copies].map((node) => withNames(node, names));
  return { ...graph, nodes, outputs: outputs.map(({ value: _, ...port }) => port) };
}

function identity(from: string, to: string): Node {
  return { operator: 'Identity', domain: '', name: `${to}.copy`, inputs: [from], outputs: [to], attributes: {} };
}

function withNames(node: Node, names: ReadonlyMap<string, string>): Node {
  const rename = (name: string): string => names.get(name) ?? name;
  return {
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
    attributes: mapBodies(node.attributes, (body) => ({
      ...body,
      outputs: body.outputs.map((port) => ({ ...port, name: rename(port.name) })),
      nodes: body.nodes.map((inner) => withNames(inner, names)),
    })),
  };
}

/** The attributes with each graph among them changed. */
export function mapBodies(
  attributes: Node['attributes'],
  change: (body: Graph) => Graph,
): Readonly<Record<string, Attribute>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      'graph' in value ? { graph: change(value.graph) } : value,
    ]),
  );
}

/** The graph without nodes and initializers that no output needs; inputs stay. */
export function pruned(graph: Graph): Graph {
  const needed = new Set(graph.outputs.map(({ name }) => name));
  const nodes: Node[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((name) => needed.has(name))) continue;
    nodes.push(node);
    for (const name of namesReadBy(node)) needed.add(name);
  }
  const isNeeded = ({ name }: Initializer): boolean => needed.has(name);
  return { ...graph, nodes: nodes.reverse(), initializers: graph.initializers.filter(isNeeded) };
}

/** Inputs of the node and everything that the graphs in its attributes read, their own values included. */
function namesReadBy(node: Node): string[] {
  const bodies = Object.values(node.attributes).flatMap((value) => ('graph' in value ? [value.graph] : []));
  const inside = bodies.flatMap((body) => [
    ...body.outputs.map(({ name }) => name),
    ...body.nodes.flatMap(namesReadBy),
  ]);
  return [...node.inputs, ...inside];
}
