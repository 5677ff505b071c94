import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { kWeightingFilter } from '../../src/dsp/k-weighting.js';
import { expectAllClose } from '../helpers/all-close.js';

type Stage = [b: [number, number, number], a: [number, number, number]];

const file = new URL('../fixtures/metrics/loudness.json', import.meta.url);
const { filters } = JSON.parse(readFileSync(file, 'utf8')) as { readonly filters: Readonly<Record<string, Stage[]>> };

describe('kWeightingFilter', () => {
  it.each(Object.entries(filters))('has the golden coefficients at %s Hz', (rate, stages) => {
    kWeightingFilter(Number(rate)).forEach(({ b0, b1, b2, a1, a2 }, stage) => {
      const [b, a] = stages[stage] as Stage;
      expectAllClose([b0, b1, b2], b, { atol: 1e-12 });
      expectAllClose([1, a1, a2], a, { atol: 1e-12 });
    });
  });

  it('has the printed coefficients of BS.1770-4 at 48 kHz', () => {
    const [shelf, highPass] = kWeightingFilter(48000);
    const expectedShelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585];
    expectAllClose([shelf.b0, shelf.b1, shelf.b2, shelf.a1, shelf.a2], expectedShelf, { atol: 1e-12 });
    expectAllClose([highPass.a1, highPass.a2], [-1.99004745483398, 0.99007225036621], { atol: 1e-12 });
  });
});
