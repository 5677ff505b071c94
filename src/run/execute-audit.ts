import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunManifest } from '../core/record.js';
import type { ScoringInput } from '../scoring/feature-lookup.js';
import { runFiles, writeJson } from '../store/run-folder.js';
import { lockRunFolder } from '../store/run-lock.js';
import { createContext } from './create-context.js';
import { embedStep } from './embed-step.js';
import type { ExecuteOptions } from './execute-run.js';
import { generateStep } from './generate-step.js';
import { planRun } from './plan.js';
import { finishManifest, startManifest } from './run-manifest.js';
import { scoringInput } from './score-step.js';

export interface ExecutedAudit {
  readonly manifest: RunManifest;
  /** Features of everything; what `auditMetric` reads. */
  readonly input: ScoringInput;
}

/** generate → embed, as a run does them and with the same records, so that an interrupted audit goes on where it stopped. */
export async function executeAudit(options: ExecuteOptions): Promise<ExecutedAudit> {
  await mkdir(options.folder, { recursive: true });
  await using _lock = await lockRunFolder(options.folder);
  const running = await startManifest(options);
  const context = createContext(options);
  const plan = planRun(options.spec, options.metrics);
  const generations = await generateStep(context, plan.generations);
  const features = await embedStep(context, plan.embeddings, generations);
  const manifest = finishManifest(running, { generations, features }, options.now());
  await writeJson(join(options.folder, runFiles.manifest), manifest);
  return { manifest, input: scoringInput(context, features) };
}
