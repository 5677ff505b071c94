import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import { type Outcome, reasonOf } from '../../../src/core/outcome.js';
import { landmarksToMatrix } from '../../../src/dsp/landmark-matrix.js';
import { findLandmarks } from '../../../src/dsp/landmarks.js';
import type { PairedMetric } from '../../../src/metrics/metric.js';
import { chromaAgreementAudiocraft } from '../../../src/metrics/paired/chroma-agreement-audiocraft.js';
import { chromaCosine } from '../../../src/metrics/paired/chroma-cosine.js';
import { clapAudioSimilarity } from '../../../src/metrics/paired/clap-audio-similarity.js';
import { clapTextSimilarity } from '../../../src/metrics/paired/clap-text-similarity.js';
import { durationDifference } from '../../../src/metrics/paired/duration-difference.js';
import { logMelDistance } from '../../../src/metrics/paired/log-mel-distance.js';
import { loudnessDifference } from '../../../src/metrics/paired/loudness-difference.js';
import { referenceCopyShare } from '../../../src/metrics/paired/reference-copy-share.js';
import { spectralCentroidDifference } from '../../../src/metrics/paired/spectral-centroid-difference.js';
import { chords } from '../../helpers/chords.js';

const rows = (...values: readonly (readonly number[])[]): FeatureMatrix => ({
  rows: values.length,
  columns: values[0]?.length ?? 0,
  data: Float32Array.from(values.flat()),
});

function resultOf(outcome: Outcome<number>): number {
  if (outcome.status !== 'ok') throw new Error(reasonOf(outcome));
  return outcome.value;
}

describe('differences of one number', () => {
  it.each([
    [loudnessDifference.id, loudnessDifference, -20, -14, 6],
    [durationDifference.id, durationDifference, 8.5, 10, 1.5],
    [spectralCentroidDifference.id, spectralCentroidDifference, 500, 2000, 2],
  ] as const)('%s is the distance, the same either way', (_id, metric: PairedMetric, a, b, distance) => {
    expect(resultOf(metric.compare(rows([a]), rows([b])))).toBeCloseTo(distance, 6);
    expect(resultOf(metric.compare(rows([b]), rows([a])))).toBeCloseTo(distance, 6);
    expect(metric.compare(rows([a]), rows([a]))).toEqual({ status: 'ok', value: 0 });
    expect(metric.compare(rows([a], [b]), rows([a])).status).toBe('failed');
    expect(metric.compare(rows([a]), rows()).status).toBe('skipped');
  });
});

/** A frame with pitch classes at these strengths. */
function pitches(strengths: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: 12 }, (_, pitch) => strengths[pitch] ?? 0);
}
const [onC, onA, chord, rest] = [pitches({ 0: 1 }), pitches({ 9: 1 }), pitches({ 0: 0.8, 9: 1 }), pitches({})];

describe('chroma-agreement-audiocraft', () => {
  const agreement = (a: FeatureMatrix, b: FeatureMatrix): number => resultOf(chromaAgreementAudiocraft.compare(a, b));

  it('is the share of common frames with the same strongest pitch class', () => {
    expect(agreement(rows(onC, onA, chord, onC), rows(onC, onC, onA, onA))).toBe(0.5);
    expect(agreement(rows(onC, onA, chord), rows(onC, onA))).toBe(1);
  });

  it('takes silence for C, as audiocraft does: the known failure', () => {
    expect(agreement(rows(rest, rest), rows(onC, onA))).toBe(0.5);
  });
});

describe('chroma-cosine', () => {
  const cosine = (a: FeatureMatrix, b: FeatureMatrix): number => resultOf(chromaCosine.compare(a, b));

  it('is the mean over common frames of the cosine of centred strengths', () => {
    // Two single pitch classes: (0 - 1/12) / (1 - 1/12).
    expect(cosine(rows(onC, onC), rows(onC, onA))).toBeCloseTo((1 - 1 / 11) / 2, 12);
    // Mean 0.15: (1 - 0.15) / sqrt((0.64 + 1 - 12 x 0.15²) (1 - 1/12)).
    expect(cosine(rows(chord), rows(onA))).toBeCloseTo(0.85 / Math.sqrt(1.37 * (11 / 12)), 6);
    expect(cosine(rows(chord, onA), rows(chord, onA, onC))).toBeCloseTo(1, 12);
  });

  it('gives noise, which has all pitch classes alike, nothing', () => {
    const flat = pitches(Object.fromEntries(Array.from({ length: 12 }, (_, pitch) => [pitch, 1])));
    expect(cosine(rows(flat), rows(onC))).toBe(0);
    const nearlyFlat = pitches(
      Object.fromEntries(Array.from({ length: 12 }, (_, pitch) => [pitch, pitch === 3 ? 0.9 : 1])),
    );
    expect(Math.abs(cosine(rows(nearlyFlat), rows(chord)))).toBeLessThan(0.2);
  });

  it('leaves out frames that are silent in both, and gives none to sound beside silence', () => {
    expect(cosine(rows(onC, rest), rows(onC, rest))).toBeCloseTo(1, 12);
    expect(cosine(rows(onC, rest), rows(onC, onC))).toBeCloseTo(0.5, 12);
    expect(chromaCosine.compare(rows(rest), rows(rest)).status).toBe('skipped');
  });
});

describe('log-mel-distance', () => {
  const levels = (...values: number[]): FeatureMatrix => rows(...values.map((level) => Array(64).fill(level)));

  it('is the root mean square over bands, averaged over common frames', () => {
    expect(logMelDistance.compare(levels(-3, -20), levels(-3, -20))).toEqual({ status: 'ok', value: 0 });
    expect(logMelDistance.compare(levels(0, -20, -80), levels(-3, -10))).toEqual({ status: 'ok', value: 6.5 });
    const half = rows([...Array(32).fill(8), ...Array(32).fill(0)]);
    expect(resultOf(logMelDistance.compare(half, levels(0)))).toBeCloseTo(8 * Math.SQRT1_2, 6);
  });
});

describe('comparisons frame by frame', () => {
  it.each([
    [chromaAgreementAudiocraft.id, chromaAgreementAudiocraft, 12],
    [chromaCosine.id, chromaCosine, 12],
    [logMelDistance.id, logMelDistance, 64],
  ] as const)(
    '%s refuses other columns, no frames and values that are no numbers, and can be rotated',
    (_id, metric: PairedMetric, columns) => {
      const frames = (count: number, value = 1): FeatureMatrix => ({
        rows: count,
        columns,
        data: new Float32Array(count * columns).fill(value),
      });
      expect(metric.compare(rows([1, 2]), frames(1))).toMatchObject({ error: { code: 'dimensions-differ' } });
      expect(metric.compare(frames(0), frames(1)).status).toBe('skipped');
      expect(metric.compare(frames(1), frames(1, Number.NaN))).toMatchObject({ error: { code: 'not-finite' } });
      const rising: FeatureMatrix = {
        ...frames(4),
        data: frames(4).data.map((_, index) => Math.floor(index / columns)),
      };
      const rotated = metric.rotate!(rising, 0.25);
      expect([0, 1, 2, 3].map((row) => rotated.data[row * columns])).toEqual([3, 0, 1, 2]);
      expect(metric.rotate!(rising, 1).data).toEqual(rising.data);
    },
  );
});

describe('reference-copy-share', () => {
  const landmarks = (sound: Float32Array): FeatureMatrix => landmarksToMatrix(findLandmarks(sound));
  const piece = chords('piece', 10);

  it('is 1 for the reference, high for a part of it, 0 for other music', () => {
    const reference = landmarks(piece);
    expect(referenceCopyShare.compare(reference, reference)).toEqual({ status: 'ok', value: 1 });
    const part = landmarks(piece.subarray(8192, 50_000).map((value) => value / 5));
    expect(resultOf(referenceCopyShare.compare(part, reference))).toBeGreaterThan(0.8);
    expect(referenceCopyShare.compare(landmarks(chords('other', 10)), reference)).toEqual({ status: 'ok', value: 0 });
  });

  it('is not defined without landmarks', () => {
    const none = landmarks(new Float32Array(8000));
    expect(referenceCopyShare.compare(none, landmarks(piece))).toMatchObject({ reason: 'the music has no landmarks' });
    expect(referenceCopyShare.compare(landmarks(piece), none)).toMatchObject({
      reason: 'the reference has no landmarks',
    });
    expect(referenceCopyShare.compare(rows([1]), none).status).toBe('failed');
  });
});

describe('CLAP similarities', () => {
  it.each([
    [clapAudioSimilarity.id, clapAudioSimilarity],
    [clapTextSimilarity.id, clapTextSimilarity],
  ])('%s is the cosine of mean directions', (_id, metric: PairedMetric) => {
    expect(resultOf(metric.compare(rows([1, 0], [0, 1]), rows([1, 0])))).toBeCloseTo(Math.SQRT1_2, 12);
    // A window that is longer counts no more.
    expect(resultOf(metric.compare(rows([9, 0], [0, 1]), rows([0.5, 0])))).toBeCloseTo(Math.SQRT1_2, 12);
    expect(resultOf(metric.compare(rows([1, 2]), rows([1, 2])))).toBeCloseTo(1, 12);
    expect(resultOf(metric.compare(rows([1, 2]), rows([-1, -2])))).toBeCloseTo(-1, 12);
  });

  it('refuse what has no direction, other lengths and values that are no numbers', () => {
    const compare = clapTextSimilarity.compare;
    expect(compare(rows(), rows()).status).toBe('skipped');
    expect(compare(rows([0, 0]), rows([1, 0]))).toMatchObject({ error: { code: 'zero-embedding' } });
    expect(compare(rows([1, 0]), rows([1, 0], [-1, 0]))).toMatchObject({ error: { code: 'zero-embedding' } });
    expect(compare(rows([1, 0, 0]), rows([1, 0]))).toMatchObject({ error: { code: 'dimensions-differ' } });
    expect(compare(rows([Number.NaN, 0]), rows([1, 0]))).toMatchObject({ error: { code: 'not-finite' } });
  });

  it('reads the caption for the text and the music for the reference', () => {
    expect([clapAudioSimilarity.against, clapTextSimilarity.against]).toEqual(['reference', 'caption']);
  });
});
