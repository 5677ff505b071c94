import type { Cnn14Dimensions } from '../../models/architectures/cnn14.js';
import type { HtsatDimensions } from '../../models/architectures/htsat.js';
import type { MertDimensions } from '../../models/architectures/mert.js';
import type { Openl3Dimensions } from '../../models/architectures/openl3.js';
import type { SynchformerPictureDimensions } from '../../models/architectures/synchformer/picture-tower.js';
import type { VggishDimensions } from '../../models/architectures/vggish.js';
import type { Feeds } from '../../models/batched-session.js';
import type { ImportedModel } from '../../models/import/imported-model.js';

const bytesOfFloat = 4;
/** Of free memory that one network may plan with: several are open at a time, and onnxruntime's arena doubles what it takes. */
const usableShare = 1 / 8;
/** Planned with where free memory is not known. */
const assumedFreeBytes = 4 * 2 ** 30;
/** Enough to fill a GPU with any of the networks; more only makes clips wait for each other. */
const mostRows = 256;

/** Most rows of such inputs side by side in so much free GPU memory, 1 at least. */
export function rowsThatFit(
  { card }: Pick<ImportedModel, 'card'>,
  feeds: Feeds,
  freeBytes: number = assumedFreeBytes,
): number {
  const bytes = rowBytes(card.architecture.id, { dimensions: card.dimensions, feeds });
  return Math.max(1, Math.min(mostRows, Math.floor((usableShare * freeBytes) / bytes)));
}

/**
 * What one row takes while a network computes, in bytes of float32: its inputs, and the activations that live at its widest place. An upper bound for
 * attention that never writes its scores down.
 */
export function rowBytes(
  architecture: string,
  { dimensions, feeds }: { readonly dimensions: unknown; readonly feeds: Feeds },
): number {
  const inputs = Object.values(feeds).map(({ dims }) => dims.slice(1).reduce((product, size) => product * size, 1));
  const input = inputs.reduce((sum, floats) => sum + floats, 0);
  const floats = widestPlace[architecture]?.({ dimensions, input });
  if (floats === undefined) throw new RangeError(`no memory model for the architecture ${architecture}`);
  return bytesOfFloat * (input + floats);
}

interface Row {
  readonly dimensions: unknown;
  /** Floats of the row's inputs. */
  readonly input: number;
}

interface Transformer {
  readonly width: number;
  readonly hiddenWidth: number;
  /** Left out where each is 64 wide. */
  readonly heads?: number;
}

/** Floats that live at the widest place of each architecture, for one row. */
const widestPlace: Readonly<Record<string, (row: Row) => number>> = {
  vggish: ({ dimensions, input }) => convolutions(input, (dimensions as VggishDimensions).channels[0]!),
  'cnn14-16k': ({ dimensions, input }) => convolutions(input, (dimensions as Cnn14Dimensions).channels[0]!),
  'cnn14-32k': ({ dimensions, input }) => convolutions(input, (dimensions as Cnn14Dimensions).channels[0]!),
  'openl3-mel256': ({ dimensions, input }) => convolutions(input, (dimensions as Openl3Dimensions).channels[0]!),
  'openl3-mel128': ({ dimensions, input }) => convolutions(input, (dimensions as Openl3Dimensions).channels[0]!),
  // Patches of 16 x 16 every 10: a token for each 100 values and those at the edges; two beside them.
  passt: ({ dimensions, input }) => blocks(dimensions as Transformer, input / 100 + 2),
  // A picture of 256 x 256 in patches of 4 x 4; attention stays in windows of 64 tokens.
  'clap-htsat': ({ dimensions }) => {
    const { width, stages } = dimensions as HtsatDimensions;
    return blocks({ width, hiddenWidth: 4 * width, heads: stages[0]!.heads }, 4096, 64);
  },
  'clap-text': ({ dimensions, input }) => blocks(dimensions as Transformer, input),
  'imagebind-audio': ({ dimensions }) =>
    blocks(dimensions as Transformer, (dimensions as { readonly patches: number }).patches + 1),
  'imagebind-vision': ({ dimensions }) => blocks(dimensions as Transformer, squareOf(dimensions) + 1),
  'clip-vit': ({ dimensions }) => blocks(dimensions as Transformer, squareOf(dimensions) + 1),
  'synchformer-audio': ({ dimensions, input }) => blocks(dimensions as Transformer, input / 100 + 2),
  // Attention goes over the places of one time, or over the times of one place.
  'synchformer-video': ({ dimensions }) => {
    const { times } = dimensions as SynchformerPictureDimensions;
    return blocks(dimensions as Transformer, times * squareOf(dimensions) + 1, squareOf(dimensions) + 1);
  },
  'synchformer-sync': ({ dimensions, input }) =>
    blocks(dimensions as Transformer, input / (dimensions as Transformer).width + 2),
  // The first convolution moves by 5 samples, and a frame is 320.
  mert: ({ dimensions, input }) => {
    const { channels, ...transformer } = dimensions as MertDimensions;
    return Math.max(convolutions(input / 5, channels), blocks(transformer, input / 320));
  },
};

function squareOf(dimensions: unknown): number {
  return (dimensions as { readonly side: number }).side ** 2;
}

/** The first convolution's output and the second's, which are as wide as any, and a workspace of their size. */
function convolutions(input: number, channels: number): number {
  return 3 * input * channels;
}

/**
 * A transformer's block: the sums, the normed, and either queries, keys, values and what attention gives with its scores before and after the softmax,
 * or the hidden layer before and after its activation. Each token sees `seen` others.
 */
function blocks(
  { width, hiddenWidth, heads = width / 64 }: Transformer,
  tokens: number,
  seen: number = tokens,
): number {
  const attending = 4 * width + 2 * heads * seen;
  return tokens * (2 * width + Math.max(attending, 2 * hiddenWidth));
}
