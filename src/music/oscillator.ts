import { sineOfTurns } from './exact-math.js';

const tableSize = 1024;
const tableMask = tableSize - 1;

const sine: Float64Array = Float64Array.from({ length: tableSize }, (_, index) => sineOfTurns(index / tableSize));

/** One period of a sound, with its first sample repeated at the end so that interpolation needs no wrap. */
export type WaveTable = Float64Array;

/**
 * One period of a sum of harmonics: `amplitudeOf(1)` is the fundamental's. Harmonics above 0.45 of the sample rate are left
 * out, so nothing folds back.
 */
export function waveTable(
  amplitudeOf: (harmonic: number) => number,
  { frequencyHz, sampleRateHz, maxHarmonics }: { frequencyHz: number; sampleRateHz: number; maxHarmonics: number },
): WaveTable {
  const count = Math.max(1, Math.min(maxHarmonics, Math.floor((0.45 * sampleRateHz) / frequencyHz)));
  const table = new Float64Array(tableSize + 1);
  for (let harmonic = 1; harmonic <= count; harmonic++) {
    const amplitude = amplitudeOf(harmonic);
    if (amplitude === 0) continue;
    for (let index = 0; index < tableSize; index++) {
      table[index] = table[index]! + amplitude * sine[(index * harmonic) & tableMask]!;
    }
  }
  table[tableSize] = table[0]!;
  return table;
}

/** The table at `phase` turns, 0 to 1, with linear interpolation. */
export function readTable(table: WaveTable, phase: number): number {
  const position = phase * tableSize;
  const index = position | 0;
  const left = table[index]!;
  return left + (position - index) * (table[index + 1]! - left);
}
