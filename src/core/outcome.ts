/**
 * The result of anything that may not be computable. A value that could not be computed is never NaN, -1, null or 0:
 * it is `skipped` (by rule, with the reason) or `failed` (something broke, with the error).
 */
export type Outcome<T> = Ok<T> | Skipped | Failed;

export interface Ok<T> {
  readonly status: 'ok';
  readonly value: T;
  /** Things a reader must know to trust the value, such as "12 samples in 200 dimensions". */
  readonly warnings?: readonly string[];
}

export interface Skipped {
  readonly status: 'skipped';
  readonly reason: string;
}

export interface Failed {
  readonly status: 'failed';
  readonly error: { readonly code: string; readonly message: string };
}

export function ok<T>(value: T, warnings: readonly string[] = []): Ok<T> {
  return warnings.length > 0 ? { status: 'ok', value, warnings } : { status: 'ok', value };
}

export function skipped(reason: string): Skipped {
  return { status: 'skipped', reason };
}

export function failed(code: string, message: string): Failed {
  return { status: 'failed', error: { code, message } };
}

/** Applies `change` to the value of an ok outcome and keeps its warnings; other outcomes pass through. */
export function mapOutcome<T, U>(outcome: Outcome<T>, change: (value: T) => U): Outcome<U> {
  return outcome.status === 'ok' ? ok(change(outcome.value), outcome.warnings) : outcome;
}

/** The reader's sentence for an outcome without a value. */
export function reasonOf(outcome: Skipped | Failed): string {
  return outcome.status === 'skipped' ? outcome.reason : outcome.error.message;
}
