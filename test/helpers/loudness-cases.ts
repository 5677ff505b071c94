import { readFileSync } from 'node:fs';
import type { Waveform } from '../../src/core/waveform.js';
import { mulberry32 } from './recipe-audio.js';

interface Sections {
  readonly kind: 'sine-sections' | 'noise-sections';
  readonly sr: number;
  readonly channels: number;
  readonly freq?: number;
  readonly phase?: number;
  readonly noise_seed?: number;
  readonly fade?: number;
  /** Seconds, and the level in dBFS: of all channels, or of each; null is silence. */
  readonly sections: readonly [seconds: number, db: number | null | readonly (number | null)[]][];
  readonly then?: string;
}

interface Literal {
  readonly kind: 'literal';
  readonly sr: number;
  readonly what: string;
}

export interface LoudnessCase {
  readonly id: string;
  readonly signal: Sections | Literal;
  readonly outcome: 'value' | 'refuse' | 'see';
  readonly official?: { readonly I?: number; readonly true_peak_db?: number; readonly tol_lu?: number };
  readonly expected_bs1770: { readonly lufs?: number | string; readonly momentary_max?: number };
  readonly true_peak: readonly { readonly itu_annex2_4x: number }[] | null;
}

/** Cases of test/fixtures/metrics/loudness.json. */
export function loudnessCases(): readonly LoudnessCase[] {
  const file = new URL('../fixtures/metrics/loudness.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly LoudnessCase[] }).cases;
}

/** The sound of a case, by the `signal_formula` of the file. */
export function loudnessSignal({ signal }: LoudnessCase): Waveform {
  const channels = signal.kind === 'literal' ? literalChannels(signal) : sectionChannels(signal);
  return { sampleRateHz: signal.sr, channels };
}

const literals: Readonly<Record<string, () => Float32Array>> = {
  '48000*2 zeros stereo': () => new Float32Array(96000),
  '0 samples': () => new Float32Array(0),
  '96000 frames stereo of 0.5': () => new Float32Array(96000).fill(0.5),
  '96000 zero frames stereo, frame 48000 = 1': () => new Float32Array(96000).fill(1, 48000, 48001),
};

function literalChannels({ what }: Literal): Float32Array[] {
  const make = literals[what];
  if (make === undefined) throw new Error(`no literal signal "${what}"`);
  return [make(), make()];
}

function sectionChannels(signal: Sections): Float32Array[] {
  const spans = spansOf(signal);
  const count = spans.at(-1)?.end ?? 0;
  const wave = waveOf(signal);
  const fade = fadeOf(signal, count);
  const channels = Array.from({ length: signal.channels }, () => new Float32Array(count));
  for (const { start, end, amplitudes } of spans) {
    for (let n = start; n < end; n++) {
      for (let c = 0; c < channels.length; c++) {
        (channels[c] as Float32Array)[n] = (amplitudes[c] as number) * wave(n) * fade(n);
      }
    }
  }
  if (signal.then !== undefined) spoil(channels, signal.then);
  return channels;
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** One a channel. */
  readonly amplitudes: readonly number[];
}

function spansOf({ sections, sr, channels }: Sections): Span[] {
  const spans: Span[] = [];
  let seconds = 0;
  for (const [length, db] of sections) {
    seconds += length;
    const levels = Array.isArray(db)
      ? (db as (number | null)[])
      : Array<number | null>(channels).fill(db as number | null);
    const amplitudes = levels.map((level) => (level === null ? 0 : 10 ** (level / 20)));
    spans.push({ start: spans.at(-1)?.end ?? 0, end: Math.floor(seconds * sr + 0.5), amplitudes });
  }
  return spans;
}

/** Called once a channel for each sample in order, which is also the order of the noise draws. */
function waveOf({ kind, freq = 0, phase = 0, sr, noise_seed = 0 }: Sections): (n: number) => number {
  if (kind === 'sine-sections') return (n) => Math.sin((2 * Math.PI * freq * n) / sr + phase);
  const next = mulberry32(noise_seed);
  return () => 2 * next() - 1;
}

function fadeOf({ fade, sr }: Sections, count: number): (n: number) => number {
  if (fade === undefined) return () => 1;
  const length = Math.floor(fade * sr + 0.5);
  return (n) => Math.min(1, (n + 1) / length, (count - n) / length);
}

/** Carries out an instruction such as `x[1000][0]=NaN`: sample 1000 of channel 0. */
function spoil(channels: readonly Float32Array[], instruction: string): void {
  const [, sample, channel, value] = /^x\[(\d+)\]\[(\d+)\]=(\w+)$/.exec(instruction) ?? [];
  const samples = channels[Number(channel)];
  if (samples === undefined) throw new Error(`cannot read "${instruction}"`);
  samples[Number(sample)] = Number(value);
}
