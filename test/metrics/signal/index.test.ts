import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { landmarksToMatrix } from '../../../src/dsp/landmark-matrix.js';
import { findLandmarks } from '../../../src/dsp/landmarks.js';
import { createSignalFactEncoders } from '../../../src/encoders/signal/index.js';
import type { SetMetric, SignalMetric } from '../../../src/metrics/metric.js';
import { copiesOfReferences } from '../../../src/metrics/signal/copies-of-references.js';
import { copiesWithinSystem } from '../../../src/metrics/signal/copies-within-system.js';
import { signalMetrics } from '../../../src/metrics/signal/index.js';
import { selfRepetition } from '../../../src/metrics/signal/self-repetition.js';
import { chords } from '../../helpers/chords.js';

const one = (value: number): FeatureMatrix => ({ rows: 1, columns: 1, data: Float32Array.of(value) });
const none: FeatureMatrix = { rows: 0, columns: 1, data: new Float32Array(0) };
const landmarks = (sound: Float32Array): FeatureMatrix => landmarksToMatrix(findLandmarks(sound));

describe('metrics of signal facts', () => {
  const facts = signalMetrics.filter(
    (metric): metric is SignalMetric => metric.level === 'signal' && metric.need.output === 'value',
  );

  it('report the number of an encoder that there is', () => {
    const ids = createSignalFactEncoders().map(({ id }) => id);
    expect(facts).toHaveLength(8);
    for (const metric of facts) {
      expect(ids).toContain(metric.need.encoder);
      expect(metric.measure(one(0.25))).toEqual({ status: 'ok', value: 0.25 });
    }
  });

  it('refuse what is no single number', () => {
    for (const { measure } of facts) {
      expect(measure(none).status).toBe('skipped');
      expect(measure({ rows: 2, columns: 1, data: new Float32Array(2) }).status).toBe('failed');
      expect(measure(one(Number.NaN)).status).toBe('failed');
    }
  });
});

describe('self-repetition', () => {
  it('is the share of landmarks that come again, and not defined without any', () => {
    const loop = chords('loop', 4);
    const twice = selfRepetition.measure(landmarks(Float32Array.from([...loop, ...loop])));
    expect(twice).toMatchObject({ status: 'ok', value: expect.closeTo(0.45, 1) });
    expect(selfRepetition.measure(landmarks(new Float32Array(8000)))).toMatchObject({ status: 'skipped' });
    expect(selfRepetition.measure({ rows: 1, columns: 3, data: new Float32Array(3) }).status).toBe('failed');
  });
});

describe('copies', () => {
  const pieces = ['a', 'b', 'c', 'd'].map((name) => chords(name, 10));
  const [a, b, c, d] = pieces.map(landmarks) as [FeatureMatrix, FeatureMatrix, FeatureMatrix, FeatureMatrix];
  const quietPart = landmarks(pieces[0]!.subarray(20_000, 60_000).map((value) => value / 3));
  const share = ({ compute }: SetMetric, system: FeatureMatrix[], target: FeatureMatrix[] = []): Outcome<number> =>
    compute(system, target);

  it('within a system are outputs that another one has a passage of', () => {
    expect(share(copiesWithinSystem, [a, b, c])).toEqual({ status: 'ok', value: 0 });
    expect(share(copiesWithinSystem, [a, b, quietPart, c])).toEqual({ status: 'ok', value: 0.5 });
    expect(share(copiesWithinSystem, [a, landmarks(pieces[0]!)])).toEqual({ status: 'ok', value: 1 });
  });

  it('of references are outputs that any reference has a passage of', () => {
    expect(share(copiesOfReferences, [b, c], [a, d])).toEqual({ status: 'ok', value: 0 });
    expect(share(copiesOfReferences, [b, quietPart], [d, a])).toEqual({ status: 'ok', value: 0.5 });
    expect(share(copiesOfReferences, [a, d], [a, d])).toEqual({ status: 'ok', value: 1 });
  });

  it('count each seed of a clip, and not seeds of one clip that are alike', () => {
    const seeds = (first: FeatureMatrix, second: FeatureMatrix): FeatureMatrix => ({
      rows: first.rows + second.rows,
      columns: 4,
      data: Float32Array.from([...first.data, ...second.data]),
    });
    expect(share(copiesWithinSystem, [seeds(a, a), b])).toEqual({ status: 'ok', value: 0 });
    expect(share(copiesWithinSystem, [seeds(a, c), seeds(d, quietPart)])).toEqual({ status: 'ok', value: 0.5 });
    expect(share(copiesOfReferences, [seeds(a, b), c], [d, quietPart])).toEqual({ status: 'ok', value: 1 / 3 });
  });

  it('do not depend on what was compared before', () => {
    const fresh = (): FeatureMatrix[] => [landmarks(pieces[0]!), landmarks(pieces[1]!), landmarks(pieces[0]!)];
    const clips = fresh();
    expect(share(copiesWithinSystem, clips)).toEqual({ status: 'ok', value: 2 / 3 });
    for (const left of [0, 1, 2])
      expect(
        share(
          copiesWithinSystem,
          clips.filter((_, clip) => clip !== left),
        ),
      ).toEqual(
        share(
          copiesWithinSystem,
          fresh().filter((_, clip) => clip !== left),
        ),
      );
  });

  it('refuse other features', () => {
    expect(share(copiesWithinSystem, [none, none])).toMatchObject({ status: 'failed' });
    expect(share(copiesWithinSystem, [one(1), one(1)])).toMatchObject({ error: { code: 'dimensions-differ' } });
    expect(share(copiesOfReferences, [a, b], [one(1), one(1)])).toMatchObject({ error: { code: 'dimensions-differ' } });
    expect(share(copiesOfReferences, [a, b], [])).toMatchObject({ status: 'skipped' });
  });
});
