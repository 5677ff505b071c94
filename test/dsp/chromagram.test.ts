import { describe, expect, it } from 'vitest';
import { chromagram } from '../../src/dsp/chromagram.js';
import { expectAllClose } from '../helpers/all-close.js';

/** A tone on A, one on C sharp in the second half, one on E in the first third. */
const music = Float32Array.from({ length: 64000 }, (_, n) => {
  const t = n / 32000;
  return (
    0.3 * Math.sin(2 * Math.PI * 220 * t) +
    (t > 1 ? 0.2 * Math.sin(2 * Math.PI * 277.18 * t) : 0) +
    (t < 0.7 ? 0.25 * Math.sin(2 * Math.PI * 659.26 * t) : 0)
  );
});

describe('chromagram', () => {
  it('has the values of NumPy with librosa.filters.chroma, by the steps of audiocraft', () => {
    const { frames, data } = chromagram(music);
    // ceil(64000 / 4096).
    expect(frames).toBe(16);
    const tolerance = { rtol: 1e-5, atol: 1e-8 };
    expectAllClose(
      data.subarray(0, 12),
      [
        0.00684807513, 0.00547878892, 0.00897920285, 0.170101223, 1.0, 0.175070947, 0.0155958534, 0.023395804,
        0.208298986, 0.784620985, 0.195899962, 0.0168769032,
      ],
      tolerance,
    );
    expectAllClose(
      data.subarray(7 * 12, 8 * 12),
      [
        0.00843554263, 0.0347994177, 0.00888420487, 0.00124342554, 0.00139937226, 0.000526651625, 0.00023231481,
        0.000617155835, 0.143905701, 1.0, 0.144594912, 0.00123622169,
      ],
      tolerance,
    );
    expectAllClose(
      data.subarray(15 * 12),
      [
        0.1169189, 0.585143046, 0.0756541971, 0.00111419076, 0.00108244489, 0.00179100374, 0.00350514168, 0.0107935131,
        0.201525524, 1.0, 0.216456253, 0.0229162395,
      ],
      tolerance,
    );
  });

  it('does not change with gain', () => {
    expectAllClose(chromagram(music.map((value) => value / 16)).data, chromagram(music).data, { rtol: 1e-6 });
  });

  it('is 0 for silence, and takes sound shorter than its window', () => {
    const silent = chromagram(new Float32Array(40960));
    expect(silent.frames).toBe(10);
    expect(silent.data.every((value) => value === 0)).toBe(true);
    const short = chromagram(music.subarray(0, 5000));
    expect(short.frames).toBe(2);
    expect(short.data.every(Number.isFinite)).toBe(true);
  });
});
