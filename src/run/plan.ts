import type { FeatureNeed } from '../core/features.js';
import type { RunSpec } from '../core/record.js';
import { type Metric, targetNeedsOf } from '../metrics/metric.js';

export interface GenerationTask {
  readonly systemId: string;
  readonly clipId: string;
  readonly seed: number;
}

/** One encoder on one sound, video or text. `reference` is the clip's own music, `video` its pictures. */
export interface EmbeddingTask {
  readonly encoder: string;
  readonly source: EmbeddingSource;
  readonly clipId: string;
}

export type EmbeddingSource =
  | { readonly kind: 'system'; readonly systemId: string; readonly seed: number }
  | { readonly kind: 'reference' }
  | { readonly kind: 'video' }
  | { readonly kind: 'caption' };

export interface Plan {
  readonly generations: readonly GenerationTask[];
  readonly embeddings: readonly EmbeddingTask[];
}

/** Everything a run has to do, each feature once however many metrics read it. */
export function planRun(spec: RunSpec, metrics: readonly Metric[]): Plan {
  // Clip by clip, so that the pictures that one system has looked at are still in memory for the next.
  const generations = spec.clipIds.flatMap((clipId) =>
    spec.systems.flatMap((system) => spec.seeds.map((seed) => ({ systemId: system.id, clipId, seed }))),
  );
  const audioEncoders = encodersOf(metrics.map((metric) => metric.need));
  const targetsOf = (source: 'video' | 'reference' | 'caption'): string[] =>
    encodersOf(metrics.flatMap((metric) => targetNeedsOf(metric, source)));
  // The references are also what chance levels are made of, hence every encoder of the music under test reads them.
  const referenceEncoders = [...new Set([...audioEncoders, ...targetsOf('reference')])].sort();
  const embeddings = spec.clipIds.flatMap((clipId): EmbeddingTask[] => [
    ...targetsOf('video').map((encoder) => ({ encoder, clipId, source: { kind: 'video' as const } })),
    ...targetsOf('caption').map((encoder) => ({ encoder, clipId, source: { kind: 'caption' as const } })),
    ...referenceEncoders.map((encoder) => ({ encoder, clipId, source: { kind: 'reference' as const } })),
    ...spec.systems.flatMap((system) =>
      spec.seeds.flatMap((seed) =>
        audioEncoders.map((encoder) => ({
          encoder,
          clipId,
          source: { kind: 'system' as const, systemId: system.id, seed },
        })),
      ),
    ),
  ]);
  return { generations, embeddings };
}

function encodersOf(needs: readonly FeatureNeed[]): string[] {
  return [...new Set(needs.map((need) => need.encoder))].sort();
}

/** The name of a generation in records and messages. */
export function generationKey(task: GenerationTask): string {
  return `${task.systemId}/${task.clipId}/${task.seed}`;
}

export function embeddingKey(task: EmbeddingTask): string {
  const source =
    task.source.kind === 'system'
      ? generationKey({ ...task.source, clipId: task.clipId })
      : `${task.source.kind}/${task.clipId}`;
  return `${task.encoder}:${source}`;
}
