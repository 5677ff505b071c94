import { errorOf } from '../core/errors.js';
import { failed, type Outcome } from '../core/outcome.js';

/** Runs one metric computation: a thrown error or a number that is not finite becomes a failed outcome, never a score. */
export function checkedValue(compute: () => Outcome<number>): Outcome<number> {
  let outcome: Outcome<number>;
  try {
    outcome = compute();
  } catch (thrown) {
    const { code, message } = errorOf(thrown);
    return failed(code, message);
  }
  if (outcome.status === 'ok' && !Number.isFinite(outcome.value)) {
    return failed('not-finite', `the metric returned ${outcome.value}`);
  }
  return outcome;
}
