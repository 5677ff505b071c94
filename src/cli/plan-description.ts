import { join } from 'node:path';
import { protocolName } from '../core/protocol.js';
import type { GenerationRecord, RunSpec } from '../core/record.js';
import type { Encoder } from '../encoders/encoder.js';
import { type ClipSource, openClipSources } from '../run/clip-sources.js';
import { createFeatureStore, textHash } from '../run/feature-store.js';
import { type EmbeddingSource, planRun } from '../run/plan.js';
import type { FeatureCache } from '../store/feature-cache.js';
import { readJsonLines } from '../store/json-lines.js';
import type { MediaInfoCache } from '../store/media-info-cache.js';
import { runFiles } from '../store/run-folder.js';
import type { Selection } from './select-run.js';

/** What `--dry-run` tells. */
export interface PlanDescription {
  readonly folder: string;
  readonly suite: string;
  readonly protocol: string;
  readonly clipIds: readonly string[];
  readonly systems: readonly string[];
  readonly metrics: readonly string[];
  readonly generations: { readonly total: number; readonly done: number };
  /** `inCache` counts the features of videos and references; those of outputs are known once they are made. */
  readonly features: { readonly total: number; readonly ofMedia: number; readonly inCache: number };
  /** Upper estimate of the audio that the run folder will hold. */
  readonly audioBytes: number;
}

/** Bytes of a second of 32 kHz stereo in 32-bit float, the largest that a baseline writes. */
const audioBytesPerSecond = 32_000 * 2 * 4;

export async function describePlan(input: {
  readonly spec: RunSpec;
  readonly selection: Selection;
  readonly folder: string;
  readonly cache: FeatureCache;
  readonly mediaInfo: MediaInfoCache;
  readonly encoderById: (id: string) => Encoder;
}): Promise<PlanDescription> {
  const { spec, selection, folder } = input;
  const plan = planRun(spec, selection.metrics);
  const done = new Set(
    (await readJsonLines<GenerationRecord>(join(folder, runFiles.generations)))
      .filter(({ outcome }) => outcome.status !== 'failed')
      .map(({ key }) => key),
  );
  const sources = openClipSources(selection.suite.clips, { window: spec.window, mediaInfo: input.mediaInfo });
  const store = createFeatureStore({ ...input, protocol: selection.protocol });
  const ofMedia = plan.embeddings.filter(({ source }) => source.kind !== 'system');
  let inCache = 0;
  for (const { encoder: encoderId, clipId, source } of ofMedia) {
    const encoder = input.encoderById(encoderId);
    const clip = sources.get(clipId)!;
    const sound = await mediaHash(clip, source.kind);
    const inputHash =
      encoder.modality === 'pair' ? store.pairHash({ sound, pictures: await clip.framesHash() }, encoder) : sound;
    if (await input.cache.has(store.keyOf(inputHash, encoder))) inCache += 1;
  }
  let seconds = 0;
  for (const clipId of spec.clipIds) {
    const duration = await sources.get(clipId)!.durationSeconds();
    if (duration.status === 'ok') seconds += duration.value;
  }
  return {
    folder,
    suite: spec.suite.id,
    protocol: protocolName(selection.protocol),
    clipIds: spec.clipIds,
    systems: spec.systems.map(({ id }) => id),
    metrics: spec.metrics.map(({ id }) => id),
    generations: { total: plan.generations.length, done: Math.min(done.size, plan.generations.length) },
    features: { total: plan.embeddings.length, ofMedia: ofMedia.length, inCache },
    audioBytes: Math.round(seconds * spec.systems.length * spec.seeds.length * audioBytesPerSecond),
  };
}

export function renderPlan(plan: PlanDescription): string {
  return [
    `Run folder   ${plan.folder}`,
    `Suite        ${plan.suite}, ${plan.clipIds.length} clips`,
    `Protocol     ${plan.protocol}`,
    `Systems      ${plan.systems.join(', ')}`,
    `Metrics      ${plan.metrics.join(', ')}`,
    `Generations  ${plan.generations.total}, ${plan.generations.done} already done`,
    `Features     ${plan.features.total}; of videos and references ${plan.features.inCache} of ${plan.features.ofMedia} in the cache`,
    `Disk         at most ${(plan.audioBytes / 1e6).toFixed(0)} MB of audio`,
  ].join('\n');
}

/** The input part of the cache key of what is computed from a clip itself. */
async function mediaHash(clip: ClipSource, kind: EmbeddingSource['kind']): Promise<string> {
  if (kind === 'video') return clip.framesHash();
  if (kind === 'caption') return textHash(clip.clip.caption ?? '');
  return clip.referenceHash();
}
