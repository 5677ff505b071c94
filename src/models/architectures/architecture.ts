import type { PlainValue, TensorInfo } from '../checkpoint/checkpoint.js';
import type { FloatType } from '../graph/encode-model.js';
import type { Graph } from '../graph/graph.js';
import type { InputData, TensorData } from '../session.js';

/** What of a checkpoint an architecture may look at to find its dimensions. Names are without the wrapper's prefix. */
export interface CheckpointOutline {
  /** Path of the file, for messages. */
  readonly file: string;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly values: ReadonlyMap<string, PlainValue>;
  readonly hints?: ImportHints;
}

/** What the user must say because no file does. */
export interface ImportHints {
  /** Attention heads of the visual encoder of a VidMuse that is not of the released width. */
  readonly clipHeads?: number;
}

export interface OutputDescription {
  readonly name: string;
  readonly columns: number;
  readonly summary: string;
}

/**
 * How one kind of network becomes a graph. The tensors that a file must have are those that the graph's weights are made from, so
 * they are stated once, where they are used.
 */
export interface Architecture<Dimensions> {
  readonly id: string;
  /** Raised by any change that can move a number. */
  readonly version: number;
  /** Paper and file and line of the official code. */
  readonly source: string;
  /** Prefixes under which official files and wrappers put the tensors, `''` for none; the first under which `anchor` lies counts. */
  readonly prefixes: readonly string[];
  /** A tensor that every file of this architecture has; several where it comes in several layouts, of which one must be there. */
  readonly anchor: string | readonly string[];
  /** What a file without the anchor is instead, and what to do, where that can be told. */
  recogniseOther?(outline: CheckpointOutline): { readonly problem: string; readonly remedy: string } | undefined;
  /** Finds the dimensions in the shapes. Throws a BenchError for a file of another architecture or variant. */
  describe(outline: CheckpointOutline): Dimensions;
  /** Tensors that official files have but this graph does not use; any other tensor is an error. */
  isUnused(name: string): boolean;
  outputs(dimensions: Dimensions): readonly OutputDescription[];
  /** Named values inside the network that `buildGraph` can make outputs too. */
  readonly probes: readonly string[];
  /** Inputs and outputs are float32. */
  buildGraph(dimensions: Dimensions, options?: BuildOptions): Graph;
  /** Further graphs over the same weights, which run in other ways; none if left out. Told the floating type, which some ways of running need. */
  companions?(dimensions: Dimensions, dtype: FloatType): readonly Companion[];
  /** The shortest input that the network takes, for the check after an import; not all zeros. */
  shortestInput(dimensions: Dimensions): Readonly<Record<string, TensorData<InputData>>>;
}

/** A further graph. */
export interface Companion {
  /** Of its file, `NAME.onnx`. */
  readonly name: string;
  readonly graph: Graph;
  /** For the check after an import; left out where the processor cannot run it. */
  readonly trial?: {
    readonly input: Readonly<Record<string, TensorData<InputData>>>;
    readonly outputs: readonly Pick<OutputDescription, 'name' | 'columns'>[];
  };
}

export interface BuildOptions {
  /** Probes to build in as further outputs, under their own names; none if left out. */
  readonly probes?: readonly string[];
}
