import type { TensorData } from '../../models/session.js';
import { samplesPerToken } from './compat.js';
import { type Codes, sliceCodes } from './delay-pattern.js';
import { outputOf, type VidmuseNetworks } from './networks.js';

/** Frames of codes that one run takes: 30 s. */
const defaultChunkFrames = 1500;
/** Frames that the convolutions behind the LSTM reach to each side, and more. */
const reachFrames = 8;

type Codec = Pick<VidmuseNetworks, 'codecDimensions' | 'codecLatent' | 'codecSamples'>;

export interface DecodeCodesOptions {
  readonly chunkFrames?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The sound of a track's codes in parts, in order: the same samples as in one run, because the LSTM goes on where it was and every convolution sees
 * its neighbours.
 */
export async function* decodeCodes(
  codec: Codec,
  codes: Codes,
  { chunkFrames = defaultChunkFrames, signal }: DecodeCodesOptions = {},
): AsyncGenerator<Float32Array, void, undefined> {
  const width = codec.codecDimensions.channels[0]!;
  /** Latent frames from `first` on that are needed still. */
  let held: { readonly first: number; readonly data: Float32Array } = { first: 0, data: new Float32Array(0) };
  let given = 0;
  for await (const latent of latentsOf(codec, codes, { chunkFrames, signal })) {
    held = { first: held.first, data: joined(held.data, latent) };
    const available = held.first + held.data.length / width;
    const end = available === codes.length ? available : available - reachFrames;
    if (end <= given) continue;
    const result = await codec.codecSamples.run({
      latent: { data: held.data, dims: [1, available - held.first, width] },
    });
    const audio = outputOf(result, 'audio').data;
    yield audio.slice((given - held.first) * samplesPerToken, (end - held.first) * samplesPerToken);
    given = end;
    const first = Math.max(0, end - reachFrames);
    held = { first, data: held.data.slice((first - held.first) * width) };
  }
}

/** The whole track. */
export async function decodedTrack(
  codec: Codec,
  codes: Codes,
  options: DecodeCodesOptions = {},
): Promise<Float32Array> {
  const track = new Float32Array(codes.length * samplesPerToken);
  let place = 0;
  for await (const part of decodeCodes(codec, codes, options)) {
    track.set(part, place);
    place += part.length;
  }
  return track;
}

async function* latentsOf(
  { codecDimensions, codecLatent }: Codec,
  codes: Codes,
  { chunkFrames, signal }: Required<Pick<DecodeCodesOptions, 'chunkFrames'>> & Pick<DecodeCodesOptions, 'signal'>,
): AsyncGenerator<Float32Array, void, undefined> {
  const { channels, lstmLayers, kernel, codebooks } = codecDimensions;
  const zeros = { data: new Float32Array(lstmLayers * channels[0]!), dims: [lstmLayers, 1, channels[0]!] };
  let states: { readonly hidden: TensorData; readonly cell: TensorData } = { hidden: zeros, cell: zeros };
  for (const [start, end] of evenChunks(codes.length, chunkFrames)) {
    signal?.throwIfAborted();
    const from = Math.max(0, start - kernel);
    const part = sliceCodes(codes, from, Math.min(codes.length, end + kernel));
    // The codec may have more codebooks than the decoder speaks: the first ones count.
    const feed = { data: BigInt64Array.from(part.data, BigInt), dims: [1, codebooks, part.length] };
    const keep = { data: BigInt64Array.of(BigInt(start - from), BigInt(end - from)), dims: [2] };
    const results = await codecLatent.run({ codes: feed, keep, ...states });
    states = { hidden: outputOf(results, 'hidden_after'), cell: outputOf(results, 'cell_after') };
    yield outputOf(results, 'latent').data;
  }
}

/** Parts of nearly equal length, none longer than `most`: a rest of a few frames would be too short for reflection. */
function evenChunks(length: number, most: number): [number, number][] {
  const count = Math.ceil(length / most);
  const edge = (index: number): number => Math.round((index * length) / count);
  return Array.from({ length: count }, (_, index) => [edge(index), edge(index + 1)]);
}

function joined(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
