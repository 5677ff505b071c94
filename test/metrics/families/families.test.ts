import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import { bench1 } from '../../../src/core/protocols/index.js';
import { modeCoverage } from '../../../src/metrics/families/mode-coverage.js';
import { metricById } from '../../../src/metrics/index.js';
import type { PairedMetric, SetMetric } from '../../../src/metrics/metric.js';
import { normalStream } from '../../helpers/metric-recipe.js';

function clips(
  seed: number,
  options: { readonly count: number; readonly rows: number; readonly shift?: number },
): FeatureMatrix[] {
  const normal = normalStream(seed);
  const { count, rows, shift = 0 } = options;
  return Array.from({ length: count }, () => ({
    rows,
    columns: 4,
    data: Float32Array.from({ length: 4 * rows }, () => normal() + shift),
  }));
}

function valueUnder(id: string, system: FeatureMatrix[], target: FeatureMatrix[] = []): number {
  const outcome = (metricById(id) as SetMetric).compute(system, target);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const real = clips(1, { count: 40, rows: 15 });
const like = clips(2, { count: 40, rows: 15 });
const unlike = clips(3, { count: 40, rows: 15, shift: 1 });

describe('distances of sets', () => {
  it.each([
    'frechet',
    'frechet-infinity',
    'frechet-per-song',
    'kernel-distance',
    'kernel-distance-iq',
    'kernel-distance-imq',
    'kid',
  ])('%s puts music of the same law nearer than other music, and gives the same value twice', (family) => {
    const id = `${family}-vggish`;
    expect(valueUnder(id, like, real)).toBeLessThan(valueUnder(id, unlike, real));
    expect(valueUnder(id, like, real)).toBe(valueUnder(id, like, real));
  });

  it('per song: gives each clip a value, whose mean is the figure', () => {
    const metric = metricById('frechet-per-song-vggish') as SetMetric;
    const songs = metric.perClip!({ system: [...like.slice(0, 3), unlike[0]!], target: real });
    if (songs.status !== 'ok') expect.fail('no values');
    const values = songs.value.map((song) => (song.status === 'ok' ? song.value : Number.NaN));
    expect(values[3]!).toBeGreaterThan(Math.max(...values.slice(0, 3)));
    const [short] = clips(4, { count: 1, rows: 1 });
    const withShort = metric.compute([...like.slice(0, 3), short!], real);
    expect(withShort.status === 'ok' && withShort.warnings).toEqual(['1 of 4 clips have no distance of their own']);
  });

  it('at infinity: refuses where all sample sizes are equal', () => {
    const exactly500 = clips(5, { count: 50, rows: 10 });
    expect((metricById('frechet-infinity-vggish') as SetMetric).compute(exactly500, real).status).toBe('failed');
  });
});

describe('diversity', () => {
  const alike = clips(6, { count: 1, rows: 3 }).flatMap((clip) => Array.from({ length: 12 }, () => clip));

  it('is least for copies of one clip, at every order', () => {
    for (const id of ['vendi-vggish', 'vendi-order-2-vggish', 'vendi-order-infinity-vggish'])
      expect(valueUnder(id, alike)).toBeCloseTo(1, 6);
    expect(valueUnder('cosine-diversity-vggish', alike)).toBeCloseTo(0, 6);
    expect(valueUnder('vendi-vggish', like)).toBeGreaterThan(valueUnder('vendi-order-2-vggish', like));
    expect(valueUnder('vendi-order-2-vggish', like)).toBeGreaterThan(valueUnder('vendi-order-infinity-vggish', like));
  });
});

describe('classes', () => {
  const logits = (...rows: number[][]): FeatureMatrix => ({
    rows: rows.length,
    columns: rows[0]!.length,
    data: Float32Array.from(rows.flat()),
  });
  const compare = (id: string, audio: FeatureMatrix, target: FeatureMatrix): number => {
    const outcome = (metricById(id) as PairedMetric).compare(audio, target);
    if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
    return outcome.value;
  };
  const p = [0.1, 0.4, 0.5];
  const q = [0.8, 0.15, 0.05];
  const logsOf = (values: number[]): FeatureMatrix => logits(values.map(Math.log));
  const klOf = (a: number[], b: number[], epsilon = 0): number =>
    a.reduce((sum, value, index) => sum + value * Math.log(value / (b[index]! + epsilon)), 0);

  it('KL goes the way that its id says', () => {
    // The value 1.33568 is that of stable-audio-metrics' src/test_kld.py for these two.
    expect(compare('kl-passt-s-10s-ref-gen', logsOf(q), logsOf(p))).toBeCloseTo(1.3356800935337299, 5);
    expect(compare('kl-passt-s-10s-gen-ref', logsOf(q), logsOf(p))).toBeCloseTo(klOf(q, p), 5);
    expect(compare('kl-passt-s-10s-gen-ref-eps1e-6', logsOf(p), logsOf(q))).toBeCloseTo(1.335667371749878, 5);
  });

  it('the sigmoid form lacks terms and can be negative, the Bernoulli form cannot', () => {
    const [sure, unsure] = [logits([4, -4]), logits([0, 0])];
    expect(compare('kl-cnn14-16k-ref-gen-eps1e-6-sigmoid', sure, unsure)).toBeLessThan(
      compare('kl-cnn14-16k-ref-gen-bernoulli', sure, unsure),
    );
    expect(compare('kl-cnn14-16k-ref-gen-sigmoid', logits([9, 9]), logits([0, 0]))).toBeLessThan(0);
    expect(compare('kl-cnn14-16k-ref-gen-bernoulli', sure, sure)).toBe(0);
  });

  it('KL of each window averages divergences where KL of the clip averages logits', () => {
    const [generated, reference] = [logits([2, 0], [0, 2]), logits([0, 2], [2, 0])];
    const metric = metricById('kl-passt-s-20s-ref-gen-eps1e-6') as PairedMetric;
    const each = metric.under!({ ...bench1.numerics, klOfWindows: 'each-window' })(generated, reference);
    expect(each.status === 'ok' && each.value).toBeGreaterThan(1);
    expect(compare('kl-passt-s-20s-ref-gen-eps1e-6', generated, reference)).toBeCloseTo(0, 4);
  });

  it('mode coverage counts references by their strongest class', () => {
    const rows = (...values: number[][]): Parameters<typeof modeCoverage>[0] => ({
      rows: values.length,
      columns: 3,
      data: Float64Array.from(values.flat()),
    });
    const [a, b, c] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    expect(modeCoverage(rows(a!, a!), rows(a!, a!, b!, c!))).toEqual({ status: 'ok', value: 0.5 });
    expect(modeCoverage(rows(a!, b!, c!), rows(a!, b!))).toEqual({ status: 'ok', value: 1 });
  });

  it('Inception Score needs as many clips as splits', () => {
    const many = Array.from({ length: 20 }, (_, clip) => logits([clip % 2 === 0 ? 6 : 0, clip % 2 === 0 ? 0 : 6]));
    expect(valueUnder('inception-score-cnn14-16k', many)).toBeGreaterThan(1);
    expect((metricById('inception-score-cnn14-16k') as SetMetric).compute(many.slice(0, 9), []).status).not.toBe('ok');
  });
});
