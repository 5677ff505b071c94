import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the golden values of MusicNN. */
export const musicnnFixtures: string = fileURLToPath(new URL('../fixtures/musicnn', import.meta.url));

export type MusicnnSignal = 'sines' | 'chirp' | 'noise' | 'arpeggio';

/** The order of the rows in the golden arrays. */
export const musicnnSignals: readonly MusicnnSignal[] = ['sines', 'chirp', 'noise', 'arpeggio'];

export function musicnnFixture(name: string): string {
  return join(musicnnFixtures, name);
}

const sampleRateHz = 16000;

/** The golden signals by their formulas (test/fixtures/musicnn/golden.json), at 16 kHz; longer ones continue the formula. */
export function musicnnSignal(name: MusicnnSignal, sampleCount = 48000): Float32Array {
  if (name === 'noise') return congruentialNoise(sampleCount);
  const at = { sines, chirp, arpeggio }[name];
  return Float32Array.from({ length: sampleCount }, (_, n) => at(n));
}

function sines(n: number): number {
  const wave = (amplitude: number, hz: number, phase: number): number =>
    amplitude * Math.sin((2 * Math.PI * hz * n) / sampleRateHz + phase);
  return wave(0.25, 220, 0) + wave(0.2, 660, 0.5) + wave(0.1, 1760, 1) + wave(0.05, 5000, 1.5);
}

function chirp(n: number): number {
  const t = n / sampleRateHz;
  return 0.5 * Math.sin(2 * Math.PI * (50 * t + 0.5 * ((7000 - 50) / 3) * t * t));
}

const chordHz = [261.6255653005986, 329.6275569128699, 391.99543598174927, 523.2511306011972];

function arpeggio(n: number): number {
  let sum = 0;
  for (let note = 0; note < 12 && n >= 4000 * note; note++) {
    const t = (n - 4000 * note) / sampleRateHz;
    const hz = chordHz[note % 4] as number;
    for (let harmonic = 1; harmonic <= 6; harmonic++) {
      sum += (0.3 / harmonic) * Math.exp(-3 * t) * Math.sin(2 * Math.PI * hz * harmonic * t);
    }
  }
  return 0.5 * sum;
}

function congruentialNoise(sampleCount: number): Float32Array {
  let state = 12345;
  return Float32Array.from({ length: sampleCount }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return 0.1 * (state / 2147483648 - 1);
  });
}
