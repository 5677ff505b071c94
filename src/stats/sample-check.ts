import { type Failed, failed } from '../core/outcome.js';

/** A refusal that names the first value that is not finite, or undefined. */
export function nonFiniteSample(values: readonly number[], name: string): Failed | undefined {
  const index = values.findIndex((value) => !Number.isFinite(value));
  return index < 0 ? undefined : failed('not-finite', `${name} ${index} is not a finite number: ${values[index]}`);
}

/** A refusal of samples that should be pairs, or undefined. */
export function unusablePairs(x: readonly number[], y: readonly number[]): Failed | undefined {
  if (x.length !== y.length) {
    return failed('lengths-differ', `pairs need two samples of equal length, got ${x.length} and ${y.length}`);
  }
  return nonFiniteSample(x, 'x') ?? nonFiniteSample(y, 'y');
}
