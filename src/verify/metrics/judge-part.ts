import { BenchError, errorOf } from '../../core/errors.js';
import { failed, type Outcome, ok, reasonOf } from '../../core/outcome.js';
import type { CaseMeasurement } from '../case-line.js';
import type { CasePart, Comparison, Expectation, MetricTolerance } from './family-runner.js';

/** Numbers named in a FAIL line; the others are counted. */
const namedNumbers = 3;

/** Computes a part and holds it against what is expected of it. Whatever is thrown is a failure. */
export function judgePart(part: CasePart, expectation: Expectation | undefined): Outcome<CaseMeasurement> {
  if (expectation === undefined) return failed('no-expectation', 'the case does not say what is expected of it');
  try {
    return judge(part.compute(), expectation);
  } catch (error) {
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}

/** A thrown BenchError as the refusal that it is; other errors pass through. For functions that throw where others give an outcome. */
export function refusalOf<T>(compute: () => Outcome<T>): Outcome<T> {
  try {
    return compute();
  } catch (error) {
    if (error instanceof BenchError) return failed(error.code, error.message);
    throw error;
  }
}

function judge(computed: Outcome<readonly Comparison[]>, expectation: Expectation): Outcome<CaseMeasurement> {
  if (computed.status !== 'ok') return judgeRefusal(computed, expectation);
  const { value: comparisons, warnings = [] } = computed;
  if (expectation === 'refuse' || expectation === 'undefined') {
    return failed('not-refused', `expected a refusal, but got ${comparisons.map(valueText).join(', ')}`);
  }
  if (comparisons.length === 0) return failed('nothing-compared', 'the case has no golden value to compare with');
  if (expectation !== 'value' && warnings.length === 0) {
    return failed('no-warning', 'expected a warning beside the value, but there is none');
  }
  return ok(measurementOf(comparisons));
}

function judgeRefusal(
  refusal: Exclude<Outcome<unknown>, { status: 'ok' }>,
  expectation: Expectation,
): Outcome<CaseMeasurement> {
  const reason = reasonOf(refusal);
  if (expectation === 'value' || expectation === 'value with a warning') {
    return failed('refused', `expected a value, but it was refused: ${reason}`);
  }
  if (expectation === 'undefined' && refusal.status !== 'skipped') {
    return failed('not-skipped', `expected "not defined", but got an error: ${reason}`);
  }
  if (reason.trim() === '') return failed('no-reason', 'refused without a reason');
  return ok({ ...measurementOf([]), note: `${expectation === 'undefined' ? 'not defined' : 'refused'}: ${reason}` });
}

function measurementOf(comparisons: readonly Comparison[]): CaseMeasurement {
  const measured = comparisons.map((comparison) => ({ ...comparison, difference: differenceOf(comparison) }));
  const broken = measured.filter(({ difference, golden, tolerance }) => !(difference <= limitOf(tolerance, golden)));
  const named = broken.slice(0, namedNumbers).map(brokenText);
  if (broken.length > named.length) named.push(`and ${broken.length - named.length} more`);
  return {
    difference: {
      cells: comparisons.length,
      maxAbsolute: Math.max(0, ...measured.map(({ difference }) => difference)),
      maxRelative: Math.max(0, ...measured.map(({ difference, golden }) => shareOf(difference, golden))),
    },
    tolerance: measured.reduce((near, next) => (usedOf(next) > usedOf(near) ? next : near), measured[0] ?? none)
      .tolerance,
    broken: named,
  };
}

interface Measured extends Comparison {
  readonly difference: number;
}

/** Stands for no comparison at all. */
const none: Measured = { field: '', own: 0, golden: 0, difference: 0, tolerance: { absolute: 0, relative: 0 } };

/** The share of its limit that a difference takes: the number with the largest is the one whose limit a line shows. */
function usedOf({ difference, golden, tolerance }: Measured): number {
  return difference === 0 ? 0 : difference / limitOf(tolerance, golden);
}

/** Infinite for a value that is not a number or the wrong infinity, so that it breaks every limit. */
function differenceOf({ own, golden }: Comparison): number {
  if (own === golden) return 0;
  const difference = Math.abs(own - golden);
  return Number.isFinite(difference) ? difference : Number.POSITIVE_INFINITY;
}

function limitOf({ absolute, relative }: MetricTolerance, golden: number): number {
  return Number.isFinite(golden) ? absolute + relative * Math.abs(golden) : 0;
}

function shareOf(difference: number, golden: number): number {
  if (difference === 0) return 0;
  return golden === 0 ? 1 : difference / Math.abs(golden);
}

function valueText({ field, own }: Comparison): string {
  return `${field} ${own}`;
}

function brokenText({ field, own, golden, tolerance }: Comparison): string {
  const limit = limitOf(tolerance, golden).toPrecision(3);
  return `${field} is ${own}, expected ${golden}, allowed ${limit}`;
}
