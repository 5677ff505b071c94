import { describe, expect, it } from 'vitest';
import { roundedToPcm16 } from '../../src/dsp/pcm16-rounding.js';

describe('roundedToPcm16', () => {
  it('gives what an Int16Array holds, over 32768', () => {
    const sound = Float32Array.from({ length: 999 }, (_, n) => 0.99 * Math.sin(n * n));
    const written = Int16Array.from(sound, (sample) => Math.round(sample * 32_768));
    expect([...roundedToPcm16(sound)]).toEqual([...written].map((sample) => sample / 32_768));
  });

  it('holds what is beyond full scale, and changes nothing the second time', () => {
    expect([...roundedToPcm16(Float32Array.of(1, 2, -1, -2, 0.4 / 32_768))]).toEqual([
      ...[32_767 / 32_768, 32_767 / 32_768, -1, -1, 0],
    ]);
    const once = roundedToPcm16(Float32Array.of(0.3, -0.7, 1));
    expect(roundedToPcm16(once)).toEqual(once);
  });
});
