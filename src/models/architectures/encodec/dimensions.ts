import { BenchError } from '../../../core/errors.js';
import { type WeightNormSpelling, weightNormNames } from '../../graph/weight-norm.js';
import type { CheckpointOutline } from '../architecture.js';
import { shapeIn } from '../shape-in.js';
import { encodecPadMode, type PadMode } from './pad-mode.js';

export interface EncodecDimensions {
  /** Whose names the tensors have. */
  readonly layout: 'transformers' | 'audiocraft';
  readonly weightNorm: WeightNormSpelling;
  readonly codebooks: number;
  readonly codebookSize: number;
  /** Of a code's vector. */
  readonly codeWidth: number;
  /** Channels before each rise of the rate, and after the last. */
  readonly channels: readonly number[];
  /** By which the rate rises, stage after stage. */
  readonly ratios: readonly number[];
  readonly lstmLayers: number;
  /** Of the first and last convolution, and of the first one in each residual block. */
  readonly kernel: number;
  readonly residualKernel: number;
  /** Channels inside each residual block. */
  readonly residualChannels: readonly number[];
  readonly padMode: PadMode;
}

/** Names of tensors in the two layouts. */
export const encodecNames = {
  transformers: {
    layer: (index: number): string => `decoder.layers.${index}`,
    convolution: 'conv',
    rising: 'conv',
    codebook: (index: number): string => `quantizer.layers.${index}.codebook.embed`,
  },
  audiocraft: {
    layer: (index: number): string => `decoder.model.${index}`,
    convolution: 'conv.conv',
    rising: 'convtr.convtr',
    codebook: (index: number): string => `quantizer.vq.layers.${index}._codebook.embed`,
  },
} as const;

/** Reads layout, spelling and sizes from names and shapes. Throws a BenchError for a file that is no codec of this kind. */
export function describeEncodec(outline: CheckpointOutline): EncodecDimensions {
  const { tensors } = outline;
  const layout = tensors.has('decoder.layers.1.lstm.weight_ih_l0') ? 'transformers' : 'audiocraft';
  const { layer, convolution, rising, codebook } = encodecNames[layout];
  const first = `${layer(0)}.${convolution}`;
  const weightNorm: WeightNormSpelling = tensors.has(`${first}.weight_g`) ? 'weight-g-v' : 'parametrizations';
  const kernelName = (name: string): string => weightNormNames(name, weightNorm).v;
  const stages: { readonly outer: readonly number[]; readonly inner: readonly number[] }[] = [];
  for (let index = 3; ; index += 3) {
    const outer = kernelName(`${layer(index)}.${rising}`);
    const inner = kernelName(`${layer(index + 1)}.block.1.${convolution}`);
    if (!tensors.has(outer) || !tensors.has(inner)) break;
    stages.push({ outer: shapeIn(outline, outer, 3), inner: shapeIn(outline, inner, 3) });
  }
  if (stages.length === 0) throw unlike(outline.file);
  const [codebookSize, codeWidth] = shapeIn(outline, codebook(0), 2) as [number, number];
  return {
    ...{ layout, weightNorm, codebookSize, codeWidth },
    codebooks: countFrom(0, (index) => tensors.has(codebook(index))),
    channels: [...stages.map(({ outer }) => outer[0]!), stages.at(-1)!.outer[1]!],
    // A kernel is twice as long as its stride.
    ratios: stages.map(({ outer }) => outer[2]! / 2),
    lstmLayers: countFrom(0, (index) => tensors.has(`${layer(1)}.lstm.weight_ih_l${index}`)),
    kernel: shapeIn(outline, kernelName(first), 3)[2]!,
    residualKernel: stages[0]!.inner[2]!,
    residualChannels: stages.map(({ inner }) => inner[0]!),
    padMode: encodecPadMode(outline),
  };
}

/** VidMuse's own file for the codec holds the name of another repository. */
export function recogniseOtherThanEncodec({
  values,
}: CheckpointOutline): { readonly problem: string; readonly remedy: string } | undefined {
  const pointed = values.get('pretrained');
  if (typeof pointed !== 'string') return undefined;
  return {
    problem: `this file is only a pointer to ${pointed}: it holds no weights`,
    remedy:
      'Fetch the codec with `bench models pull encodec-32khz`, or import model.safetensors of facebook/encodec_32khz with config.json beside it',
  };
}

function countFrom(start: number, has: (index: number) => boolean): number {
  let index = start;
  while (has(index)) index++;
  return index - start;
}

function unlike(file: string): BenchError {
  return new BenchError({
    code: 'checkpoint-not-fitting',
    kind: 'input',
    file,
    problem: 'the decoder has no stages of one transposed convolution and one residual block',
    remedy: 'Import facebook/encodec_32khz, or the codec that the model was trained with',
  });
}
