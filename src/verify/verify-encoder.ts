import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorOf } from '../core/errors.js';
import { failed, mapOutcome, type Outcome, skipped } from '../core/outcome.js';
import type { TensorData } from '../models/session.js';
import { type CaseLine, type CaseMeasurement, matchesPattern } from './case-line.js';
import type { CaseOutput, CaseRunner, RunSettings } from './case-runner.js';
import { checkRecipe } from './check-recipe.js';
import { brokenLimits, compareTensors, toleranceFor } from './compare.js';
import { caseName, type EncoderFixture, readGoldenTensor } from './fixture.js';
import type { GoldenOutput } from './golden.js';
import { applySelection, parseSelection } from './slice.js';

export interface VerifyEncoderOptions {
  readonly runners: readonly CaseRunner[];
  readonly settings: RunSettings;
  /** Only cases whose name matches. */
  readonly only?: string;
  readonly signal?: AbortSignal;
}

/** One line for each golden file of the encoder, as they are computed; never throws but when aborted. */
export async function* verifyEncoder(
  fixture: EncoderFixture,
  options: VerifyEncoderOptions,
): AsyncGenerator<CaseLine, void, undefined> {
  const wanted = fixture.golden.outputs.filter((output) => matchesPattern(caseName(fixture, output), options.only));
  const runner = options.runners.find(({ handles }) => handles(fixture.golden.encoder));
  const open = new Map(wanted.map((output) => [output.file, output]));
  let rest: Outcome<never> = skipped(`no graph for ${fixture.golden.encoder} yet`);
  if (runner !== undefined && wanted.length > 0) {
    rest = skipped(`${runner.name} does not compute this value yet`);
    try {
      for await (const { file, outcome } of computed(runner, { fixture, wanted, ...options })) {
        const output = open.get(file);
        if (output === undefined) continue;
        open.delete(file);
        yield { name: caseName(fixture, output), outcome: await judge(outcome, { fixture, output, ...options }) };
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      const { code, message } = errorOf(error);
      rest = failed(code, message);
    }
  }
  for (const output of open.values()) yield { name: caseName(fixture, output), outcome: rest };
}

interface Computation extends Pick<VerifyEncoderOptions, 'settings' | 'signal'> {
  readonly fixture: EncoderFixture;
  readonly wanted: readonly GoldenOutput[];
}

async function* computed(
  runner: CaseRunner,
  { fixture, wanted, settings, signal }: Computation,
): AsyncGenerator<CaseOutput, void, undefined> {
  checkRecipe(fixture);
  const workFolder = await mkdtemp(join(tmpdir(), 'bench-verify-'));
  try {
    const request = { fixture, wanted, settings, workFolder };
    for await (const output of runner.run(signal === undefined ? request : { ...request, signal })) {
      yield output;
      signal?.throwIfAborted();
    }
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

interface Judgement {
  readonly fixture: EncoderFixture;
  readonly output: GoldenOutput;
  readonly settings: RunSettings;
}

async function judge(
  computedTensor: Outcome<TensorData>,
  { fixture, output, settings }: Judgement,
): Promise<Outcome<CaseMeasurement>> {
  if (computedTensor.status !== 'ok') return computedTensor;
  try {
    const golden = await readGoldenTensor(fixture, output);
    const own =
      output.slice === undefined
        ? computedTensor.value
        : applySelection(computedTensor.value, parseSelection(output.slice));
    const tolerance = toleranceFor(output.limits, { dtype: settings.dtype, golden: golden.data });
    return mapOutcome(compareTensors(own, golden), (difference) => ({
      difference,
      tolerance,
      broken: brokenLimits(difference, tolerance),
    }));
  } catch (error) {
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}
