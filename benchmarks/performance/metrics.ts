/**
 * `npm run bench:metrics`: set metrics in CPU seconds. Where `python3` has NumPy and SciPy, the references are measured in the same
 * run on one thread; else the published tools' seconds stand in the names, and the ratio is to a textbook product.
 */
import { spawnSync } from 'node:child_process';
import type { FeatureMatrix } from '../../src/core/features.js';
import { seededRng } from '../../src/core/rng.js';
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
import { type Measurement, publish } from './measure.js';

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

const pythonScript = `
import json, time, numpy as np, scipy.linalg as sl
def best(f, n):
    b = 1e9
    for _ in range(n):
        t = time.process_time(); f(); b = min(b, time.process_time() - t)
    return b
r = np.random.default_rng(0)
out = {}
a = r.standard_normal((1024, 1024)); out['matmul'] = best(lambda: a @ a, 9)
for d, n in ((512, 5), (2048, 2)):
    x, y = r.standard_normal((2 * d, d)), r.standard_normal((2 * d, d))
    s, t = np.cov(x.T), np.cov(y.T)
    def lapack():
        c = np.linalg.cholesky(s)
        return np.sqrt(np.maximum(np.linalg.eigvalsh(c.T @ t @ c), 0)).sum()
    out['frechet%d' % d] = best(lapack, n)
    if d == 512: out['sqrtm512'] = best(lambda: sl.sqrtm(s @ t), 3)
x, y = r.standard_normal((5000, 512)), r.standard_normal((5000, 512))
def squares(a, b): return (a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * (a @ b.T)
def prdc():
    k = [np.partition(squares(s, s), 5, axis=1)[:, 5] for s in (x, y)]
    d = squares(x, y)
    return (d < k[0][:, None]).any(0).mean(), (d < k[1][None]).any(1).mean(), (d < k[0][:, None]).sum(0).mean() / 5, (d.min(1) < k[0]).mean()
out['prdc'] = best(prdc, 2)
f, g = x.astype('f'), y.astype('f')
def kad():
    i = np.triu_indices(5000, 1)
    d = squares(f, f); p = d[i]; w = np.sqrt(np.partition(p, (p.size - 1) // 2)[(p.size - 1) // 2])
    c = 1 / (2 * w * w + 1e-8)
    return [np.exp(-c * e).sum() for e in (d, squares(g, g), squares(f, g))]
out['kad'] = best(kad, 2)
print(json.dumps(out))
`;

interface References {
  readonly matmul: number;
  readonly frechet512: number;
  readonly frechet2048: number;
  readonly sqrtm512: number;
  readonly prdc: number;
  readonly kad: number;
}

function measuredReferences(): References | undefined {
  const single = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const { status, stdout } = spawnSync('python3', ['-c', pythonScript], {
    encoding: 'utf8',
    env: { ...process.env, ...single },
  });
  return status === 0 ? (JSON.parse(stdout) as References) : undefined;
}

/** The yardstick where there is no NumPy: the textbook triple loop in float64. */
function textbookSeconds(): number {
  const size = 512;
  const [a, b, out] = [randomMatrix(size, size).data, randomMatrix(size, size).data, new Float64Array(size * size)];
  return cpuSecondsOf(() => {
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) {
        for (let j = 0; j < size; j++) out[i * size + j]! += a[i * size + k]! * b[k * size + j]!;
      }
    }
  }, 5);
}

const references = measuredReferences();
const textbook = references === undefined ? textbookSeconds() : 0;
const measurements: Measurement[] = [];

/** CPU seconds of published tools, one thread of a 2-core machine whose 1024 x 1024 NumPy product takes 0.0355 s. */
const published = {
  frechet512: 'fadtk 0.342, scipy sqrtm 0.177, torch-fidelity 0.103, LAPACK 0.0224',
  frechet2048: 'fadtk 16.3, scipy sqrtm 10.8, torch-fidelity 2.84, LAPACK 1.08',
  prdc: 'prdc 2.1, torch-fidelity 1.8',
  kad: 'kadtk 2.4',
} as const;

function add(
  name: string,
  seconds: number,
  reference: { readonly name: string; readonly key?: keyof References },
): void {
  const measured = reference.key === undefined ? undefined : references?.[reference.key];
  measurements.push(
    measured === undefined
      ? {
          name,
          seconds,
          reference: `textbook 512 x 512 product (published: ${reference.name})`,
          ratio: seconds / textbook,
        }
      : { name, seconds, reference: reference.name, ratio: seconds / measured },
  );
}

function windowsOfClips(shift: number): FeatureMatrix[] {
  return Array.from({ length: 300 }, () => ({
    rows: 10,
    columns: 128,
    data: Float32Array.from({ length: 1280 }, () => rng.normal() + shift),
  }));
}

function statisticsOf(samples: Matrix): GaussianStatistics {
  const outcome = gaussianStatistics(samples, 'the set');
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

for (const [columns, repeats] of [
  [512, 7],
  [2048, 2],
] as const) {
  const [x, y] = [randomMatrix(2 * columns, columns), randomMatrix(2 * columns, columns)];
  const fit = cpuSecondsOf(() => statisticsOf(x), repeats);
  const [first, second] = [statisticsOf(x), statisticsOf(y)];
  const distance = cpuSecondsOf(() => frechetFromStatistics(first, second), repeats);
  const key = columns === 512 ? 'frechet512' : 'frechet2048';
  const reference = references ? 'Cholesky and eigvalsh of LAPACK, from covariances' : published[key];
  add(`Fréchet distance of two fitted Gaussians, d = ${columns}`, distance, { name: reference, key });
  add(`one Gaussian fitted, factor included, d = ${columns}, N = ${2 * columns}`, fit, { name: reference, key });
  if (columns === 512 && references)
    add('the distance again', distance, { name: 'scipy sqrtm alone', key: 'sqrtm512' });
}

const [real, generated] = [randomMatrix(5000, 512), randomMatrix(5000, 512)];
const prdcSeconds = cpuSecondsOf(() => precisionRecallDensityCoverage(real, generated, { k: 5 }), 3);
add('precision, recall, density, coverage, 5000 x 5000, d = 512', prdcSeconds, {
  name: references ? 'the same in NumPy' : published.prdc,
  key: 'prdc',
});
const kernelSeconds = cpuSecondsOf(() => {
  kernelDistance(real, generated, { kernel: 'gaussian', bandwidth: 'reference' });
}, 3);
add('kernel distance with its median, 5000 x 5000, d = 512', kernelSeconds, {
  name: references ? 'the same in NumPy, float32' : published.kad,
  key: 'kad',
});

const clips = Array.from({ length: 300 }, () => randomMatrix(1, 512));
const partners = Array.from({ length: 300 }, () => randomMatrix(1, 512));
const drawnOnce = Array.from({ length: 20 }, () => {
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
    for (const multiplicities of drawnOnce) resampler.value.distance(multiplicities);
  }, 5);
  add(`one of 20 Fréchet resamples of 300 clips, ${name}, d = 512`, seconds / drawnOnce.length, {
    name: references ? 'a 1024 x 1024 product in NumPy' : 'naive scipy sqrtm 0.235, weighted Gram in LAPACK 0.0010',
    key: 'matmul',
  });
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
