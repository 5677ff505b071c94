import { failed, type Outcome } from '../../core/outcome.js';

/** A thrown RangeError as the refusal that it is; other errors pass through. For functions that throw it by their documentation. */
export function rangeRefusal<T>(compute: () => Outcome<T>): Outcome<T> {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) return failed('out-of-range', error.message);
    throw error;
  }
}
