import { describe, expect, it } from 'vitest';
import { BenchError } from '../../../src/core/errors.js';
import { failed, type Outcome, ok, skipped } from '../../../src/core/outcome.js';
import type { Comparison, Expectation } from '../../../src/verify/metrics/family-runner.js';
import { judgePart, refusalOf } from '../../../src/verify/metrics/judge-part.js';

const near: Comparison = { field: 'fd', own: 1.5, golden: 1.5 + 1e-12, tolerance: { absolute: 0, relative: 1e-9 } };
const far: Comparison = { ...near, golden: 1.6 };

const judged = (outcome: Outcome<readonly Comparison[]>, expectation?: Expectation): unknown =>
  judgePart({ compute: () => outcome }, expectation);

describe('judgePart', () => {
  it('passes a value within its limit and breaks one outside', () => {
    expect(judged(ok([near]), 'value')).toMatchObject({ status: 'ok', value: { broken: [] } });
    expect(judged(ok([near, far]), 'value')).toMatchObject({
      value: { broken: [expect.stringMatching(/^fd is 1\.5, expected 1\.6, allowed 1\.60e-9$/)] },
    });
  });

  it.each([
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    [1, Number.NaN],
    [0, Number.POSITIVE_INFINITY],
  ])('breaks on %f instead of %f however wide the limit', (own, golden) => {
    const comparison = { field: 'x', own, golden, tolerance: { absolute: 1e300, relative: 1 } };
    expect(judged(ok([comparison]), 'value')).toMatchObject({ value: { broken: [expect.stringContaining('x is')] } });
  });

  it('takes the same infinity as equal', () => {
    const same = { ...near, own: Number.NEGATIVE_INFINITY, golden: Number.NEGATIVE_INFINITY };
    expect(judged(ok([same]), 'value')).toMatchObject({ value: { broken: [], difference: { maxAbsolute: 0 } } });
  });

  it('fails a value without anything compared, and a case without an expectation', () => {
    expect(judged(ok([]), 'value')).toMatchObject({ error: { code: 'nothing-compared' } });
    expect(judged(ok([near]))).toMatchObject({ error: { code: 'no-expectation' } });
  });

  it('passes a refusal where one is asked for, with its reason, and only there', () => {
    expect(judged(failed('not-finite', 'row 3 is not finite'), 'refuse')).toMatchObject({
      value: { note: 'refused: row 3 is not finite' },
    });
    expect(judged(skipped('1 row'), 'value')).toMatchObject({ status: 'failed', error: { code: 'refused' } });
    expect(judged(ok([near]), 'refuse')).toMatchObject({ error: { code: 'not-refused' } });
    expect(judged(skipped(' '), 'refuse')).toMatchObject({ error: { code: 'no-reason' } });
  });

  it('asks for a skipped outcome where nothing is defined', () => {
    expect(judged(skipped('no beats'), 'undefined')).toMatchObject({ value: { note: 'not defined: no beats' } });
    expect(judged(failed('x', 'broke'), 'undefined')).toMatchObject({ error: { code: 'not-skipped' } });
  });

  it('asks for a warning beside a doubtful value', () => {
    for (const expectation of ['either', 'value with a warning'] as const) {
      expect(judged(ok([near]), expectation)).toMatchObject({ error: { code: 'no-warning' } });
      expect(judged(ok([near], ['few']), expectation)).toMatchObject({ status: 'ok', value: { broken: [] } });
    }
    expect(judged(skipped('too few'), 'either')).toMatchObject({ status: 'ok' });
    expect(judged(skipped('too few'), 'value with a warning')).toMatchObject({ status: 'failed' });
  });

  it('fails on everything thrown, also where a refusal is asked for', () => {
    const compute = (): never => {
      throw new TypeError('undefined is not a matrix');
    };
    expect(judgePart({ compute }, 'refuse')).toMatchObject({ status: 'failed' });
  });
});

describe('refusalOf', () => {
  it('turns a BenchError into an outcome and nothing else', () => {
    const refusing = (): never => {
      throw new BenchError({ code: 'too-few', kind: 'input', problem: 'too few rows' });
    };
    expect(refusalOf(refusing)).toEqual(failed('too-few', 'too few rows'));
    expect(() =>
      refusalOf(() => {
        throw new RangeError('a mistake');
      }),
    ).toThrow('a mistake');
  });
});
