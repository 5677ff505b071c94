import { join } from 'node:path';
import { errorOf } from '../core/errors.js';
import type { Features } from '../core/features.js';
import { mapConcurrently } from '../core/map-concurrently.js';
import { failed, type Outcome } from '../core/outcome.js';
import type { EmbeddingRecord, GenerationRecord } from '../core/record.js';
import { openJsonLines } from '../store/json-lines.js';
import { runFiles } from '../store/run-folder.js';
import { type EncodedSource, openEncodedSource } from './encoded-source.js';
import { type EmbeddingTask, embeddingKey } from './plan.js';
import type { RunContext } from './run-context.js';

/** The features of every task, by embedding key. */
export type EmbeddedFeatures = ReadonlyMap<string, Outcome<Features>>;

/**
 * Computes every feature that the cache does not have and appends a record for each. Tasks of one sound are done together, so
 * that it is decoded and measured once. On the CPU batches never cross clips; on a GPU those of all clips at work go side by side.
 */
export async function embedStep(
  context: RunContext,
  tasks: readonly EmbeddingTask[],
  generations: readonly GenerationRecord[],
): Promise<EmbeddedFeatures> {
  const file = await openJsonLines<EmbeddingRecord>(join(context.folder, runFiles.embeddings));
  try {
    const recorded = new Set(
      file.records.filter((record) => record.outcome.status !== 'failed').map((record) => record.key),
    );
    const features = new Map<string, Outcome<Features>>();
    const groups = groupBySource(tasks);
    const byKey = new Map(generations.map((record) => [record.key, record]));
    context.progress.stepStarted('embed', tasks.length, 0);
    await mapConcurrently(groups, context, async (group) => {
      const source = openEncodedSource(context, group[0]!, byKey);
      for (const task of group) {
        const key = embeddingKey(task);
        const outcome = await encodeOne(context, source, task);
        features.set(key, outcome);
        if (!recorded.has(key)) await file.append(recordOf(task, key, outcome));
        context.progress.itemDone('embed', key);
      }
    });
    context.progress.stepFinished('embed');
    return features;
  } finally {
    await file.close();
  }
}

function groupBySource(tasks: readonly EmbeddingTask[]): EmbeddingTask[][] {
  const groups = new Map<string, EmbeddingTask[]>();
  for (const task of tasks) {
    const source = embeddingKey({ ...task, encoder: '' });
    groups.set(source, [...(groups.get(source) ?? []), task]);
  }
  return [...groups.values()];
}

async function encodeOne(context: RunContext, source: EncodedSource, task: EmbeddingTask): Promise<Outcome<Features>> {
  try {
    return await source.encode(context.features.encoder(task.encoder));
  } catch (error) {
    if (context.signal?.aborted === true) throw error;
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}

function recordOf(task: EmbeddingTask, key: string, outcome: Outcome<Features>): EmbeddingRecord {
  const rows =
    outcome.status === 'ok'
      ? {
          ...outcome,
          value: { rows: Object.fromEntries(Object.entries(outcome.value).map(([name, m]) => [name, m.rows])) },
        }
      : outcome;
  const { source } = task;
  return {
    key,
    encoder: task.encoder,
    ...(source.kind === 'video'
      ? {}
      : { systemId: source.kind === 'system' ? source.systemId : 'the reference music' }),
    clipId: task.clipId,
    seed: source.kind === 'system' ? source.seed : 0,
    outcome: rows,
  };
}
