import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runFiles } from '../store/run-folder.js';
import type { StepName } from './progress.js';

/** What each step leaves in the run folder, in the order of the steps. */
const results: readonly (readonly [StepName, readonly string[]])[] = [
  ['generate', [runFiles.generations, 'audio']],
  ['embed', [runFiles.embeddings]],
  ['score', [runFiles.clipScores]],
  ['aggregate', [runFiles.scores]],
];

/** Deletes what `step` and those after it have left in the run folder, so that they are done again. */
export async function forgetFrom(folder: string, step: StepName): Promise<void> {
  const first = results.findIndex(([name]) => name === step);
  if (first < 0) return;
  const names = results.slice(first).flatMap(([, files]) => files);
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}
