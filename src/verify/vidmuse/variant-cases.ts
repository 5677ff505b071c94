import { join } from 'node:path';
import { sampleRateHz, tokensPerSecond } from '../../generate/vidmuse/compat.js';
import { decodedTrack } from '../../generate/vidmuse/decode-codes.js';
import {
  type Codes,
  delayedSequence,
  emptyCodes,
  joinCodes,
  sliceCodes,
} from '../../generate/vidmuse/delay-pattern.js';
import { openWindowDecoder } from '../../generate/vidmuse/loop-decoder.js';
import { upstreamLoudness } from '../../generate/vidmuse/loudness.js';
import { outputOf, type VidmuseNetworks } from '../../generate/vidmuse/networks.js';
import { openResidentDecoder } from '../../generate/vidmuse/resident-decoder.js';
import { candidates } from '../../generate/vidmuse/sampling.js';
import { createTokenDecoder, type StepNetworks, type TokenDecoder } from '../../generate/vidmuse/token-decoder.js';
import { frameImage, longTermBranch, visualStates } from '../../generate/vidmuse/visual-branches.js';
import type { TensorData } from '../../models/session.js';
import { formulaFrame } from './formula-frame.js';
import { hasCodec, type OpenVariantOptions, openVariant } from './open-variant.js';
import { exists, readArray, type Variant } from './variant.js';

/** A value that the official code made too, by the path of its golden file inside the variant. */
export interface VariantValue {
  readonly file: string;
  readonly tensor: TensorData;
  /** Where it comes a second way: which. */
  readonly way?: string;
}

const edgeSamples = 4096;
const greedy = { temperature: 0, topK: 0, topP: 0 };
/** Where the golden pixels were cut out. */
const patch = { top: 96, left: 64, size: 32 };

/** All values of a variant, link by link. */
export async function* variantValues(
  variant: Variant,
  options: OpenVariantOptions,
): AsyncGenerator<VariantValue, void, undefined> {
  await using networks = await openVariant(variant, options);
  const visual = await visualBranches(networks, variant);
  yield* visual.values;
  const memory = memoryOf(visual.memory);
  yield* decoderValues(networks, { variant, memory, nullMemory: visual.nullMemory });
  const decoder = await createTokenDecoder(networks, visual.nullMemory);
  for await (const value of greedyValues(decoder, { variant, memory, networks })) yield value;
  const { provider } = options.settings;
  if (provider !== 'cuda') {
    await using resident = await openResidentDecoder(networks.models.decoder, {
      ...{ provider, nullMemory: visual.nullMemory },
    });
    const third = greedyValues(resident, { variant, memory, networks });
    for await (const value of third) yield { ...value, way: 'resident' };
  }
  await using window = await openWindowDecoder(networks.models.decoder, {
    ...{ provider, dimensions: networks.dimensions, nullMemory: visual.nullMemory },
  });
  const again = greedyValues(window, { variant, memory, networks });
  for await (const value of again) if (value.file.includes('_tokens')) yield { ...value, way: 'in one graph' };
  yield* samplingValues(variant);
  yield* audioValues(networks, { variant, options });
}

/** Rows of a memory by frame. */
type FrameMemory = (first: number, count: number) => TensorData;

function memoryOf({ data, dims }: TensorData): FrameMemory {
  const length = dims[1]! * dims[2]!;
  return (first, count) => ({
    data: data.subarray(first * length, (first + count) * length),
    dims: [count, dims[1]!, dims[2]!],
  });
}

async function visualBranches(
  networks: VidmuseNetworks,
  { meta }: Variant,
): Promise<{ values: VariantValue[]; memory: TensorData; nullMemory: TensorData }> {
  const { sel_local, sel_global, sel_tokens, local_frame_ids_padded, global_frame_ids } = meta;
  const { patch: patchPx, side } = networks.dimensions.clip;
  const sizePx = patchPx * side;
  const imageOf = (t: number | undefined): Float32Array =>
    frameImage(networks, formulaFrame(t, { widthPx: sizePx, heightPx: sizePx, k: meta.video.k }), false);
  const states = (ids: readonly (number | undefined)[]): Promise<TensorData> =>
    visualStates(networks, ids.map(imageOf));
  const [local, global, black] = [
    await states(local_frame_ids_padded),
    await states(global_frame_ids),
    await states([undefined]),
  ];
  const branch = await networks.longTerm.run({ states: global });
  const nullBranch = await networks.longTerm.run({ states: black });
  const fused = await networks.shortTerm.run({ states: local, ...(await longTermBranch(networks, global)) });
  const nullFused = await networks.shortTerm.run({ states: black, ...(await longTermBranch(networks, black)) });
  const chosen = (tensor: TensorData, frames: readonly number[]): TensorData => picked(tensor, frames, sel_tokens);
  const pair = (file: string, cond: TensorData, uncond: TensorData, frames: readonly number[]): VariantValue[] => [
    { file: `visual/${file}.npy`, tensor: chosen(cond, frames) },
    { file: `visual/${file}_${file === 'cross_attention' ? 'null' : 'black'}.npy`, tensor: chosen(uncond, [0]) },
  ];
  const values = [
    {
      file: 'visual/pixel_patch.npy',
      tensor: pixelPatch(
        sel_local.map((at) => imageOf(local_frame_ids_padded[at])),
        sizePx,
      ),
    },
    { file: 'visual/clip_local.npy', tensor: chosen(local, sel_local) },
    { file: 'visual/clip_global.npy', tensor: chosen(global, sel_global) },
    { file: 'visual/clip_black.npy', tensor: chosen(black, [0]) },
    ...pair(
      'local_transformer',
      outputOf(fused, 'local_transformer'),
      outputOf(nullFused, 'local_transformer'),
      sel_local,
    ),
    ...pair(
      'global_transformer',
      outputOf(branch, 'global_transformer'),
      outputOf(nullBranch, 'global_transformer'),
      sel_global,
    ),
    ...pair('cross_attention', outputOf(fused, 'cross_attention'), outputOf(nullFused, 'cross_attention'), sel_local),
    { file: 'visual/memory_cond.npy', tensor: rows(outputOf(fused, 'memory')) },
    { file: 'visual/memory_null.npy', tensor: rows(outputOf(nullFused, 'memory')) },
  ];
  return { values, memory: outputOf(fused, 'memory'), nullMemory: outputOf(nullFused, 'memory') };
}

interface DecoderCase {
  readonly variant: Variant;
  readonly memory: FrameMemory;
  readonly nullMemory: TensorData;
}

/** Teacher-forced logits of both branches, in one run over the whole sequence. */
async function* decoderValues(
  networks: StepNetworks,
  { variant, memory, nullMemory }: DecoderCase,
): AsyncGenerator<VariantValue, void, undefined> {
  const { delays, codebookSize, codebooks, depth, heads, width } = networks.dimensions.decoder;
  const codes = await readArray(join(variant.folder, 'logits/teacher_codes.npy'));
  const prompt = { codebooks, length: codes.dims[1]!, data: Int32Array.from(codes.data) };
  yield { file: 'logits/teacher_codes.npy', tensor: tensorOf(prompt) };
  const sequence = delayedSequence(prompt, { length: prompt.length, delays, noCode: codebookSize });
  yield { file: 'logits/teacher_sequence.npy', tensor: tensorOf(sequence) };
  const mask = { ...sequence, data: sequence.data.map((code) => (code === codebookSize ? 0 : 1)) };
  yield { file: 'logits/teacher_mask.npy', tensor: tensorOf(mask) };
  const inOneRow = ({ data, dims }: TensorData): TensorData => ({ data, dims: [1, dims[0]! * dims[1]!, dims[2]!] });
  const keys = await networks.decoderMemory.run({ memory: inOneRow(memory(0, variant.meta.local_short)) });
  const nulls = await networks.decoderMemory.run({ memory: inOneRow(nullMemory) });
  const empty = { data: new Float32Array(0), dims: [2, heads, 0, width / heads] };
  const past = Array.from({ length: depth }, (_, layer) => [
    [`past_keys_${layer}`, empty],
    [`past_values_${layer}`, empty],
  ]);
  const steps = sequence.length;
  const results = await networks.decoder.run({
    ...keys,
    ...Object.fromEntries(Object.entries(nulls).map(([name, tensor]) => [`null_${name}`, tensor])),
    ...(Object.fromEntries(past.flat()) as Record<string, TensorData>),
    codes: { data: BigInt64Array.from(sequence.data, BigInt), dims: [1, codebooks, steps] },
    positions: { data: BigInt64Array.from({ length: steps }, (_, step) => BigInt(step)), dims: [steps] },
    guidance: { data: Float32Array.of(variant.meta.cfg_coef), dims: [1] },
  });
  for (const name of ['logits_cond', 'logits_uncond', 'logits_cfg'])
    yield { file: `logits/${name}.npy`, tensor: outputOf(results, name) };
}

interface GreedyCase {
  readonly variant: Variant;
  readonly memory: FrameMemory;
  readonly networks: VidmuseNetworks;
}

async function* greedyValues(
  decoder: TokenDecoder,
  { variant, memory, networks }: GreedyCase,
): AsyncGenerator<VariantValue, void, undefined> {
  const { codebooks, codebookSize } = networks.dimensions.decoder;
  const { meta, folder } = variant;
  const nothing = emptyCodes(codebooks, 0);
  const shown = new Map<number, Float32Array>();
  const shared = { guidance: meta.cfg_coef, sampling: greedy };
  const golden = await readArray(join(folder, 'greedy/short_tokens.npy'));
  const [short] = await decoder.decode([{ memory: memory(0, meta.local_short), prompt: nothing, uniform: () => 0 }], {
    ...{ ...shared, tokens: golden.dims[1]! },
    onLogits: (column, logits) => shown.set(column, logits),
  });
  yield { file: 'greedy/short_tokens.npy', tensor: tensorOf(short!) };
  // A window in one graph shows no logits.
  const steps = shown.size === 0 ? [] : meta.step_logits_steps.map((step) => shown.get(step)!);
  const dims = [steps.length, codebooks, codebookSize];
  if (steps.length > 0) {
    yield { file: 'greedy/short_step_logits_cfg.npy', tensor: { data: concatenated(steps), dims } };
    yield { file: 'sampling/logits_step1.npy', tensor: { data: shown.get(1)!, dims: [codebooks, codebookSize] } };
  }
  for (const [name, windows] of Object.entries(meta.windows)) {
    const [base, isFixed] = [name.replace(/_fixed$/, ''), name.endsWith('_fixed')];
    const parts: Codes[] = [];
    let last = nothing;
    for (const { prompt_tokens, max_gen_len, local_frames } of windows) {
      const prompt = sliceCodes(last, last.length - prompt_tokens);
      const task = { memory: memory(local_frames[0]!, local_frames.length), prompt, uniform: () => 0 };
      last = (await decoder.decode([task], { ...shared, tokens: max_gen_len }))[0]!;
      parts.push(sliceCodes(last, prompt_tokens));
    }
    const track = joinCodes(parts);
    yield { file: `greedy/${base}_tokens${isFixed ? '_fixed' : ''}.npy`, tensor: tensorOf(track) };
  }
}

/** The golden logits through the sampler, so that only it is judged. */
async function* samplingValues({ folder, meta }: Variant): AsyncGenerator<VariantValue, void, undefined> {
  const { data, dims } = await readArray(join(folder, 'sampling/logits_step1.npy'));
  const [codebooks, size] = dims as [number, number];
  for (const [name, { top_k: topK, top_p: topP, temp: temperature }] of Object.entries(meta.sampling)) {
    const out = new Float32Array(data.length);
    for (let codebook = 0; codebook < codebooks; codebook++) {
      const logits = data.subarray(codebook * size, (codebook + 1) * size);
      const { codes, probabilities } = candidates(logits, { temperature, topK, topP });
      // Upstream draws from top-p's probabilities in their own order.
      codes.forEach((code, rank) => {
        out[codebook * size + (topP > 0 ? rank : code)] = probabilities[rank]!;
      });
    }
    yield { file: `sampling/${name}_probs.npy`, tensor: { data: out, dims } };
  }
}

interface AudioCase {
  readonly variant: Variant;
  readonly options: OpenVariantOptions;
}

/** Golden codes through the codec, in one run and in parts. */
async function* audioValues(
  networks: VidmuseNetworks,
  { variant, options }: AudioCase,
): AsyncGenerator<VariantValue, void, undefined> {
  const short = await goldenCodes(variant, 'short_tokens');
  const audio = await decodedTrack(networks, short);
  yield { file: 'audio/short_audio.npy', tensor: soundOf(audio) };
  yield { file: 'audio/short_audio_loudness16.npy', tensor: soundOf(upstreamLoudness(audio, sampleRateHz)) };
  const long = await decodedTrack(networks, await goldenCodes(variant, 'long4_tokens'), {
    chunkFrames: tokensPerSecond,
  });
  yield { file: 'audio/long4_audio_head_tail.npy', tensor: soundOf(edges(long)) };
  const constant = 'audio/short_audio_audiocraft_constant_pad_head_tail.npy';
  if (!(await exists(join(variant.folder, constant))) || !(await hasCodec(variant, 'codec_audiocraft'))) return;
  await using other = await openVariant(variant, { ...options, codec: 'codec_audiocraft' });
  yield { file: constant, tensor: soundOf(edges(await decodedTrack(other, short))) };
}

async function goldenCodes({ folder }: Variant, name: string): Promise<Codes> {
  const { data, dims } = await readArray(join(folder, `greedy/${name}.npy`));
  return { codebooks: dims[0]!, length: dims[1]!, data: Int32Array.from(data) };
}

function edges(track: Float32Array): Float32Array {
  return concatenated([track.subarray(0, edgeSamples), track.subarray(track.length - edgeSamples)]);
}

function soundOf(data: Float32Array): TensorData {
  return { data, dims: [data.length] };
}

function tensorOf({ codebooks, length, data }: Codes): TensorData {
  return { data: Float32Array.from(data), dims: [codebooks, length] };
}

/** [frames, tokens, width] → [frames x tokens, width]. */
function rows({ data, dims }: TensorData): TensorData {
  return { data, dims: [dims[0]! * dims[1]!, dims[2]!] };
}

function picked({ data, dims }: TensorData, frames: readonly number[], tokens: readonly number[]): TensorData {
  const [, perFrame, width] = dims as [number, number, number];
  const parts = frames.flatMap((frame) =>
    tokens.map((token) => {
      const start = (frame * perFrame + token) * width;
      return data.subarray(start, start + width);
    }),
  );
  return { data: concatenated(parts), dims: [frames.length, tokens.length, width] };
}

function pixelPatch(images: readonly Float32Array[], sizePx: number): TensorData {
  const { top, left, size } = patch;
  const parts = images.flatMap((image) =>
    [0, 1, 2].flatMap((channel) =>
      Array.from({ length: size }, (_, row) => {
        const start = (channel * sizePx + top + row) * sizePx + left;
        return image.subarray(start, start + size);
      }),
    ),
  );
  return { data: concatenated(parts), dims: [images.length, 3, size, size] };
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    out.set(part, place);
    place += part.length;
  }
  return out;
}
