import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ClipScore, Scores } from '../core/score.js';
import { type MetricScores, scoreMetric } from '../scoring/score-run.js';
import { readScores, runFiles, type StoredScores, writeJson } from '../store/run-folder.js';
import type { EmbeddedFeatures } from './embed-step.js';
import type { RunContext } from './run-context.js';
import { scoringInput, scoringInputHash } from './score-step.js';

/** Clip scores and features → figures, yardsticks and comparisons. Done again only when something that it reads has changed. */
export async function aggregateStep(
  context: RunContext,
  features: EmbeddedFeatures,
  clipScores: readonly ClipScore[],
): Promise<Scores> {
  const inputHash = scoringInputHash(context, features);
  const stored = await readScores(context.folder);
  if (stored?.inputHash === inputHash) return stored.scores;
  const scores = await computeScores(context, features, clipScores);
  const record: StoredScores = { schemaVersion: 1, inputHash, scores };
  await writeJson(join(context.folder, runFiles.scores), record);
  return scores;
}

async function computeScores(
  context: RunContext,
  features: EmbeddedFeatures,
  clipScores: readonly ClipScore[],
): Promise<Scores> {
  const input = scoringInput(context, features);
  context.progress.stepStarted('aggregate', context.metrics.length, 0);
  const parts: MetricScores[] = [];
  for (const metric of context.metrics) {
    context.signal?.throwIfAborted();
    parts.push(scoreMetric(metric, { ...input, clipScores }));
    context.progress.itemDone('aggregate', metric.id);
    // Lets the progress bar and an interrupt through between metrics.
    await setImmediate();
  }
  context.progress.stepFinished('aggregate');
  return {
    schemaVersion: 1,
    figures: parts.flatMap(({ figures }) => figures),
    baselines: parts.map(({ baselines }) => baselines),
    comparisons: parts.flatMap(({ comparisons }) => comparisons),
  };
}
