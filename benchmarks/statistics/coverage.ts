/**
 * Measures what the intervals and tests of the tables really hold, by simulation: how often 95 % intervals cover and how
 * often tests find a difference that is not there. Prints the numbers of docs/statistics.md. Takes some minutes.
 *
 *   npx tsx benchmarks/statistics/coverage.ts [repetitions]
 */
import type { FeatureMatrix } from '../../src/core/features.js';
import { type Rng, seededRng } from '../../src/core/rng.js';
import { frechetDistance } from '../../src/metrics/frechet-distance.js';
import { concatRows } from '../../src/scoring/concat-rows.js';
import { jackknifeDifference } from '../../src/scoring/jackknife-difference.js';
import { meanEstimate } from '../../src/scoring/mean-estimate.js';
import { jackknifeT } from '../../src/stats/jackknife.js';
import { mean } from '../../src/stats/mean.js';
import { pairedBootstrapPValue } from '../../src/stats/paired-bootstrap.js';
import { percentileInterval } from '../../src/stats/percentile-interval.js';

const repetitions = Number(process.argv[2] ?? 1000);
const times = [...Array(repetitions).keys()];
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const shareOf = (flags: readonly boolean[]): string => percent(flags.filter(Boolean).length / flags.length);

/** Distributions with mean 0. */
const shapes: readonly { readonly name: string; readonly draw: (rng: Rng) => number }[] = [
  { name: 'normal', draw: (rng) => rng.normal() },
  { name: 'exponential', draw: (rng) => -Math.log(1 - rng.next()) - 1 },
  { name: 'two values, 9:1', draw: (rng) => (rng.next() < 0.1 ? 0.9 : -0.1) },
];

for (const { name, draw } of shapes) {
  for (const count of [5, 10, 20, 40, 80]) {
    const covers = times.map((time) => {
      const rng = seededRng('mean', name, count, time);
      const estimate = meanEstimate(
        Array.from({ length: count }, () => draw(rng)),
        rng,
      );
      return estimate.status === 'ok' && estimate.value.lower <= 0 && estimate.value.upper >= 0;
    });
    const found = times.map((time) => {
      const rng = seededRng('test', name, count, time);
      const differences = Array.from({ length: count }, () => draw(rng));
      return pairedBootstrapPValue(differences, { resamples: 999, rng }) < 0.05;
    });
    console.log(`${name}, ${count} clips: mean covered ${shareOf(covers)}, paired test finds ${shareOf(found)}`);
  }
}

const columns = 8;
const windows = 3;

/** Windows around a centre for each clip; half of a system's spread is shared with the reference of the clip. */
function clipsOf(
  centres: readonly (readonly number[])[],
  rng: Rng,
  like: { scale: number; shift: number },
): FeatureMatrix[] {
  return centres.map((centre) => {
    const own = centre.map((value) => Math.SQRT1_2 * (value + rng.normal()));
    const cells = Array.from({ length: windows }, () =>
      own.map((value) => like.shift + like.scale * (value + 0.5 * rng.normal())),
    );
    return { rows: windows, columns, data: Float32Array.from(cells.flat()) };
  });
}

function distance(x: readonly FeatureMatrix[], y: readonly FeatureMatrix[]): number {
  const outcome = frechetDistance(concatRows(x), concatRows(y));
  if (outcome.status !== 'ok') throw new Error('no distance');
  return outcome.value.value;
}

const without = <T>(items: readonly T[], left: number): T[] => items.filter((_, index) => index !== left);

/** A system whose Fréchet distance to the references is 1.25 * 8 * 0.2^2 + 8 * 0.25^2 = 0.9 in the limit. */
const like = { scale: 1.2, shift: 0.25 };
const limit = 1.25 * columns * 0.2 ** 2 + columns * 0.25 ** 2;
for (const count of [20, 40, 80]) {
  const runs = times.slice(0, Math.ceil(repetitions / 2)).map((time) => {
    const rng = seededRng('frechet', count, time);
    const centres = Array.from({ length: count }, () => Array.from({ length: columns }, () => rng.normal()));
    const references = clipsOf(centres, rng, { scale: 1, shift: 0 });
    const systems = [like, like].map((one) => {
      const clips = clipsOf(centres, rng, one);
      const leaveOneOut = clips.map((_, left) => distance(without(clips, left), without(references, left)));
      return { clips, value: distance(clips, references), leaveOneOut };
    });
    const [a, b] = systems as [(typeof systems)[0], (typeof systems)[0]];
    const resampled = Array.from({ length: 200 }, () => {
      const drawn = Array.from({ length: count }, () => rng.integer(count));
      const pick = (set: readonly FeatureMatrix[]): FeatureMatrix[] =>
        drawn.map((index) => set[index] as FeatureMatrix);
      return distance(pick(a.clips), pick(references));
    });
    const difference = jackknifeDifference(a, b);
    return {
      value: a.value,
      jackknife: jackknifeT({ ...a, level: 0.95 }),
      percentile: percentileInterval(resampled, 0.95),
      found: difference.status === 'ok' && difference.value.pValue < 0.05,
    };
  });
  const expected = mean(runs.map(({ value }) => value));
  const covered = (kind: 'jackknife' | 'percentile', truth: number): string =>
    shareOf(runs.map((run) => run[kind].lower <= truth && truth <= run[kind].upper));
  const missed = shareOf(runs.map(({ value, percentile }) => value < percentile.lower));
  console.log(
    `Fréchet distance, ${count} clips: mean ${expected.toFixed(3)}, limit ${limit.toFixed(3)}; jackknife covers the mean ` +
      `${covered('jackknife', expected)}, the limit ${covered('jackknife', limit)}; percentile bootstrap ` +
      `${covered('percentile', expected)} and ${covered('percentile', limit)}, above its own estimate ${missed}; ` +
      `two equal systems differ ${shareOf(runs.map(({ found }) => found))}`,
  );
}
