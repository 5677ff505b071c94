/**
 * `npm run bench:metrics`: set metrics in CPU seconds, beside the published tools that `python3` has (fadtk, prdc, torch-fidelity, kadtk, SciPy) and
 * a 1024 x 1024 float64 product in NumPy, all measured in the same run on one thread. What cannot be measured is named with the reason.
 */
import { allowRelaxedVectors } from '../../src/cli/relaxed-vectors.js';
import type { FeatureMatrix } from '../../src/core/features.js';
import type { Outcome } from '../../src/core/outcome.js';
import { seededRng } from '../../src/core/rng.js';
import { centre, covarianceOfCentred } from '../../src/linalg/covariance.js';
import type { Matrix } from '../../src/linalg/matrix.js';
import { frechetFromStatistics } from '../../src/metrics/frechet-distance.js';
import { frechetResampler } from '../../src/metrics/frechet-resampling.js';
import { frechetWithout } from '../../src/metrics/frechet-without.js';
import { type GaussianStatistics, gaussianStatistics } from '../../src/metrics/gaussian-statistics.js';
import { metricById } from '../../src/metrics/index.js';
import { kernelDistance } from '../../src/metrics/kernel-distance.js';
import { kernelDistancesWithoutClips } from '../../src/metrics/kernel-distance-without-clips.js';
import type { SetFeatures, SetMetric } from '../../src/metrics/metric.js';
import { precisionRecallDensityCoverage } from '../../src/metrics/precision-recall-density-coverage.js';
import { type PublishedMoments, publishedStatistics } from '../../src/metrics/published-statistics.js';
import { type Measurement, publish } from './measure.js';
import { measureReferences } from './metrics/references.js';

// As `bench` itself does.
allowRelaxedVectors();

const rng = seededRng('bench:metrics');

function randomMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, () => rng.normal()) };
}

/** The least CPU seconds of some calls: on a shared machine the least disturbed one. */
function cpuSecondsOf(work: () => unknown, repeats: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
}

const referenceOf = measureReferences();
const measurements: Measurement[] = [];

/** One line for each thing to hold it against. */
function add(name: string, seconds: number, against: Readonly<Record<string, string>>): void {
  for (const [key, reference] of Object.entries(against)) {
    const measured = referenceOf(key);
    if ('seconds' in measured) measurements.push({ name, seconds, reference, ratio: seconds / measured.seconds });
    else console.error(`${name}: ${seconds.toPrecision(3)} s, not measured against ${reference}: ${measured.reason}`);
  }
}

const product = { product: 'a 1024 x 1024 product in NumPy' } as const;

function windowsOfClips(shift: number): FeatureMatrix[] {
  return Array.from({ length: 300 }, () => ({
    rows: 10,
    columns: 128,
    data: Float32Array.from({ length: 1280 }, () => rng.normal() + shift),
  }));
}

function statisticsOf(samples: Matrix): GaussianStatistics {
  return fitted(gaussianStatistics(samples, 'the set'));
}

function momentsOf(samples: Matrix): PublishedMoments {
  const { mean, centred } = centre(samples);
  return { mean, covariance: covarianceOfCentred(centred) };
}

function fitted(outcome: Outcome<GaussianStatistics>): GaussianStatistics {
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

for (const [columns, repeats] of [
  [512, 15],
  [2048, 4],
] as const) {
  const [x, y] = [randomMatrix(2 * columns, columns), randomMatrix(2 * columns, columns)];
  const fit = cpuSecondsOf(() => statisticsOf(x), repeats);
  const moments = [x, y].map(momentsOf);
  const fromMoments = (): unknown => {
    const [first, second] = moments.map((each) => fitted(publishedStatistics(each)));
    return frechetFromStatistics(first!, second!);
  };
  add(`Fréchet distance from means and covariances, d = ${columns}`, cpuSecondsOf(fromMoments, repeats), {
    ...product,
    [`frechet-${columns}-torch-fidelity`]: 'torch-fidelity',
    [`frechet-${columns}-fadtk`]: 'fadtk',
    [`frechet-${columns}-scipy`]: 'sqrtm of SciPy alone',
    [`frechet-${columns}-lapack`]: 'Cholesky and eigvalsh of LAPACK',
  });
  const [first, second] = [statisticsOf(x), statisticsOf(y)];
  const distance = cpuSecondsOf(() => frechetFromStatistics(first, second), repeats);
  add(`Fréchet distance of two fitted Gaussians, d = ${columns}`, distance, product);
  add(`one Gaussian fitted, factor included, d = ${columns}, N = ${2 * columns}`, fit, product);
}

const [real, generated] = [randomMatrix(5000, 512), randomMatrix(5000, 512)];
const prdcSeconds = cpuSecondsOf(() => precisionRecallDensityCoverage(real, generated, { k: 5 }), 3);
add('precision, recall, density, coverage, 5000 x 5000, d = 512', prdcSeconds, {
  'neighbourhoods-prdc': 'prdc',
  'precision-recall-torch-fidelity': 'torch-fidelity, precision and recall only, float32',
});
const kernelSeconds = cpuSecondsOf(() => {
  kernelDistance(real, generated, { kernel: 'gaussian', bandwidth: 'reference' });
}, 3);
add('kernel distance with its median, 5000 x 5000, d = 512', kernelSeconds, {
  'kernel-distance-kadtk': 'kadtk, float32',
});

const clips = Array.from({ length: 300 }, () => randomMatrix(1, 512));
const partners = Array.from({ length: 300 }, () => randomMatrix(1, 512));
const resamples = Array.from({ length: 1000 }, () => {
  const multiplicities = new Uint16Array(clips.length);
  for (let draw = 0; draw < clips.length; draw++) multiplicities[rng.integer(clips.length)]! += 1;
  return multiplicities;
});
for (const [name, reference] of [
  ['against 4000 fixed', statisticsOf(randomMatrix(4000, 512))],
  ['paired', partners],
] as const) {
  const seconds = cpuSecondsOf(() => {
    const resampler = frechetResampler(clips, reference);
    if (resampler.status !== 'ok') throw new Error(JSON.stringify(resampler));
    for (const multiplicities of resamples) resampler.value.distance(multiplicities);
  }, 2);
  add(`${resamples.length} Fréchet resamples of 300 clips, ${name}, preparation included, d = 512`, seconds, product);
}

const sets: SetFeatures = { system: windowsOfClips(0.1), target: windowsOfClips(0) };
const groups = Array.from({ length: 20 }, (_, group) => [3 * group, 3 * group + 1, 3 * group + 2]);
const kernel = { kernel: 'gaussian', bandwidth: 'reference' } as const;
for (const [name, metricId, leaveOut] of [
  ['Fréchet distance', 'frechet-vggish', () => frechetWithout(sets, groups)],
  ['kernel distance', 'kernel-distance-vggish', () => kernelDistancesWithoutClips(sets, { ...kernel, groups })],
] as const) {
  const { compute } = metricById(metricId) as SetMetric;
  const without = ({ system, target }: SetFeatures): unknown => compute(system.slice(3), target.slice(3));
  const seconds = cpuSecondsOf(leaveOut, 2) / groups.length;
  const again = cpuSecondsOf(() => without(sets), 2);
  measurements.push({
    name: `${name} without one of ${groups.length} groups of 3 of 300 clips of 10 windows, d = 128`,
    seconds,
    reference: 'the metric computed anew',
    ratio: seconds / again,
  });
}

await publish('metrics', measurements);
