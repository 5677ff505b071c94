import { readFileSync } from 'node:fs';
import { mulberry32 } from './recipe-audio.js';

/** Clicks at a steady tempo, by the `signal_formula` of test/fixtures/metrics/rhythm.json. */
export interface ClickSignal {
  readonly sr: number;
  readonly seconds: number;
  readonly n_clicks: number;
  readonly freqs: readonly number[];
  readonly amps: readonly number[];
  readonly decay: number;
  readonly len: number;
  readonly noise: number;
  readonly seed: number;
  readonly bpm: number;
}

/** A case with the values of librosa 0.11. */
export interface ClickCase {
  readonly id: string;
  readonly signal: ClickSignal;
  readonly out: {
    readonly x_probe: Readonly<Record<string, number>>;
    readonly onset_strength: readonly number[];
    readonly onset_frames: readonly number[];
    readonly onset_times: readonly number[];
    readonly d2m_gan_onset_times: readonly number[];
    readonly loris_onset_times: readonly number[];
  };
}

export function clickCases(): readonly ClickCase[] {
  const file = new URL('../fixtures/metrics/rhythm.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly { readonly id: string }[] };
  return cases.filter(({ id }) => id.startsWith('librosa-clicks')) as unknown as readonly ClickCase[];
}

/** The times of the clicks, in seconds. */
export function clickSeconds({ n_clicks, bpm }: ClickSignal): number[] {
  return Array.from({ length: n_clicks }, (_, click) => 0.25 + (click * 60) / bpm);
}

export function clickSound(signal: ClickSignal): Float32Array {
  const sum = new Float64Array(signal.sr * signal.seconds);
  for (const [click, seconds] of clickSeconds(signal).entries()) addClick(signal, { click, seconds }, sum);
  const next = mulberry32(signal.seed);
  return Float32Array.from(sum, (value) => value + signal.noise * (2 * next() - 1));
}

/** Frequencies and amplitudes take turns from click to click. */
function addClick(
  signal: ClickSignal,
  { click, seconds }: { click: number; seconds: number },
  sum: Float64Array,
): void {
  const { sr, freqs, amps, decay, len } = signal;
  const start = Math.floor(seconds * sr + 0.5);
  const frequency = freqs[click % freqs.length] as number;
  const amplitude = amps[click % amps.length] as number;
  for (let m = 0; m < len && start + m < sum.length; m++) {
    const value = amplitude * Math.exp(-m / decay) * Math.sin((2 * Math.PI * frequency * m) / sr);
    sum[start + m] = (sum[start + m] as number) + value;
  }
}
