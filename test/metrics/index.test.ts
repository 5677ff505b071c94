import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import type { Outcome } from '../../src/core/outcome.js';
import { modelIdOf } from '../../src/encoders/imported/index.js';
import { createEncoders } from '../../src/encoders/index.js';
import { defaultMetricIds, metricById, metrics } from '../../src/metrics/index.js';
import { type PairedMetric, type SetMetric, targetNeedsOf } from '../../src/metrics/metric.js';
import { officialModels } from '../../src/models/official/index.js';
import { normalStream } from '../helpers/metric-recipe.js';

describe('the list of metrics', () => {
  it('has an id once, a summary, a citation, a known failure and a valid version for each', () => {
    expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
    for (const metric of metrics) {
      for (const text of [metric.title, metric.summary, metric.citation, metric.knownFailure, metric.range]) {
        expect(text.length).toBeGreaterThan(3);
      }
      expect(Number.isInteger(metric.version) && metric.version >= 1).toBe(true);
      expect(metricById(metric.id)).toBe(metric);
    }
    for (const id of defaultMetricIds) expect(metricById(id).id).toBe(id);
  });

  it('reads only outputs that encoders are known to make', () => {
    const needs = metrics.flatMap((metric) => [
      metric.need,
      ...(['reference', 'video', 'caption'] as const).flatMap((source) => targetNeedsOf(metric, source)),
    ]);
    const shipped = new Map(createEncoders().map(({ id, outputs }) => [id, outputs.map(({ name }) => name)]));
    const imported = new Set(officialModels.flatMap(({ networks }) => networks.map(({ id }) => id)));
    for (const { encoder, output } of needs) {
      const outputs = shipped.get(encoder);
      expect(
        outputs === undefined ? imported.has(modelIdOf(encoder)) : outputs.includes(output),
        `${encoder} ${output}`,
      ).toBe(true);
    }
  });

  it('says which names are near a mistyped one', () => {
    expect(() => metricById('recal-musicnn-mtt')).toThrow('Did you mean recall-musicnn-mtt');
    expect(() => metricById('xxxxxxxxxxxxxxxxxxxxxxxxxxxx')).toThrow('Use one of frechet-musicnn-mtt-penultimate');
  });
});

describe('set metrics', () => {
  const real = clipsOf({ seed: 1, count: 12, spread: 1 });
  const other = clipsOf({ seed: 2, count: 12, spread: 1 });
  const narrow = clipsOf({ seed: 3, count: 12, spread: 0.05 });

  it('give the references themselves a distance of 0 and full marks', () => {
    expect(compute('frechet-musicnn-mtt-penultimate', real, real)).toBe(0);
    for (const name of ['precision', 'recall', 'density', 'coverage']) {
      expect(compute(`${name}-musicnn-mtt`, real, real)).toBe(1);
    }
  });

  it('take the system first and the references second', () => {
    expect(compute('precision-musicnn-mtt', narrow, real)).toBe(1);
    expect(compute('recall-musicnn-mtt', narrow, real)).toBeLessThan(0.5);
    expect(compute('recall-musicnn-mtt', real, narrow)).toBe(1);
  });

  it('count clips, not windows, for neighbours and variety', () => {
    const twice = real.map(({ rows, columns, data }) => ({
      rows: 2 * rows,
      columns,
      data: Float32Array.from([...data, ...data]),
    }));
    expect(compute('coverage-musicnn-mtt', twice, other)).toBe(compute('coverage-musicnn-mtt', real, other));
    expect(compute('vendi-musicnn-mtt', twice, [])).toBeCloseTo(compute('vendi-musicnn-mtt', real, []), 10);
    expect(compute('vendi-musicnn-mtt', real, [])).toBeLessThanOrEqual(6);
  });

  it('refuse too few clips, and broken or unequal features by the clip', () => {
    expect(JSON.stringify(outcomeOf('recall-musicnn-mtt', real.slice(0, 5), real))).toContain('at least 6 samples');
    expect(outcomeOf('frechet-musicnn-mtt-penultimate', [], real).status).toBe('skipped');
    const broken = clipsOf({ seed: 4, count: 8, spread: 1 });
    broken[5]!.data[6 * 2] = Number.POSITIVE_INFINITY;
    for (const metric of metrics) {
      if (metric.level !== 'set') continue;
      const said = JSON.stringify(metric.compute(broken, real));
      expect(said).toContain('window 2 of clip 5 of the system set');
    }
    const wider = [{ rows: 1, columns: 7, data: new Float32Array(7) }];
    expect(JSON.stringify(outcomeOf('frechet-musicnn-mtt-penultimate', [...real, ...wider], real))).toContain(
      '7 columns',
    );
    const empty = [{ rows: 0, columns: 6, data: new Float32Array(0) }];
    expect(JSON.stringify(outcomeOf('vendi-musicnn-mtt', [...real, ...empty], []))).toContain('clip 12');
  });
});

describe('kl-tags-musicnn-mtt-ref-gen', () => {
  const metric = metricById('kl-tags-musicnn-mtt-ref-gen') as PairedMetric;
  const rock = tags([0.9, 0.1, 0]);
  const calm = tags([0.1, 0.8, 0.1]);

  it('is 0 for the reference itself, whatever the number of windows and the overall level', () => {
    expect(metric.compare(rock, rock)).toEqual({ status: 'ok', value: 0 });
    expect(resultOf(metric.compare(tags([0.9, 0.1, 0], [0.9, 0.1, 0]), rock))).toBeCloseTo(0, 12);
    expect(resultOf(metric.compare(tags([0.45, 0.05, 0]), rock))).toBeCloseTo(0, 5);
  });

  it('is KL(reference ‖ generated)', () => {
    // The generated music lacks a tag of the reference: dear in this direction, cheap in the other.
    const lacking = resultOf(metric.compare(rock, calm));
    expect(lacking).toBeCloseTo(0.1 * Math.log(0.1 / 0.9) + 0.8 * Math.log(8) + 0.1 * Math.log(0.1 / 1e-6), 3);
    expect(resultOf(metric.compare(calm, rock))).toBeCloseTo(0.9 * Math.log(9) + 0.1 * Math.log(1 / 8), 3);
  });

  it('refuses other numbers of tags, NaN and activations below 0', () => {
    expect(metric.compare(tags([1, 0]), rock).status).toBe('failed');
    expect(metric.compare(tags([0, 0, Number.NaN]), rock).status).toBe('failed');
    expect(metric.compare(tags([0, 0, -1]), rock).status).toBe('failed');
    expect(metric.compare({ rows: 0, columns: 3, data: new Float32Array(0) }, rock).status).toBe('skipped');
  });
});

/** Clips of 1 to 4 windows of 6 features around a place of their own. */
function clipsOf(options: { readonly seed: number; readonly count: number; readonly spread: number }): FeatureMatrix[] {
  const normal = normalStream(options.seed);
  return Array.from({ length: options.count }, (_, clip) => {
    const place = Array.from({ length: 6 }, () => options.spread * normal());
    const rows = 1 + ((clip + 2) % 4);
    const data = Float32Array.from({ length: 6 * rows }, (_, index) => place[index % 6]! + 0.01 * normal());
    return { rows, columns: 6, data };
  });
}

function tags(...rows: readonly (readonly number[])[]): FeatureMatrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float32Array.from(rows.flat()) };
}

function outcomeOf(id: string, system: FeatureMatrix[], reference: FeatureMatrix[]): Outcome<number> {
  return (metricById(id) as SetMetric).compute(system, reference);
}

function compute(id: string, system: FeatureMatrix[], reference: FeatureMatrix[]): number {
  return resultOf(outcomeOf(id, system, reference));
}

function resultOf(outcome: Outcome<number>): number {
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}
