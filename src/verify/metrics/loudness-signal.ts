import { z } from 'zod';
import type { Waveform } from '../../core/waveform.js';
import { invalidFixture } from './metric-fixture.js';
import { uniformStream } from './metric-recipe.js';

/** Sines or noise in sections of different levels. */
interface Sections {
  readonly kind: 'sine-sections' | 'noise-sections';
  readonly sr: number;
  readonly channels: number;
  readonly freq: number;
  readonly phase: number;
  readonly noise_seed: number;
  /** Seconds at either end. */
  readonly fade?: number | undefined;
  /** Seconds, and the level in dBFS: of all channels, or of each; null is silence. */
  readonly sections: readonly (readonly [seconds: number, levels: Level | readonly Level[]])[];
  /** A change to the finished sound: `x[1000][0]=NaN`. */
  readonly then?: string | undefined;
}

type Level = number | null;

/** Stereo described in words. */
interface Literal {
  readonly kind: 'literal';
  readonly sr: number;
  readonly what: string;
}

export type LoudnessSignal = Sections | Literal;

const levelSchema: z.ZodType<Level> = z.union([z.number(), z.null()]);

const sectionsSchema: z.ZodType<Sections> = z.object({
  kind: z.enum(['sine-sections', 'noise-sections']),
  sr: z.int().positive(),
  channels: z.int().positive(),
  freq: z.number().default(0),
  phase: z.number().default(0),
  noise_seed: z.int().default(0),
  fade: z.number().positive().optional(),
  sections: z.array(z.tuple([z.number().nonnegative(), z.union([levelSchema, z.array(levelSchema)])])),
  // biome-ignore lint/suspicious/noThenProperty: the files name it so
  then: z.string().optional(),
});

const literalSchema: z.ZodType<Literal> = z.object({
  kind: z.literal('literal'),
  sr: z.int().positive(),
  what: z.string(),
});

/** The `signal` of a loudness case, by the `signal_formula` of its file. */
export const loudnessSignalSchema: z.ZodType<LoudnessSignal> = z.union([sectionsSchema, literalSchema]);

/** The sound; throws a BenchError for a description that is not understood. */
export function loudnessSignal(signal: LoudnessSignal): Waveform {
  const channels = signal.kind === 'literal' ? literalChannels(signal) : sectionChannels(signal);
  return { sampleRateHz: signal.sr, channels };
}

type MakeChannel = (numbers: readonly number[]) => Float32Array;

/** Sounds described in words, all stereo. */
const literals: readonly (readonly [RegExp, MakeChannel])[] = [
  [/^(\d+)(?:\*(\d+))? zeros stereo$/, ([frames, times]) => new Float32Array(frames! * times!)],
  [/^0 samples$/, () => new Float32Array(0)],
  [/^(\d+) frames stereo of ([\d.]+)$/, ([frames, value]) => new Float32Array(frames!).fill(value!)],
  [
    /^(\d+) zero frames stereo, frame (\d+) = ([\d.]+)$/,
    ([frames, place, value]) => new Float32Array(frames!).fill(value!, place, place! + 1),
  ],
];

function literalChannels({ what, sr }: Literal): Float32Array[] {
  for (const [pattern, make] of literals) {
    const match = pattern.exec(what);
    if (match === null) continue;
    const numbers = match.slice(1).map((text: string | undefined) => Number(text ?? 1));
    return [make(numbers), make(numbers)];
  }
  throw invalidFixture({ file: 'signal', field: 'what', problem: `no sound "${what}" at ${sr} Hz is known` });
}

function sectionChannels(signal: Sections): Float32Array[] {
  const spans = spansOf(signal);
  const count = spans.at(-1)?.end ?? 0;
  const wave = waveOf(signal);
  const fade = fadeOf(signal, count);
  const channels = Array.from({ length: signal.channels }, () => new Float32Array(count));
  for (const { start, end, amplitudes } of spans) {
    for (let n = start; n < end; n++) {
      for (const [channel, samples] of channels.entries()) samples[n] = amplitudes[channel]! * wave(n) * fade(n);
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
  for (const [length, levels] of sections) {
    seconds += length;
    const each = Array.isArray(levels) ? levels : Array.from({ length: channels }, () => levels);
    const amplitudes = each.map((level) => (level === null ? 0 : 10 ** (level / 20)));
    spans.push({ start: spans.at(-1)?.end ?? 0, end: Math.floor(seconds * sr + 0.5), amplitudes });
  }
  return spans;
}

/** Called once a channel for each sample in order, which is also the order of the noise draws. */
function waveOf({ kind, freq, phase, sr, noise_seed }: Sections): (n: number) => number {
  if (kind === 'sine-sections') return (n) => Math.sin((2 * Math.PI * freq * n) / sr + phase);
  const next = uniformStream(noise_seed);
  return () => 2 * next() - 1;
}

function fadeOf({ fade, sr }: Sections, count: number): (n: number) => number {
  if (fade === undefined) return () => 1;
  const length = Math.floor(fade * sr + 0.5);
  return (n) => Math.min(1, (n + 1) / length, (count - n) / length);
}

/** Carries out an instruction such as `x[1000][0]=NaN`: sample 1000 of channel 0. */
function spoil(channels: readonly Float32Array[], instruction: string): void {
  const [, sample, channel, value] = /^x\[(\d+)\]\[(\d+)\]=(-?\w+)$/.exec(instruction) ?? [];
  const samples = channels[Number(channel)];
  if (samples === undefined) {
    throw invalidFixture({ file: 'signal', field: 'then', problem: `cannot read "${instruction}"` });
  }
  samples[Number(sample)] = Number(value);
}
