import { ok } from '../../core/outcome.js';
import { imagebindVision } from '../../models/architectures/imagebind-vision.js';
import type { ModelSession, TensorData } from '../../models/session.js';
import {
  avBenchmarkFrameCrops,
  imagebindClips,
  imagebindFrameCrops,
  imagebindImage,
  viewOf,
  viewSizePx,
} from '../../pictures/imagebind-views.js';
import type { Picture, Planes } from '../../pictures/picture.js';
import type { CaseOutput, CaseRequest } from '../case-runner.js';
import { type FrameInput, type Golden, isFrameInput } from '../golden.js';
import { groupByInput } from '../group-outputs.js';
import { framePixels } from '../recipe.js';
import { openRecipeSession } from '../recipe-session.js';
import { firstRows } from './first-rows.js';
import { meanOfRows, withFirstAxesSwapped } from './mean-row.js';

const probes: Readonly<Record<string, string>> = { vision_tokens: 'tokens', vision_block0: 'block0' };
/** In front of an input's name: the way of av-benchmark. */
const avBenchmark = 'avbench.';

/** Views of a picture or a video: [views, 3, 2, 224, 224], and what the golden file of its cells is taken from. */
interface Views {
  readonly pixels: TensorData;
  readonly cells: TensorData;
}

/** `INPUT.vision`, `.vision_views_head`, `.vision_tokens`, `.vision_block0`, `.views.cells` or `.cells`; `avbench.INPUT.…` likewise. */
export async function* imagebindVisionCases(request: CaseRequest): AsyncGenerator<CaseOutput, void, undefined> {
  const { golden } = request.fixture;
  if (request.wanted.length === 0) return;
  const inputs = golden.inputs.filter(isFrameInput);
  const both = [...inputs, ...inputs.map((input) => ({ ...input, id: avBenchmark + input.id }))];
  const groups = groupByInput(both, request.wanted);
  const kinds = groups.flatMap(({ outputs }) => outputs.map(({ kind }) => probes[kind] ?? kind));
  await using session = await openRecipeSession(request, { architecture: imagebindVision, kinds });
  for (const { input, outputs } of groups) {
    const views = viewsOf(input, golden);
    const needsNetwork = outputs.some(({ kind }) => !kind.endsWith('cells'));
    const results = needsNetwork ? await runEach(session, views.pixels) : {};
    for (const { kind, output } of outputs) {
      const tensor = tensorOf(kind, views, results);
      if (tensor !== undefined) yield { file: output.file, outcome: ok(firstRows(tensor, output)) };
    }
  }
}

function tensorOf(kind: string, views: Views, results: Readonly<Record<string, TensorData>>): TensorData | undefined {
  if (kind.endsWith('cells')) return views.cells;
  if (kind === 'vision') return meanOfRows(results.embedding!);
  if (kind === 'vision_views_head') return results.head;
  if (kind === 'vision_tokens') return results.tokens;
  return kind === 'vision_block0' ? withFirstAxesSwapped(results.block0!) : undefined;
}

/** View after view, so that a large tower's probes do not fill the memory; probes are of the first view only. */
async function runEach(session: ModelSession, { data, dims }: TensorData): Promise<Record<string, TensorData>> {
  const length = data.length / dims[0]!;
  const rows: Record<string, TensorData>[] = [];
  for (let view = 0; view < dims[0]!; view++) {
    const pixels = { data: data.subarray(view * length, (view + 1) * length), dims: [1, ...dims.slice(1)] };
    const fetch = view === 0 ? session.outputNames : ['embedding', 'head'];
    rows.push(await session.run<string>({ pixels }, fetch));
  }
  const stacked = (name: string): TensorData => ({
    data: Float32Array.from(rows.flatMap((row) => [...row[name]!.data])),
    dims: [rows.length, rows[0]![name]!.dims[1]!],
  });
  return { ...rows[0], embedding: stacked('embedding'), head: stacked('head') };
}

/** What `facts` say of a video; an input without is a still picture. */
interface VideoFacts {
  readonly fps: number;
  readonly frames: number;
  readonly duration_s: number;
}

function viewsOf(input: FrameInput, { facts }: Golden): Views {
  const frame = (number: number): Picture => ({
    widthPx: input.width,
    heightPx: input.height,
    rgb: framePixels(input, number),
  });
  if (input.id.startsWith(avBenchmark)) return avBenchmarkViews(frame, facts['avbench.video']);
  const video = facts[`${input.id}.video`] as VideoFacts | undefined;
  return video === undefined ? imageViews(imagebindImage(frame(input.check_t))) : videoViews(frame, video);
}

/** Clip after clip, and its crops. */
function videoViews(frame: (number: number) => Picture, { fps, frames, duration_s }: VideoFacts): Views {
  const clips = imagebindClips({ framesPerSecond: fps, frameCount: frames, durationSeconds: duration_s });
  const views = clips.flatMap(({ firstFrame, lastFrame }) => {
    const last = imagebindFrameCrops(frame(lastFrame));
    return imagebindFrameCrops(frame(firstFrame)).map((first, crop) => viewOf(first, last[crop]!));
  });
  const pixels = stackedViews(views);
  return { pixels, cells: { data: pixels.data, dims: [1, ...pixels.dims] } };
}

function imageViews(planes: Planes): Views {
  const size = [viewSizePx, viewSizePx];
  return { pixels: stackedViews([viewOf(planes, planes)]), cells: { data: planes.data, dims: [1, 3, ...size] } };
}

/** Pairs of neighbouring frames; the rule names the frames: "frame numbers 0,50,100,150". */
function avBenchmarkViews(frame: (number: number) => Picture, facts: unknown): Views {
  const rule = String((facts as { readonly rule?: unknown } | undefined)?.rule);
  const numbers = (/frame numbers ([\d,]+)/.exec(rule)?.[1] ?? '').split(',').map(Number);
  const crops = numbers.map((number) => avBenchmarkFrameCrops(frame(number)));
  const views = crops.slice(1).flatMap((after, pair) => after.map((last, crop) => viewOf(crops[pair]![crop]!, last)));
  const places = crops[0]!.map((_, crop) => crops.map((ofFrame) => ofFrame[crop]!));
  return {
    pixels: stackedViews(views),
    cells: {
      data: joined(places.flat().map(({ data }) => data)),
      dims: [places.length, numbers.length, 3, viewSizePx, viewSizePx],
    },
  };
}

function stackedViews(views: readonly Float32Array[]): TensorData {
  return { data: joined(views), dims: [views.length, 3, 2, viewSizePx, viewSizePx] };
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
