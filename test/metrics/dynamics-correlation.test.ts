import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { dynamicsCorrelation } from '../../src/metrics/dynamics-correlation.js';
import { normalStream } from '../helpers/metric-recipe.js';

const seconds = 20;

describe('dynamics-correlation', () => {
  it('is high for loudness that follows the motion, also 0.3 s late, and low for the reverse', () => {
    const energy = slowNoise(1);
    expect(score(loudnessOf(energy), motionOf(energy))).toBeGreaterThan(0.95);
    expect(
      score(
        loudnessOf((time) => energy(time - 0.3)),
        motionOf(energy),
      ),
    ).toBeGreaterThan(0.9);
    expect(
      score(
        loudnessOf((time) => -energy(time)),
        motionOf(energy),
      ),
    ).toBeLessThan(-0.5);
  });

  it('loses the match beyond half a second', () => {
    const energy = slowNoise(1);
    const late = score(
      loudnessOf((time) => energy(time - 2)),
      motionOf(energy),
    );
    expect(late).toBeLessThan(0.6);
  });

  it('is near a chance level somewhat above 0 for music of other clips', () => {
    const scores = Array.from({ length: 40 }, (_, clip) =>
      score(loudnessOf(slowNoise(clip)), motionOf(slowNoise(clip + 100))),
    );
    const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
    expect(mean).toBeGreaterThan(0);
    expect(mean).toBeLessThan(0.35);
  });

  it('falls to chance when the music is rotated, and a full turn gives it back', () => {
    const energy = slowNoise(3);
    const [loudness, motion] = [loudnessOf(energy), motionOf(energy)];
    const turned = [0.2, 0.35, 0.5, 0.65, 0.8].map((fraction) => score(rotated(loudness, fraction), motion));
    expect(Math.max(...turned)).toBeLessThan(score(loudness, motion) - 0.2);
    expect(rotated(loudness, 1)).toEqual(loudness);
    expect(rotated(rotated(loudness, 0.25), 0.75)).toEqual(loudness);
  });

  it('compares the common time only', () => {
    const energy = slowNoise(4);
    const half = { rows: 100, columns: 2, data: loudnessOf(energy).data.slice(0, 200) };
    expect(score(half, motionOf(energy))).toBeGreaterThan(0.95);
  });

  it('is skipped for constant curves and short clips, with the reason', () => {
    const energy = slowNoise(5);
    const silence = curve(10, () => -70);
    expect(reason(silence, motionOf(energy))).toContain('loudness is constant');
    expect(
      reason(
        loudnessOf(energy),
        curve(25, () => 0),
      ),
    ).toContain('motion is constant');
    const short = { rows: 30, columns: 2, data: loudnessOf(energy).data.slice(0, 60) };
    expect(reason(short, motionOf(energy))).toContain('share 3 s, the correlation needs 4 s');
  });

  it('refuses values that are not finite, naming the row', () => {
    const broken = loudnessOf(slowNoise(6));
    broken.data[2 * 7 + 1] = Number.NaN;
    const outcome = dynamicsCorrelation.compare(broken, motionOf(slowNoise(6)));
    expect(outcome).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('row 7') } });
  });
});

/** A smooth random function of time that changes over about a second and a half. */
function slowNoise(seed: number): (timeSeconds: number) => number {
  const normal = normalStream(seed);
  const waves = Array.from({ length: 12 }, () => ({
    hertz: 0.05 + 0.03 * Math.abs(normal()) * 6,
    phase: normal() * 3,
  }));
  return (time) => waves.reduce((sum, { hertz, phase }) => sum + Math.sin(2 * Math.PI * hertz * time + phase), 0) / 4;
}

function curve(pointsPerSecond: number, value: (timeSeconds: number) => number): FeatureMatrix {
  const rows = seconds * pointsPerSecond;
  const points = Array.from({ length: rows }, (_, row) => [row / pointsPerSecond, value(row / pointsPerSecond)]);
  return { rows, columns: 2, data: Float32Array.from(points.flat()) };
}

function loudnessOf(energy: (timeSeconds: number) => number): FeatureMatrix {
  return curve(10, (time) => Math.max(-70, -25 + 6 * energy(time)));
}

function motionOf(energy: (timeSeconds: number) => number): FeatureMatrix {
  return curve(25, (time) => Math.expm1(2 + energy(time)));
}

function score(audio: FeatureMatrix, target: FeatureMatrix): number {
  const outcome = dynamicsCorrelation.compare(audio, target);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

function rotated(audio: FeatureMatrix, fraction: number): FeatureMatrix {
  const { rotate } = dynamicsCorrelation;
  if (rotate === undefined) throw new Error('no rotate');
  return rotate(audio, fraction);
}

function reason(audio: FeatureMatrix, target: FeatureMatrix): string {
  const outcome = dynamicsCorrelation.compare(audio, target);
  return outcome.status === 'skipped' ? outcome.reason : outcome.status;
}
