import { expect } from 'vitest';
import { type Outcome, reasonOf } from '../../src/core/outcome.js';

/** The value of an outcome that must have one. */
export function okValue<T>(outcome: Outcome<T>): T {
  if (outcome.status !== 'ok') expect.fail(`no value: ${reasonOf(outcome)}`);
  return outcome.value;
}

/** The reason of an outcome that must have no value. */
export function reasonWhy(outcome: Outcome<unknown>): string {
  if (outcome.status === 'ok') expect.fail(`a value: ${JSON.stringify(outcome.value)}`);
  return `${outcome.status}: ${reasonOf(outcome)}`;
}
