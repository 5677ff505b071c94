import { describe, expect, it } from 'vitest';
import { bench1 } from '../../src/core/protocols/index.js';
import type { Waveform } from '../../src/core/waveform.js';
import { integratedLoudness } from '../../src/dsp/loudness.js';
import { prepareAudio } from '../../src/run/prepare-audio.js';

const sine = (seconds: number, amplitude = 0.3, sampleRateHz = 32_000): Waveform => ({
  sampleRateHz,
  channels: [
    Float32Array.from(
      { length: seconds * sampleRateHz },
      (_, n) => amplitude * Math.sin((n * 2 * Math.PI * 440) / sampleRateHz),
    ),
  ],
});
const options = { protocol: bench1, leadingSilenceSeconds: 0 };

describe('prepareAudio', () => {
  it('brings any level to the loudness of the protocol, for encoders that ask for it', () => {
    for (const amplitude of [0.01, 0.9]) {
      const prepared = prepareAudio(sine(4, amplitude), options);
      if (prepared.status !== 'ok') throw new Error('not prepared');
      const samples = prepared.value.forEncoder({ sampleRateHz: 32_000, loudnessMatched: true });
      const loudness = integratedLoudness({ sampleRateHz: 32_000, channels: [samples] });
      expect(loudness.status === 'ok' && loudness.value).toBeCloseTo(-23, 3);
    }
  });

  it('leaves the level alone for the others', () => {
    const waveform = sine(1);
    const prepared = prepareAudio(waveform, options);
    if (prepared.status !== 'ok') throw new Error('not prepared');
    expect(prepared.value.forEncoder({ sampleRateHz: 32_000, loudnessMatched: false })).toEqual(waveform.channels[0]);
  });

  it('resamples once per rate, with and without the gain', () => {
    const prepared = prepareAudio(sine(1), options);
    if (prepared.status !== 'ok') throw new Error('not prepared');
    const plain = prepared.value.forEncoder({ sampleRateHz: 16_000, loudnessMatched: false });
    const matched = prepared.value.forEncoder({ sampleRateHz: 16_000, loudnessMatched: true });
    expect(prepared.value.forEncoder({ sampleRateHz: 16_000, loudnessMatched: false })).toBe(plain);
    expect(matched).toHaveLength(16_000);
    const gain = matched[5000]! / plain[5000]!;
    expect(Math.abs(gain - 1)).toBeGreaterThan(0.1);
    for (let index = 0; index < plain.length; index++) {
      expect(Math.abs(matched[index]! - gain * plain[index]!)).toBeLessThan(1e-6);
    }
  });

  it('keeps a late start on the clock, but does not play its silence to a tagger', () => {
    const { channels, sampleRateHz } = sine(2);
    const late = new Float32Array(3 * sampleRateHz);
    late.set(channels[0]!, sampleRateHz);
    const prepared = prepareAudio({ sampleRateHz, channels: [late] }, { ...options, leadingSilenceSeconds: 1 });
    if (prepared.status !== 'ok') throw new Error('not prepared');
    expect(prepared.value.forEncoder({ sampleRateHz, loudnessMatched: false })).toHaveLength(3 * sampleRateHz);
    expect(prepared.value.forEncoder({ sampleRateHz, loudnessMatched: true })).toHaveLength(2 * sampleRateHz);
  });

  it.each([
    ['silence', new Float32Array(32_000), 'skipped', /silen/],
    ['0.1 s', sine(0.1).channels[0]!, 'skipped', /400 ms|shorter/],
    ['NaN', Float32Array.of(0, Number.NaN), 'failed', /sample 1 of channel 0/],
  ])('refuses %s with the reason', (_name, samples, status, reason) => {
    const outcome = prepareAudio({ sampleRateHz: 32_000, channels: [samples] }, options);
    expect(outcome.status).toBe(status);
    expect(JSON.stringify(outcome)).toMatch(reason);
  });
});
