import { ok } from '../../core/outcome.js';
import { synchformerFrontEnd, synchformerLogMel, synchformerSegments } from '../../dsp/synchformer-log-mel.js';
import { pairSegments, segmentTokens } from '../../models/architectures/synchformer/checkpoint-parts.js';
import { synchformerPair } from '../../models/architectures/synchformer/pair-network.js';
import { synchformerPictureTower } from '../../models/architectures/synchformer/picture-tower.js';
import { synchformerSound } from '../../models/architectures/synchformer/sound-tower.js';
import type { ModelSession, TensorData } from '../../models/session.js';
import { viewSizePx } from '../../pictures/imagebind-views.js';
import { synchformerImage, synchformerPictures } from '../../pictures/synchformer-image.js';
import type { CaseOutput, CaseRequest, CaseRunner } from '../case-runner.js';
import { type AudioInput, type FrameInput, isAudioInput, isFrameInput } from '../golden.js';
import { groupByInput } from '../group-outputs.js';
import { audioSamples, framePixels } from '../recipe.js';
import { openRecipeSession } from '../recipe-session.js';

/** Of all sounds held against the pictures, first and last segments: no input is in its name. */
const logitsFile = 'logits.npy';

/** Probes by the kind of file. */
const probes: Readonly<Record<string, string>> = { vblock0: 'block0' };

/** The golden files of Synchformer: both towers, and the network over them. */
export const synchformerRunner: CaseRunner = {
  name: 'synchformer',
  handles: (encoder) => encoder === 'synchformer',
  async *run(request) {
    const sounds = yield* soundCases(request);
    const pictures = yield* pictureCases(request);
    if (!wantsLogits(request)) return;
    const pairs = [...sounds.values()].flatMap((sound) =>
      [...pictures.values()].map((of) => ({ sound, pictures: of })),
    );
    yield { file: logitsFile, outcome: ok(await logitsOf(pairs, request)) };
  },
};

/** A row of tokens for each segment, by the input's name. */
type TowerFeatures = ReadonlyMap<string, TensorData>;

function wantsLogits({ wanted }: CaseRequest): boolean {
  return wanted.some(({ file }) => file === logitsFile);
}

/** `INPUT.mel` and `INPUT.afeats`. */
async function* soundCases(request: CaseRequest): AsyncGenerator<CaseOutput, TowerFeatures, undefined> {
  const inputs = request.fixture.golden.inputs.filter(isAudioInput);
  const groups = groupByInput(inputs, request.wanted);
  const features = new Map<string, TensorData>();
  if (groups.length === 0 && !wantsLogits(request)) return features;
  await using session = await openRecipeSession(request, { architecture: synchformerSound, kinds: [] });
  for (const input of wantsLogits(request) ? inputs : groups.map((group) => group.input)) {
    const mel = melOf(input);
    const tokens = (await session.run({ mel }, ['features'])).features;
    features.set(input.id, tokens);
    for (const { kind, output } of groups.find((group) => group.input === input)?.outputs ?? []) {
      const tensor = kind === 'mel' ? { ...mel, dims: [1, ...mel.dims] } : inTokens(tokens, segmentTokens.sound);
      if (kind === 'mel' || kind === 'afeats') yield { file: output.file, outcome: ok(tensor) };
    }
  }
  return features;
}

function melOf(input: AudioInput): TensorData {
  const { frames, melBands } = synchformerFrontEnd;
  const segments = synchformerSegments(audioSamples(input)).map(synchformerLogMel);
  return { data: joined(segments), dims: [segments.length, frames, melBands] };
}

/** `INPUT.pixels`, `INPUT.vblock0` and `INPUT.vfeats`. */
async function* pictureCases(request: CaseRequest): AsyncGenerator<CaseOutput, TowerFeatures, undefined> {
  const inputs = request.fixture.golden.inputs.filter(isFrameInput);
  const groups = groupByInput(inputs, request.wanted);
  const features = new Map<string, TensorData>();
  if (groups.length === 0 && !wantsLogits(request)) return features;
  const kinds = groups.flatMap(({ outputs }) => outputs.map(({ kind }) => probes[kind] ?? kind));
  await using session = await openRecipeSession(request, { architecture: synchformerPictureTower, kinds });
  for (const input of wantsLogits(request) ? inputs : groups.map((group) => group.input)) {
    const images = imagesOf(input, frameCountOf(request));
    const outputs = groups.find((group) => group.input === input)?.outputs ?? [];
    const needsNetwork = wantsLogits(request) || outputs.some(({ kind }) => kind !== 'pixels');
    const needsAll = wantsLogits(request) || outputs.some(({ kind }) => kind === 'vfeats');
    const segments = segmentsOf(images).slice(0, needsAll ? images.length : 1);
    const results = needsNetwork ? await runEach(session, segments) : {};
    if (results.features !== undefined) features.set(input.id, results.features);
    for (const { kind, output } of outputs) {
      const tensor = kind === 'pixels' ? stacked(images) : pictureTensor(kind, results);
      if (tensor !== undefined) yield { file: output.file, outcome: ok(tensor) };
    }
  }
  return features;
}

function pictureTensor(kind: string, { features, block0 }: SegmentResults): TensorData | undefined {
  if (kind === 'vfeats') return features && inTokens(features, segmentTokens.pictures);
  return kind === 'vblock0' ? block0 : undefined;
}

interface SegmentResults {
  readonly features?: TensorData;
  /** Of the first segment only, so that it does not fill the memory. */
  readonly block0?: TensorData;
}

async function runEach(session: ModelSession, segments: readonly (readonly Float32Array[])[]): Promise<SegmentResults> {
  const rows: Float32Array[] = [];
  let first: Record<string, TensorData> = {};
  for (const segment of segments) {
    const fetch = rows.length === 0 ? session.outputNames : ['features'];
    const results = await session.run<string>({ pixels: stacked(segment) }, fetch);
    if (rows.length === 0) first = results;
    rows.push(results.features!.data);
  }
  return { ...first, features: { data: joined(rows), dims: [rows.length, rows[0]?.length ?? 0] } };
}

/** [1, pictures, 3, 224, 224]. */
function stacked(images: readonly Float32Array[]): TensorData {
  return { data: joined(images), dims: [1, images.length, 3, viewSizePx, viewSizePx] };
}

/** As many as go with the longest sound. */
function frameCountOf({ fixture }: CaseRequest): number {
  const seconds = fixture.golden.inputs.filter(isAudioInput).map(({ n, sr }) => n / sr);
  return Math.floor(Math.max(0, ...seconds) * synchformerPictures.framesPerSecond);
}

function imagesOf(input: FrameInput, count: number): readonly Float32Array[] {
  return Array.from({ length: count }, (_, number) => {
    const picture = { widthPx: input.width, heightPx: input.height, rgb: framePixels(input, number) };
    return synchformerImage(picture).data;
  });
}

function segmentsOf(images: readonly Float32Array[]): readonly (readonly Float32Array[])[] {
  const { segmentFrames, stepFrames } = synchformerPictures;
  const count = Math.max(0, Math.floor((images.length - segmentFrames) / stepFrames) + 1);
  return Array.from({ length: count }, (_, index) =>
    images.slice(index * stepFrames, index * stepFrames + segmentFrames),
  );
}

interface Pair {
  readonly sound: TensorData;
  readonly pictures: TensorData;
}

/** Two rows for each pair: the first segments, then the last. */
async function logitsOf(pairs: readonly Pair[], request: CaseRequest): Promise<TensorData> {
  await using session = await openRecipeSession(request, { architecture: synchformerPair, kinds: [] });
  const rows: Float32Array[] = [];
  for (const { sound, pictures } of pairs) {
    for (const part of ['first', 'last'] as const) {
      const feeds = { sound: rowsOf(sound, part), pictures: rowsOf(pictures, part) };
      rows.push((await session.run(feeds, ['logits'])).logits.data);
    }
  }
  return { data: joined(rows), dims: [rows.length, rows[0]?.length ?? 0] };
}

/** [segments, columns] → [1, 14, columns]. */
function rowsOf({ data, dims: [, columns = 0] }: TensorData, part: 'first' | 'last'): TensorData {
  const length = pairSegments * columns;
  const own = part === 'first' ? data.slice(0, length) : data.slice(data.length - length);
  return { data: own, dims: [1, pairSegments, columns] };
}

/** [segments, tokens x width] → [1, segments, tokens, width]. */
function inTokens({ data, dims: [segments = 0, columns = 0] }: TensorData, tokens: number): TensorData {
  return { data, dims: [1, segments, tokens, columns / tokens] };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    data.set(part, place);
    place += part.length;
  }
  return data;
}
