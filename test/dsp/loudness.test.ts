import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/outcome.js';
import type { Waveform } from '../../src/core/waveform.js';
import { gainToLoudness, integratedLoudness, matchLoudness, momentaryLoudness } from '../../src/dsp/loudness.js';
import { expectAllClose } from '../helpers/all-close.js';
import { loudnessCases, loudnessSignal } from '../helpers/loudness-cases.js';

const cases = loudnessCases();
const measurable = cases.filter(
  ({ expected_bs1770: { lufs }, outcome }) => outcome !== 'refuse' && typeof lufs === 'number',
);
const refused = cases.filter((one) => !measurable.includes(one));

function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** A 997 Hz sine; 0 dBFS of it on one channel is -3.01 LUFS. */
function tone({ seconds, amplitude = 0.1, channels = 1, sampleRateHz = 48000 }: ToneOptions): Waveform {
  const samples = Float32Array.from(
    { length: Math.round(seconds * sampleRateHz) },
    (_, n) => amplitude * Math.sin((2 * Math.PI * 997 * n) / sampleRateHz),
  );
  return { sampleRateHz, channels: Array.from({ length: channels }, () => samples) };
}

interface ToneOptions {
  readonly seconds: number;
  readonly amplitude?: number;
  readonly channels?: number;
  readonly sampleRateHz?: number;
}

describe('integratedLoudness', () => {
  it('has cases of both kinds', () => {
    expect(measurable.length).toBeGreaterThan(25);
    expect(refused.length).toBeGreaterThan(5);
  });

  it.each(measurable)(
    'equals the exact BS.1770-4 value within 1e-6 LU, and so does the largest momentary value: $id',
    (one) => {
      const waveform = loudnessSignal(one);
      const lufs = unwrap(integratedLoudness(waveform));
      expect(Math.abs(lufs - (one.expected_bs1770.lufs as number))).toBeLessThan(1e-6);
      const { I, tol_lu = 0 } = one.official ?? {};
      if (I !== undefined) expect(Math.abs(lufs - I)).toBeLessThanOrEqual(tol_lu);
      const loudest = Math.max(...unwrap(momentaryLoudness(waveform, { hopSeconds: 0.1 })));
      expect(Math.abs(loudest - (one.expected_bs1770.momentary_max as number))).toBeLessThan(1e-6);
    },
  );

  it.each(refused)('is skipped: $id', (one) => {
    expect(integratedLoudness(loudnessSignal(one)).status).toBe('skipped');
  });

  it('says why it is skipped', () => {
    const silent = { sampleRateHz: 48000, channels: [new Float32Array(48000)] };
    const broken = {
      sampleRateHz: 48000,
      channels: [new Float32Array(48000), new Float32Array(48000).fill(Number.NaN, 7)],
    };
    const reasons = [
      silent,
      broken,
      tone({ seconds: 0.39 }),
      tone({ seconds: 1, channels: 7 }),
      { sampleRateHz: 48000, channels: [] },
      tone({ seconds: 1, sampleRateHz: 4000 }),
    ].map((waveform) => JSON.stringify(integratedLoudness(waveform)));
    expect(reasons[0]).toContain('silence');
    expect(reasons[1]).toContain('sample 7 of channel 1');
    expect(reasons[2]).toContain('shorter than the 400 ms');
    expect(reasons[3]).toContain('1 to 6 channels, got 7');
    expect(reasons[4]).toContain('1 to 6 channels, got 0');
    expect(reasons[5]).toContain('8000 Hz or more');
  });

  it.each([
    [2, 1 + 1],
    [3, 1 + 1 + 1],
    [4, 1 + 1 + 1.41 + 1.41],
    [5, 1 + 1 + 1 + 1.41 + 1.41],
    [6, 1 + 1 + 1 + 1.41 + 1.41],
  ])('weighs %i equal channels as %f of one', (channels, weight) => {
    const one = unwrap(integratedLoudness(tone({ seconds: 1 })));
    const many = unwrap(integratedLoudness(tone({ seconds: 1, channels })));
    expect(many - one).toBeCloseTo(10 * Math.log10(weight), 9);
  });

  it.each([8000, 11025, 22050, 24000, 192000])('is within 0.1 LU of the calibration point at %i Hz', (sampleRateHz) => {
    const lufs = unwrap(integratedLoudness(tone({ seconds: 3, sampleRateHz, amplitude: 1 })));
    expect(Math.abs(lufs - -3.01)).toBeLessThan(0.1);
  });
});

describe('momentaryLoudness', () => {
  it('does not depend on the hop where the times are the same', () => {
    const noise = cases.find(({ id }) => id === 'noise-44k');
    const waveform = loudnessSignal(noise as (typeof cases)[number]);
    const fine = unwrap(momentaryLoudness(waveform, { hopSeconds: 0.02 }));
    const coarse = unwrap(momentaryLoudness(waveform, { hopSeconds: 0.5 }));
    expect(coarse.length).toBe(24);
    const sameTimes = fine.filter((_, window) => window % 25 === 0);
    expectAllClose(coarse, sameTimes, { atol: 1e-9 });
  });

  it('of digital silence is -70 throughout', () => {
    const curve = unwrap(
      momentaryLoudness({ sampleRateHz: 8000, channels: [new Float32Array(8000)] }, { hopSeconds: 0.1 }),
    );
    expect([...curve]).toEqual(Array(7).fill(-70));
  });

  it('is skipped for short sound and refuses a hop of 0', () => {
    expect(momentaryLoudness(tone({ seconds: 0.3 }), { hopSeconds: 0.1 }).status).toBe('skipped');
    expect(() => momentaryLoudness(tone({ seconds: 1 }), { hopSeconds: 0 })).toThrow(/at least one sample/);
  });
});

describe('matchLoudness', () => {
  it.each([-40, -23, -14, 3])('brings a tone to %d LUFS', (target) => {
    const matched = unwrap(matchLoudness(tone({ seconds: 2, channels: 2 }), target));
    expect(unwrap(integratedLoudness(matched))).toBeCloseTo(target, 5);
  });

  it('scales all channels by the same gain and leaves the original alone', () => {
    const waveform = tone({ seconds: 0.4, channels: 2, sampleRateHz: 8000 });
    const before = (waveform.channels[0] as Float32Array).slice();
    const gain = unwrap(gainToLoudness(waveform, -20));
    const [left, right] = unwrap(matchLoudness(waveform, -20)).channels as [Float32Array, Float32Array];
    expect(left).toEqual(before.map((value) => value * gain));
    expect(right).toEqual(left);
    expect(waveform.channels[0]).toEqual(before);
  });

  it('is skipped for silence', () => {
    expect(matchLoudness({ sampleRateHz: 48000, channels: [new Float32Array(48000)] }, -23).status).toBe('skipped');
  });
});
