import { describe, expect, it } from 'vitest';
import { avAlignScore, peakIndices } from '../../src/metrics/av-align-score.js';
import { readGolden, uniformStream } from '../helpers/metric-recipe.js';

interface RhythmCase {
  readonly id: string;
  readonly metric: string;
  readonly outcome: 'value' | 'refuse' | 'undefined';
  readonly fps: number;
}

interface IouCase extends RhythmCase {
  readonly audio_peaks: readonly (number | string)[];
  readonly video_peaks: readonly (number | string)[];
  readonly ref: number;
}

interface FlowCase extends RhythmCase {
  readonly flow: { readonly values?: readonly number[]; readonly seed: number; readonly n: number };
  readonly ref: readonly number[];
}

// The file also holds beat scores and onset detection, tested with the beat metrics and the onset encoder.
const { cases } = readGolden<RhythmCase>('rhythm');
const ious = cases.filter(({ metric }) => metric === 'av-align-iou') as IouCase[];
const flows = cases.filter(({ metric }) => metric === 'flow-peaks') as FlowCase[];

describe('avAlignScore against golden values', () => {
  it.each(ious)('$id', ({ audio_peaks, video_peaks, fps, outcome, ref }) => {
    const score = avAlignScore({
      audioPeaks: audio_peaks.map(Number),
      videoPeaks: video_peaks.map(Number),
      framesPerSecond: fps,
    });
    if (outcome === 'refuse') expect(score.status).toBe('failed');
    else if (outcome === 'undefined') expect(score.status).toBe('skipped');
    else expect(score.status === 'ok' && score.value).toBeCloseTo(ref, 12);
  });
});

describe('peakIndices against golden values', () => {
  it.each(flows)('$id', ({ flow, fps, ref }) => {
    const uniform = uniformStream(flow.seed);
    const curve = flow.values ?? Array.from({ length: flow.n }, () => 0.4 * uniform());
    const times = peakIndices(curve).map((index) => index / fps);
    expect(times).toHaveLength(ref.length);
    for (const [index, time] of times.entries()) expect(time).toBeCloseTo(ref[index]!, 12);
  });
});
