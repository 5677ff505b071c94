import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { errorOf } from '../../core/errors.js';
import { failed, skipped } from '../../core/outcome.js';
import { type CaseLine, matchesPattern } from '../case-line.js';
import type { CasePart, Expectation, FamilyRunner } from './family-runner.js';
import { judgePart } from './judge-part.js';
import { type MetricCase, type MetricFile, parseMetricFile } from './metric-fixture.js';

export interface VerifyMetricsOptions {
  readonly families: readonly FamilyRunner[];
  /** Only cases whose name matches. */
  readonly only?: string;
  readonly signal?: AbortSignal;
}

/**
 * One line for each case of a file of the metrics' golden values, and for each further part of it. A family without a runner is skipped
 * with the reason; a file that is not in the format is one failed line. Throws only when aborted.
 */
export async function* verifyMetricFile(
  path: string,
  options: VerifyMetricsOptions,
): AsyncGenerator<CaseLine, void, undefined> {
  let file: MetricFile;
  try {
    file = parseMetricFile(await readFile(path, 'utf8'), path);
  } catch (error) {
    const { code, message } = errorOf(error);
    yield { name: basename(path, '.json'), outcome: failed(code, message) };
    return;
  }
  const runner = options.families.find(({ family }) => family === file.family);
  const lines = [...fileLines(file, runner), ...file.cases.flatMap((metricCase) => caseLines(metricCase, runner))];
  for (const { name, judged } of lines) {
    if (!matchesPattern(name, options.only)) continue;
    yield { name, outcome: judged() };
    // A case may take seconds: the turn lets an interruption arrive.
    await setImmediate();
    options.signal?.throwIfAborted();
  }
}

interface OpenLine {
  readonly name: string;
  judged(): CaseLine['outcome'];
}

function fileLines(file: MetricFile, runner: FamilyRunner | undefined): OpenLine[] {
  if (runner?.fileParts === undefined) return [];
  return openLines(file.family, () =>
    runner.fileParts!(file).map((part) => ({
      name: `${file.family}/${part.part ?? 'file'}`,
      judged: () => judgePart(part, part.expects ?? 'value'),
    })),
  );
}

function caseLines(metricCase: MetricCase, runner: FamilyRunner | undefined): OpenLine[] {
  const name = `${metricCase.family}/${metricCase.id}`;
  if (runner === undefined) {
    const outcome = skipped(`golden values of the family ${metricCase.family} are not checked yet`);
    return [{ name, judged: () => outcome }];
  }
  const stated = statedExpectation(metricCase);
  return openLines(name, () =>
    runner.parts(metricCase).map((part) => ({
      name: partName(name, part),
      judged: () => judgePart(part, part.expects ?? stated),
    })),
  );
}

/** The fixture's `outcome`; a value whose reasoning in words asks for a warning must come with one. `see` states nothing. */
function statedExpectation({ outcome, correct = '' }: MetricCase): Expectation | undefined {
  if (outcome === 'see') return undefined;
  return outcome === 'value' && /\b(warn|flag)\b/.test(correct) ? 'value with a warning' : outcome;
}

function partName(name: string, { part }: CasePart): string {
  return part === undefined ? name : `${name}.${part}`;
}

/** The lines, or one failed line where they cannot be read. */
function openLines(name: string, lines: () => OpenLine[]): OpenLine[] {
  try {
    return lines();
  } catch (error) {
    const { code, message } = errorOf(error);
    return [{ name, judged: () => failed(code, message) }];
  }
}
