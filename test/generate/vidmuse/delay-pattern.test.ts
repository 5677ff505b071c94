import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { seededRng } from '../../../src/core/rng.js';
import {
  type Codes,
  delayedSequence,
  emptyCodes,
  joinCodes,
  sliceCodes,
  undelayed,
} from '../../../src/generate/vidmuse/delay-pattern.js';
import { readNpy } from '../../helpers/npy.js';

const fixtures = fileURLToPath(new URL('../../fixtures/vidmuse/', import.meta.url));
const noCode = 2048;
const delays = [0, 1, 2, 3];

function randomCodes(codebooks: number, length: number): Codes {
  const rng = seededRng('delay pattern test', codebooks, length);
  return { codebooks, length, data: Int32Array.from({ length: codebooks * length }, () => rng.integer(noCode)) };
}

describe('delayedSequence', () => {
  it('is the sequence of the official code', () => {
    const { shape, data } = readNpy<Int32Array>(`${fixtures}teacher_codes.npy`);
    const [codebooks, length] = shape as [number, number];
    const sequence = delayedSequence({ codebooks, length, data }, { length, delays, noCode: 1024 });
    const golden = readNpy<Int32Array>(`${fixtures}teacher_sequence.npy`);
    expect([sequence.codebooks, sequence.length]).toEqual(golden.shape);
    expect(sequence.data).toEqual(golden.data);
    const mask = readNpy<Uint8Array>(`${fixtures}teacher_mask.npy`);
    expect(Uint8Array.from(sequence.data, (code) => (code === 1024 ? 0 : 1))).toEqual(mask.data);
    expect(sequence.known.every((known) => known === 1)).toBe(true);
  });

  it.each([[[0, 1, 2, 3]], [[0]], [[0, 0, 0]], [[3, 1, 0]], [[0, 5]]])('gives codes back with delays %j', (lags) => {
    for (const length of [1, 2, 7, 60]) {
      const codes = randomCodes(lags.length, length);
      const sequence = delayedSequence(codes, { length, delays: lags, noCode });
      expect(sequence.length).toBe(1 + length + Math.max(...lags));
      expect(undelayed(sequence, { delays: lags })).toEqual(codes);
    }
  });

  it('holds the code of time s - 1 - q in column s, and no code where there is no time', () => {
    const codes = randomCodes(4, 10);
    const { data, length } = delayedSequence(codes, { length: 10, delays, noCode });
    for (let codebook = 0; codebook < 4; codebook++)
      for (let column = 0; column < length; column++) {
        const time = column - 1 - codebook;
        const expected = time < 0 || time >= 10 ? noCode : codes.data[codebook * 10 + time];
        expect(data[codebook * length + column]).toBe(expected);
      }
  });

  it('leaves open just the times behind the prompt', () => {
    const prompt = randomCodes(4, 25);
    const { data, known, length } = delayedSequence(prompt, { length: 75, delays, noCode });
    for (let codebook = 0; codebook < 4; codebook++)
      for (let column = 0; column < length; column++) {
        const time = column - 1 - codebook;
        const place = codebook * length + column;
        expect(known[place]).toBe(time >= 25 && time < 75 ? 0 : 1);
        if (known[place] === 0) expect(data[place]).toBe(noCode);
      }
    const full = delayedSequence(emptyCodes(4, 0), { length: 75, delays, noCode });
    expect(full.known.filter((cell) => cell === 0)).toHaveLength(4 * 75);
  });

  it('keeps the first column without a code', () => {
    const { data, length } = delayedSequence(randomCodes(4, 5), { length: 5, delays, noCode });
    expect([0, 1, 2, 3].map((codebook) => data[codebook * length])).toEqual([noCode, noCode, noCode, noCode]);
  });
});

describe('codes', () => {
  it('are the same, cut apart and joined', () => {
    const codes = randomCodes(4, 40);
    const parts = [
      sliceCodes(codes, 0, 13),
      sliceCodes(codes, 13, 13),
      sliceCodes(codes, 13, 39),
      sliceCodes(codes, 39),
    ];
    expect(parts.map(({ length }) => length)).toEqual([13, 0, 26, 1]);
    expect(joinCodes(parts)).toEqual(codes);
  });

  it('are cut out of every codebook', () => {
    const codes = { codebooks: 2, length: 4, data: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    expect(sliceCodes(codes, 1, 3)).toEqual({ codebooks: 2, length: 2, data: Int32Array.of(2, 3, 6, 7) });
    expect(sliceCodes(codes, 3)).toEqual({ codebooks: 2, length: 1, data: Int32Array.of(4, 8) });
  });
});
