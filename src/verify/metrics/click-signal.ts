import { z } from 'zod';
import { invalidFixture } from './metric-fixture.js';
import { uniformStream } from './metric-recipe.js';

/** Decaying sines at a steady tempo, with noise. */
export interface ClickSignal {
  readonly kind: 'clicks';
  readonly sr: number;
  readonly seconds: number;
  readonly n_clicks: number;
  /** Frequencies in Hz and amplitudes take turns from click to click. */
  readonly freqs: readonly number[];
  readonly amps: readonly number[];
  /** Samples in which a click falls to 1/e, and after which it is cut. */
  readonly decay: number;
  readonly len: number;
  readonly noise: number;
  readonly seed: number;
  readonly bpm: number;
}

/** The `signal` of an onset case, by the `signal_formula` beside it. */
export const clickSchema: z.ZodType<ClickSignal> = z.object({
  kind: z.literal('clicks'),
  sr: z.int().positive(),
  seconds: z.number().positive(),
  n_clicks: z.int().nonnegative(),
  freqs: z.array(z.number()).min(1),
  amps: z.array(z.number()).min(1),
  decay: z.number().positive(),
  len: z.int().nonnegative(),
  noise: z.number(),
  seed: z.int(),
  bpm: z.number().positive(),
});

/** The times of the clicks, in seconds: every beat from 0.25 s on. */
export function clickSeconds({ n_clicks, bpm }: ClickSignal): number[] {
  return Array.from({ length: n_clicks }, (_, click) => 0.25 + (click * 60) / bpm);
}

export function clickSound(signal: ClickSignal): Float32Array {
  const { sr, seconds, freqs, amps, decay, len, noise, seed } = signal;
  const sum = new Float64Array(Math.floor(sr * seconds + 0.5));
  for (const [click, time] of clickSeconds(signal).entries()) {
    const start = Math.floor(time * sr + 0.5);
    const frequency = freqs[click % freqs.length]!;
    const amplitude = amps[click % amps.length]!;
    for (let m = 0; m < len && start + m < sum.length; m++) {
      sum[start + m]! += amplitude * Math.exp(-m / decay) * Math.sin((2 * Math.PI * frequency * m) / sr);
    }
  }
  const next = uniformStream(seed);
  return Float32Array.from(sum, (value) => value + noise * (2 * next() - 1));
}

type MakeSound = (samples: number, found: RegExpExecArray) => Float32Array;

/** A constant is half of full scale. */
const named: readonly (readonly [RegExp, MakeSound])[] = [
  [/-silence$/, (samples) => new Float32Array(samples)],
  [/-dc$/, (samples) => new Float32Array(samples).fill(0.5)],
  [/-(\d+)-samples$/, (_, [, count]) => new Float32Array(Number(count)).fill(0.5)],
  [/-empty$/, () => new Float32Array(0)],
  [
    /-nan$/,
    (samples) => new Float32Array(samples).fill(Number.NaN, Math.floor(samples / 2), Math.floor(samples / 2) + 1),
  ],
];

/** A degenerate sound that its case describes by the end of its name only. Throws a BenchError for another name. */
export function namedSound(id: string, { samples }: { readonly samples: number }): Float32Array {
  for (const [pattern, make] of named) {
    const found = pattern.exec(id);
    if (found !== null) return make(samples, found);
  }
  throw invalidFixture({ file: id, field: 'signal', problem: 'there is no signal, and the name describes none' });
}
