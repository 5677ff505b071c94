import { describe, expect, it } from 'vitest';
import { decibelsOf, melPowerSpectrogram } from '../../src/dsp/mel-spectrogram.js';

const options = { sampleRateHz: 16000, fftSize: 1024, hopSamples: 256, bandCount: 40 };

function tone(hz: number): Float32Array {
  return Float32Array.from({ length: 8000 }, (_, n) => Math.sin((2 * Math.PI * hz * n) / options.sampleRateHz));
}

/** The band with most power in the middle frame. */
function loudestBand(sound: Float32Array): number {
  const { frames, bands, data } = melPowerSpectrogram(sound, options);
  const start = Math.floor(frames / 2) * bands;
  const frame = [...data.subarray(start, start + bands)];
  return frame.indexOf(Math.max(...frame));
}

describe('melPowerSpectrogram', () => {
  it('has a frame for each hop and one more', () => {
    const { frames, bands, data } = melPowerSpectrogram(tone(440), options);
    expect([frames, bands, data.length]).toEqual([32, 40, 1280]);
    expect(melPowerSpectrogram(new Float32Array(0), options).frames).toBe(1);
  });

  it('puts a higher tone into a higher band', () => {
    const found = [200, 500, 1000, 2000, 4000, 7000].map((hz) => loudestBand(tone(hz)));
    expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
  });

  it('grows with the square of the amplitude', () => {
    const once = melPowerSpectrogram(tone(440), options).data;
    const twice = melPowerSpectrogram(
      tone(440).map((value) => 2 * value),
      options,
    ).data;
    expect(twice).toEqual(once.map((power) => 4 * power));
  });

  it('hears an impulse in the frames whose window holds it', () => {
    const sound = new Float32Array(4096);
    sound[2048] = 1;
    const { frames, bands, data } = melPowerSpectrogram(sound, options);
    const heard = Array.from({ length: frames }, (_, frame) =>
      data.slice(frame * bands, (frame + 1) * bands).some(Boolean),
    );
    // Frame n spans the samples from 256 n - 512 to 256 n + 511; the window's first weight is 0.
    expect(heard.flatMap((yes, frame) => (yes ? [frame] : []))).toEqual([7, 8, 9]);
  });
});

describe('decibelsOf', () => {
  it('floors the power, then the range', () => {
    const of = (...data: number[]): number[] => {
      const spectrogram = { frames: 1, bands: data.length, data: Float64Array.from(data) };
      return [...decibelsOf(spectrogram, { lowestPower: 1e-10, rangeDb: 80 }).data];
    };
    expect(of(1, 0.01, 1e-9, 0)).toEqual([0, -20, -80, -80]);
    expect(of(1e-5, 1e-12)).toEqual([-50, -100]);
    expect(of(0)).toEqual([-100]);
  });
});
