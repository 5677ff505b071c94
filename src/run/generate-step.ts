import { copyFile, mkdir, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { errorOf } from '../core/errors.js';
import { mapConcurrently } from '../core/map-concurrently.js';
import { failed, type Outcome, ok } from '../core/outcome.js';
import type { GeneratedAudio, GenerationRecord } from '../core/record.js';
import { durationSecondsOf, lengthOf, type Waveform } from '../core/waveform.js';
import { firstNonFinite } from '../dsp/mono.js';
import { seedOfClip } from '../generate/clip-seed.js';
import type { Generator } from '../generate/generator.js';
import { hashFile } from '../media/hash-file.js';
import { writeWav } from '../media/write-wav.js';
import { openJsonLines } from '../store/json-lines.js';
import { runFiles } from '../store/run-folder.js';
import { failureAbout } from './failure-about.js';
import { inspectOutput } from './inspect-output.js';
import { type GenerationTask, generationKey } from './plan.js';
import type { RunContext } from './run-context.js';
import type { FilesSystem, GeneratorSystem } from './runnable-system.js';
import { openViews } from './views.js';

/**
 * Makes (or takes in) every generation that is not there yet and appends its record. A failed one is recorded and tried
 * again by the next run; the others are not redone.
 */
export async function generateStep(context: RunContext, tasks: readonly GenerationTask[]): Promise<GenerationRecord[]> {
  const file = await openJsonLines<GenerationRecord>(join(context.folder, runFiles.generations));
  try {
    const records = new Map(file.records.map((record) => [record.key, record]));
    const open: GenerationTask[] = [];
    for (const task of tasks) if (!(await isDone(records.get(generationKey(task)), context.folder))) open.push(task);
    context.progress.stepStarted('generate', tasks.length, tasks.length - open.length);
    for (const lane of lanesOf(open, context))
      await mapConcurrently(lane.tasks, { ...context, jobs: lane.jobs }, async (task) => {
        const key = generationKey(task);
        const record: GenerationRecord = { key, ...task, outcome: await generateOne(context, task) };
        await file.append(record);
        records.set(key, record);
        const { outcome } = record;
        const musicSeconds = outcome.status === 'ok' ? outcome.value.durationSeconds : 0;
        context.progress.itemDone('generate', key, { musicSeconds });
      });
    context.progress.stepFinished('generate');
    return tasks.map((task) => records.get(generationKey(task))!);
  } finally {
    await file.close();
    for (const system of context.systems.values()) if ('generator' in system) await system.generator.release?.();
  }
}

interface Lane {
  readonly tasks: readonly GenerationTask[];
  readonly jobs: number;
}

/** Systems that draw clips side by side come after the others, each with as many in work as it wants: fewer would leave its places empty. */
function lanesOf(tasks: readonly GenerationTask[], { systems, jobs }: RunContext): readonly Lane[] {
  const wanted = ({ systemId }: GenerationTask): number | undefined => {
    const system = systems.get(systemId)!;
    return 'generator' in system ? system.generator.inWork : undefined;
  };
  const others = tasks.filter((task) => wanted(task) === undefined);
  const lanes = [...systems.keys()].flatMap((id): Lane[] => {
    const own = tasks.filter((task) => task.systemId === id && wanted(task) !== undefined);
    return own.length === 0 ? [] : [{ tasks: own, jobs: wanted(own[0]!)! }];
  });
  return [{ tasks: others, jobs }, ...lanes];
}

async function isDone(record: GenerationRecord | undefined, folder: string): Promise<boolean> {
  if (record === undefined || record.outcome.status === 'failed') return false;
  if (record.outcome.status === 'skipped') return true;
  return stat(join(folder, record.outcome.value.path)).then(
    (file) => file.isFile(),
    () => false,
  );
}

async function generateOne(context: RunContext, task: GenerationTask): Promise<Outcome<GeneratedAudio>> {
  const system = context.systems.get(task.systemId)!;
  try {
    return 'generator' in system ? await runGenerator(context, system, task) : await takeFile(context, system, task);
  } catch (error) {
    if (context.signal?.aborted === true) throw error;
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}

async function runGenerator(
  context: RunContext,
  { generator }: GeneratorSystem,
  task: GenerationTask,
): Promise<Outcome<GeneratedAudio>> {
  const duration = await context.sources.get(task.clipId)!.durationSeconds();
  if (duration.status !== 'ok') return duration;
  const startedMs = context.now();
  const views = await openViews(generator, task, context);
  if (views.status !== 'ok') return views;
  const made = await generator.generate({
    durationSeconds: duration.value,
    seed: seedOfClip(task.seed, task.clipId),
    views: views.value,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  });
  if (made.status !== 'ok') return made;
  const problem = problemOf(made.value, generator);
  if (problem !== undefined) return failed('bad-output', problem);
  const path = audioPath(task, '.wav');
  await writeWav(join(context.folder, path), made.value, { format: 'smallest-lossless' });
  const flags = [...(made.warnings ?? []), ...lengthFlags(durationSecondsOf(made.value), duration.value, context)];
  return ok({
    path,
    sha256: await hashFile(join(context.folder, path)),
    sampleRateHz: made.value.sampleRateHz,
    durationSeconds: durationSecondsOf(made.value),
    flags,
    wallSeconds: (context.now() - startedMs) / 1000,
  });
}

function problemOf(waveform: Waveform, generator: Generator): string | undefined {
  if (lengthOf(waveform) === 0) return `${generator.id} gave no samples`;
  const broken = firstNonFinite(waveform);
  return broken === undefined
    ? undefined
    : `${generator.id} gave a sample that is not a finite number at ${broken.sample}`;
}

/** Copies a ready-made file into the run folder, so that the run stays whole when the original moves. */
async function takeFile(
  context: RunContext,
  system: FilesSystem,
  task: GenerationTask,
): Promise<Outcome<GeneratedAudio>> {
  const duration = await context.sources.get(task.clipId)!.durationSeconds();
  if (duration.status !== 'ok') return duration;
  const original = system.files.get(`${task.clipId}/${task.seed}`);
  if (original === undefined) return failed('missing-output', 'missing: the folder has no file for this clip');
  const inspected = await inspectOutput(original, duration.value).catch((error) => {
    if (context.signal?.aborted === true) throw error;
    return failureAbout(original, error);
  });
  if (inspected.status !== 'ok') return inspected;
  const path = audioPath(task, extname(original).toLowerCase());
  await mkdir(dirname(join(context.folder, path)), { recursive: true });
  await copyFile(original, join(context.folder, path));
  const { sampleRateHz, startSeconds, durationSeconds, flags } = inspected.value;
  return ok({
    path,
    sha256: await hashFile(original),
    sampleRateHz,
    ...(startSeconds > 0 ? { startSeconds } : {}),
    durationSeconds,
    flags: [...flags, ...lengthFlags(durationSeconds, duration.value, context)],
  });
}

function audioPath({ systemId, clipId, seed }: GenerationTask, extension: string): string {
  return `audio/${systemId}/${clipId}.seed${seed}${extension}`;
}

function lengthFlags(got: number, wanted: number, { protocol }: RunContext): string[] {
  const difference = got - wanted;
  if (Math.abs(difference) <= protocol.lengthToleranceSeconds) return [];
  const relation = difference < 0 ? 'shorter' : 'longer';
  return [`${Math.abs(difference).toFixed(1)} s ${relation} than its video: scored on the common part`];
}
