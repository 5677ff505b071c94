import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { errorOf } from '../../core/errors.js';
import { failed, mapOutcome, type Outcome, skipped } from '../../core/outcome.js';
import type { TensorData } from '../../models/session.js';
import { type CaseLine, type CaseMeasurement, matchesPattern } from '../case-line.js';
import type { RunSettings } from '../case-runner.js';
import { brokenLimits, compareTensors, toleranceFor } from '../compare.js';
import { extraValues } from './extra-cases.js';
import { planValues } from './plan-cases.js';
import { readArray, readJson, readVariants, type Variant } from './variant.js';
import { variantValues } from './variant-cases.js';

export interface VerifyVidmuseOptions {
  readonly settings: RunSettings;
  readonly only?: string;
  readonly signal?: AbortSignal;
}

const limitSchema = z.object({ abs: z.number().nonnegative(), zero_pattern: z.literal('exact').optional() });
type Limit = z.infer<typeof limitSchema>;

/** One line for each golden value of the generator; never throws but when aborted, or for a folder that is not in the format. */
export async function* verifyVidmuse(
  folder: string,
  options: VerifyVidmuseOptions,
): AsyncGenerator<CaseLine, void, undefined> {
  const wants = (name: string): boolean => matchesPattern(name, options.only);
  const limits = new Map(
    Object.entries(await readJson(join(folder, 'tolerances.json'), z.record(z.string(), limitSchema))),
  );
  for (const { name, own, golden } of await planValues(folder)) {
    if (wants(lineName(name)))
      yield { name: lineName(name), outcome: judge(own, { golden, limit: { abs: 0 }, ...options }) };
  }
  for await (const { name, own, golden, absolute } of extraValues(folder)) {
    const limit = { abs: absolute };
    if (wants(lineName(name))) yield { name: lineName(name), outcome: judge(own, { golden, limit, ...options }) };
  }
  for (const variant of await readVariants(folder)) yield* variantLines(variant, { ...options, limits });
}

function lineName(file: string): string {
  return `vidmuse/${file.replace(/\.npy$/, '')}`;
}

async function* variantLines(
  variant: Variant,
  options: VerifyVidmuseOptions & { readonly limits: ReadonlyMap<string, Limit> },
): AsyncGenerator<CaseLine, void, undefined> {
  const open = new Map([...options.limits].filter(([file]) => file.startsWith(`${variant.name}/`)));
  for (const file of open.keys()) if (!matchesPattern(lineName(file), options.only)) open.delete(file);
  if (open.size === 0) return;
  let rest: Outcome<never> = skipped('this value is not computed yet');
  const workFolder = await mkdtemp(join(tmpdir(), 'bench-verify-'));
  try {
    const { settings, signal } = options;
    for await (const { file, tensor, way } of variantValues(variant, { settings, workFolder, signal })) {
      signal?.throwIfAborted();
      const path = `${variant.name}/${file}`;
      const limit = options.limits.get(path);
      if (limit === undefined || !matchesPattern(lineName(path), options.only)) continue;
      open.delete(path);
      yield {
        name: way === undefined ? lineName(path) : `${lineName(path)} ${way}`,
        outcome: await judgeFile(tensor, join(variant.folder, file), { ...options, limit }),
      };
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    const { code, message } = errorOf(error);
    rest = failed(code, message);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  for (const file of open.keys()) yield { name: lineName(file), outcome: rest };
}

interface Judgement extends Pick<VerifyVidmuseOptions, 'settings'> {
  readonly limit: Limit;
}

async function judgeFile(own: TensorData, path: string, options: Judgement): Promise<Outcome<CaseMeasurement>> {
  try {
    const followsOwnCodes = path.includes('_tokens') || path.includes('_step_logits');
    if (followsOwnCodes && options.settings.dtype === 'f16')
      return skipped('greedy codes are compared in float32 only: float16 takes another way after the first near-tie');
    return judge(own, { ...options, golden: await readArray(path) });
  } catch (error) {
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}

function judge(
  own: TensorData,
  { golden, limit, settings }: Judgement & { readonly golden: TensorData },
): Outcome<CaseMeasurement> {
  const tolerance = toleranceFor({ absolute: limit.abs }, { dtype: settings.dtype, golden: golden.data });
  return mapOutcome(compareTensors(own, golden), (difference) => {
    const broken = brokenLimits(difference, tolerance);
    const moved = limit.zero_pattern === 'exact' ? movedZeros(own.data, golden.data) : 0;
    if (moved > 0) broken.push(`${moved} cells are 0 in one and not in the other`);
    return { difference, tolerance, broken };
  });
}

function movedZeros(own: Float32Array, golden: Float32Array): number {
  return own.reduce((count, value, cell) => ((value === 0) === (golden[cell] === 0) ? count : count + 1), 0);
}
