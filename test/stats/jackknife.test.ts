import { describe, expect, it } from 'vitest';
import { jackknifeStandardError, jackknifeT } from '../../src/stats/jackknife.js';
import { leaveOneOutMeans } from '../../src/stats/leave-one-out-means.js';
import { mean } from '../../src/stats/mean.js';
import { twoSidedPValue } from '../../src/stats/student-t.js';
import { standardErrorOfMean } from '../../src/stats/variance.js';
import { expectAllClose } from '../helpers/all-close.js';
import { readGolden } from '../helpers/metric-recipe.js';
import { normals } from '../helpers/stats-recipe.js';

interface PairedCase {
  readonly metric: string;
  readonly input: { readonly x: readonly number[]; readonly y: readonly number[] };
  readonly expected: { readonly t: number; readonly p: number; readonly ci: readonly number[] };
}

describe('jackknifeT of a mean', () => {
  const golden = readGolden<PairedCase>('stats').cases.find(({ metric }) => metric === 't-test') as PairedCase;
  const { x, y } = golden.input;
  const differences = x.map((value, index) => value - y[index]!);
  const value = mean(differences);

  it("is Student's interval and test", () => {
    const { lower, upper, standardError } = jackknifeT({
      value,
      leaveOneOut: leaveOneOutMeans(differences),
      level: 0.95,
    });
    expectAllClose([lower, upper], golden.expected.ci, { rtol: 1e-9 });
    expectAllClose([value / standardError], [golden.expected.t], { rtol: 1e-9 });
    expectAllClose([twoSidedPValue(golden.expected.t, x.length - 1)], [golden.expected.p], { rtol: 1e-9 });
  });

  it('has the standard error of the mean at any size', () => {
    for (const count of [2, 3, 50]) {
      const values = normals(count, count);
      const standardError = jackknifeStandardError(leaveOneOutMeans(values));
      expectAllClose([standardError], [standardErrorOfMean(values)], { rtol: 1e-12 });
    }
  });
});

it('leave-one-out means are the means of the rest', () => {
  const values = normals(9, 6);
  const direct = values.map((_, index) => mean(values.filter((__, other) => other !== index)));
  expectAllClose(leaveOneOutMeans(values), direct, { rtol: 1e-13 });
});

it('one value cannot be left out', () => {
  expect(() => leaveOneOutMeans([1])).toThrow('at least 2');
  expect(() => jackknifeStandardError([1])).toThrow('at least 2');
});
