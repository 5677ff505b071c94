import { describe, expect, it } from 'vitest';
import { seededRng } from '../../../src/core/rng.js';
import type { Waveform } from '../../../src/core/waveform.js';
import { addNoise, rootMeanSquare } from '../../../src/dsp/damage/add-noise.js';
import { changeGain } from '../../../src/dsp/damage/change-gain.js';
import { clipPeaks } from '../../../src/dsp/damage/clip-peaks.js';
import { lowPass } from '../../../src/dsp/damage/low-pass.js';
import { repeatStart } from '../../../src/dsp/damage/repeat-start.js';
import { reverseEnd } from '../../../src/dsp/damage/reverse-end.js';
import { shiftInTime } from '../../../src/dsp/damage/shift-in-time.js';
import { shuffleSegments } from '../../../src/dsp/damage/shuffle-segments.js';

const sampleRateHz = 1000;

function tone(frequencyHz: number, length = 5000, amplitude = 0.5): Float32Array {
  return Float32Array.from({ length }, (_, n) => amplitude * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz));
}

function mono(samples: Float32Array): Waveform {
  return { sampleRateHz, channels: [samples] };
}

const count = mono(Float32Array.from({ length: 10 }, (_, n) => n));
const samplesOf = ({ channels }: Waveform): number[] => [...channels[0]!];

describe('addNoise', () => {
  it('adds power at the stated ratio, and the same noise at every ratio', () => {
    const sound = mono(tone(50));
    const noiseAt = (signalToNoiseDb: number): Float32Array => {
      const noisy = addNoise(sound, { signalToNoiseDb, rng: seededRng('noise') });
      return noisy.channels[0]!.map((sample, index) => sample - sound.channels[0]![index]!);
    };
    const [mild, strong] = [noiseAt(20), noiseAt(0)];
    // 5000 draws: the ratio of powers is known to about 2 %.
    expect(rootMeanSquare(mono(strong)) / rootMeanSquare(sound)).toBeCloseTo(1, 1);
    expect(rootMeanSquare(mono(mild)) / rootMeanSquare(sound)).toBeCloseTo(0.1, 2);
    expect(mild[7]! * 10).toBeCloseTo(strong[7]!, 4);
  });

  it('leaves silence silent', () => {
    const silent = addNoise(mono(new Float32Array(20)), { signalToNoiseDb: 0, rng: seededRng('noise') });
    expect(silent.channels[0]!.every((sample) => sample === 0)).toBe(true);
  });
});

describe('lowPass', () => {
  it('keeps what is below the cut-off and removes what is above it', () => {
    const [low, high] = [tone(20), tone(200)];
    const both = mono(low.map((sample, index) => sample + high[index]!));
    const filtered = lowPass(both, { cutoffHz: 100 }).channels[0]!;
    const inner = (samples: Float32Array): Float32Array => samples.subarray(500, 4500);
    const rest = inner(filtered).map((sample, index) => sample - inner(low)[index]!);
    expect(rootMeanSquare(mono(rest)) / rootMeanSquare(mono(low))).toBeLessThan(0.01);
    expect(filtered).toHaveLength(5000);
  });

  it('changes nothing where the sound has nothing above the cut-off to begin with', () => {
    expect(lowPass(count, { cutoffHz: 600 })).toBe(count);
  });
});

describe('clipPeaks', () => {
  it('keeps the peak and flattens what would be above it', () => {
    const clipped = clipPeaks(mono(tone(50)), { gainDb: 20 }).channels[0]!;
    const peak = tone(50).reduce((most, sample) => Math.max(most, sample), 0);
    expect(clipped.reduce((most, sample) => Math.max(most, sample), 0)).toBeCloseTo(peak, 6);
    expect(clipped.filter((sample) => Math.abs(sample) > 0.999 * peak).length).toBeGreaterThan(2500);
    expect(clipPeaks(count, { gainDb: 0 })).toEqual(count);
  });
});

describe('changes of order', () => {
  it('reverse the end', () => {
    expect(samplesOf(reverseEnd(count, { share: 0.3 }))).toEqual([0, 1, 2, 3, 4, 5, 6, 9, 8, 7]);
    expect(samplesOf(reverseEnd(count, { share: 1 }))).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });

  it('shift in time and back without loss', () => {
    expect(samplesOf(shiftInTime(count, { seconds: 0.003 }))).toEqual([7, 8, 9, 0, 1, 2, 3, 4, 5, 6]);
    expect(shiftInTime(shiftInTime(count, { seconds: 0.003 }), { seconds: -0.003 })).toEqual(count);
    expect(shiftInTime(count, { seconds: 0.01 })).toEqual(count);
  });

  it('shuffle whole pieces', () => {
    const shuffled = samplesOf(shuffleSegments(count, { segmentSeconds: 0.003, rng: seededRng('pieces') }));
    expect([...shuffled].sort((a, b) => a - b)).toEqual(samplesOf(count));
    expect(shuffled).not.toEqual(samplesOf(count));
    for (const start of [0, 3, 6]) {
      const at = shuffled.indexOf(start);
      expect(shuffled.slice(at, at + 3)).toEqual([start, start + 1, start + 2]);
    }
  });

  it('repeat the start to the same length', () => {
    expect(samplesOf(repeatStart(count, { seconds: 0.004 }))).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1]);
    expect(repeatStart(count, { seconds: 1 })).toEqual(count);
  });

  it('treat all channels alike', () => {
    const stereo: Waveform = { sampleRateHz, channels: [count.channels[0]!, count.channels[0]!.map((n) => -n)] };
    const [left, right] = shuffleSegments(stereo, { segmentSeconds: 0.002, rng: seededRng('stereo') }).channels;
    expect([...right!]).toEqual([...left!].map((n) => -n));
  });
});

describe('changeGain', () => {
  it('is decibels of amplitude', () => {
    expect(changeGain(mono(Float32Array.of(1)), { gainDb: -20 }).channels[0]![0]).toBeCloseTo(0.1, 7);
  });
});
