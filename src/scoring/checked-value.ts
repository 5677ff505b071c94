import { errorOf } from '../core/errors.js';
import { failed, type Outcome } from '../core/outcome.js';

/** Runs one metric computation: a thrown error or a number that is not finite becomes a failed outcome, never a score. */
export function checkedValue(compute: () => Outcome<number>): Outcome<number> {
  return checked(compute, (value) => [value]);
}

/** The same for a computation of many values. */
export function checkedValues(compute: () => Outcome<readonly number[]>): Outcome<readonly number[]> {
  return checked(compute, (values) => values);
}

function checked<T>(compute: () => Outcome<T>, numbersOf: (value: T) => readonly number[]): Outcome<T> {
  let outcome: Outcome<T>;
  try {
    outcome = compute();
  } catch (thrown) {
    const { code, message } = errorOf(thrown);
    return failed(code, message);
  }
  if (outcome.status !== 'ok') return outcome;
  const bad = numbersOf(outcome.value).find((value) => !Number.isFinite(value));
  return bad === undefined ? outcome : failed('not-finite', `the metric returned ${bad}`);
}
