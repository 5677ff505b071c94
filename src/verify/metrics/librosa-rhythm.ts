import { z } from 'zod';
import { type Outcome, ok } from '../../core/outcome.js';
import { type BeatTrack, trackBeats } from '../../dsp/beat-tracker.js';
import { backtrackOnsets } from '../../dsp/onset-backtrack.js';
import { detectOnsets, onsetHopSamples, onsetStrength } from '../../dsp/onsets.js';
import type { PeakPicking } from '../../dsp/peak-picking.js';
import { beatBins, d2mGanPeakPicking, lorisPeakPicking } from '../../metrics/rhythm/beat-coverage-hit.js';
import { beatFMeasure, onsetFMeasure } from '../../metrics/rhythm/beat-f-measure.js';
import { clickSchema, clickSeconds, clickSound, namedSound } from './click-signal.js';
import { compareLists, exact } from './comparison.js';
import type { CasePart, Comparison } from './family-runner.js';
import { type MetricCase, readFields } from './metric-fixture.js';
import { rangeRefusal } from './range-refusal.js';

/** The stated limits, where a case has none. */
const usualStrengthLimit = 2e-4;
const usualTempoLimit = 1e-6;
/** Scores of the found events, of which one may be a frame off: not a limit, those are counts. */
const scoreLimit = 1e-9;

export function librosaParts(metricCase: MetricCase): readonly CasePart[] {
  return 'signal' in metricCase.fields ? clickParts(metricCase) : [degeneratePart(metricCase)];
}

const frames = z.array(z.int());
const times = z.array(z.number());

const clickCaseSchema = z.object({
  signal: clickSchema,
  out: z.object({
    n: z.int(),
    x_probe: z.record(z.string().regex(/^\d+$/), z.number()),
    rms: z.number(),
    onset_strength: z.array(z.number()),
    onset_strength_median: z.array(z.number()),
    onset_frames: frames,
    onset_times: times,
    onset_frames_backtrack: frames,
    beat_track_tempo: z.number(),
    beat_track_frames: frames,
    beat_track_from_env_tempo: z.number(),
    beat_track_from_env_frames: frames,
    beat_track_untrimmed_frames: frames,
    tempo_of_env: z.number(),
    d2m_gan_bins: frames,
    loris_bins: frames,
    d2m_gan_onset_times: times,
    loris_onset_times: times,
    beat_f_vs_truth: z.number(),
    onset_f_vs_truth: z.tuple([z.number(), z.number(), z.number()]),
  }),
});

type ClickCase = z.infer<typeof clickCaseSchema>;

/** Lines for the sound and its onset strength, the onsets, the beats, and the scores of both against the clicks. */
function clickParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(clickCaseSchema, metricCase);
  const strengthLimit = { absolute: metricCase.tol.onset_strength_abs ?? usualStrengthLimit, relative: 0 };
  const tempoLimit = { absolute: metricCase.tol.tempo_abs ?? usualTempoLimit, relative: 0 };
  const sound = (): Float32Array => clickSound(fields.signal);
  const lines: Readonly<Record<string, (mono: Float32Array) => Comparison[]>> = {
    strength: (mono) => [
      ...signalComparisons(mono, fields),
      ...compareLists(onsetStrength(mono, { sampleRateHz: fields.signal.sr }), fields.out.onset_strength, {
        field: 'onset_strength',
        tolerance: strengthLimit,
      }),
      ...compareLists(medianStrength(mono, fields.signal.sr), fields.out.onset_strength_median, {
        field: 'onset_strength_median',
        tolerance: strengthLimit,
      }),
    ],
    onsets: (mono) => onsetComparisons(mono, fields),
    beats: (mono) =>
      beatComparisons(mono, fields).map((comparison) =>
        comparison.field.includes('tempo') ? { ...comparison, tolerance: tempoLimit } : comparison,
      ),
    scores: (mono) => scoreComparisons(mono, fields),
  };
  return Object.entries(lines).map(([part, compare]) => ({ part, compute: () => ok(compare(sound())) }));
}

/** The sound itself: sine and exponential may differ in the last bit before the rounding to float32. */
function signalComparisons(mono: Float32Array, { out }: ClickCase): Comparison[] {
  const tolerance = { absolute: 1e-7, relative: 0 };
  const places = Object.keys(out.x_probe);
  const rms = Math.sqrt(mono.reduce((sum, value) => sum + value * value, 0) / mono.length);
  return [
    { field: 'n', own: mono.length, golden: out.n, tolerance: exact },
    { field: 'rms', own: rms, golden: out.rms, tolerance },
    ...compareLists(
      places.map((place) => mono[Number(place)] ?? Number.NaN),
      places.map((place) => out.x_probe[place]!),
      { field: 'x_probe', tolerance },
    ),
  ];
}

function medianStrength(mono: Float32Array, sampleRateHz: number): Float64Array {
  return onsetStrength(mono, { sampleRateHz, combineBands: 'median' });
}

function onsetComparisons(mono: Float32Array, { signal, out }: ClickCase): Comparison[] {
  const sampleRateHz = signal.sr;
  const toFrames = (seconds: ArrayLike<number>): number[] =>
    Array.from(seconds, (time) => (time * sampleRateHz) / onsetHopSamples);
  const onsets = (peakPicking: Partial<PeakPicking> = {}): number[] =>
    toFrames(detectOnsets(mono, { sampleRateHz, peakPicking }));
  const found = onsets().map(Math.round);
  const backtracked = backtrackOnsets(found, onsetStrength(mono, { sampleRateHz }));
  const bins = (peakPicking: Partial<PeakPicking>): Uint8Array => beatBins(mono, { sampleRateHz, peakPicking });
  return [
    ...compareEvents(found, out.onset_frames, 'onset_frames'),
    ...compareEvents(onsets(), toFrames(out.onset_times), 'onset_times'),
    ...compareEvents(backtracked, out.onset_frames_backtrack, 'onset_frames_backtrack'),
    ...compareEvents(onsets(d2mGanPeakPicking), toFrames(out.d2m_gan_onset_times), 'd2m_gan_onset_times'),
    ...compareEvents(onsets(lorisPeakPicking), toFrames(out.loris_onset_times), 'loris_onset_times'),
    ...compareLists(bins(d2mGanPeakPicking), out.d2m_gan_bins, { field: 'd2m_gan_bins', tolerance: exact }),
    ...compareLists(bins(lorisPeakPicking), out.loris_bins, { field: 'loris_bins', tolerance: exact }),
  ];
}

function beatComparisons(mono: Float32Array, { signal, out }: ClickCase): Comparison[] {
  const framesPerSecond = signal.sr / onsetHopSamples;
  const median = medianStrength(mono, signal.sr);
  const whole = track(trackBeats(median, { framesPerSecond }));
  const fromEnvelope = track(trackBeats(onsetStrength(mono, { sampleRateHz: signal.sr }), { framesPerSecond }));
  const untrimmed = track(trackBeats(median, { framesPerSecond, trim: false }));
  const tempo = (field: string, own: number, golden: number): Comparison => ({ field, own, golden, tolerance: exact });
  return [
    tempo('beat_track_tempo', whole.tempoBpm, out.beat_track_tempo),
    tempo('beat_track_from_env_tempo', fromEnvelope.tempoBpm, out.beat_track_from_env_tempo),
    tempo('tempo_of_env', fromEnvelope.tempoBpm, out.tempo_of_env),
    ...compareEvents(whole.frames, out.beat_track_frames, 'beat_track_frames'),
    ...compareEvents(fromEnvelope.frames, out.beat_track_from_env_frames, 'beat_track_from_env_frames'),
    ...compareEvents(untrimmed.frames, out.beat_track_untrimmed_frames, 'beat_track_untrimmed_frames'),
  ];
}

function scoreComparisons(mono: Float32Array, { signal, out }: ClickCase): Comparison[] {
  const hopSeconds = onsetHopSamples / signal.sr;
  const reference = clickSeconds(signal);
  const beats = track(trackBeats(medianStrength(mono, signal.sr), { framesPerSecond: 1 / hopSeconds }));
  const beatScore = beatFMeasure({ reference, estimated: beats.frames.map((frame) => frame * hopSeconds) });
  const onsets = [...detectOnsets(mono, { sampleRateHz: signal.sr })];
  const onsetScore = onsetFMeasure({ reference, estimated: onsets });
  const own = [beatScore, onsetScore].map((score) => (score.status === 'ok' ? score.value : undefined));
  return compareLists(
    [own[0]?.fMeasure, own[1]?.fMeasure, own[1]?.precision, own[1]?.recall].map((value) => value ?? Number.NaN),
    [out.beat_f_vs_truth, ...out.onset_f_vs_truth],
    { field: 'vs_truth', tolerance: { absolute: scoreLimit, relative: 0 } },
  );
}

/** The stated tolerance for events: all in their frames, but one of them may be a frame off. */
function compareEvents(own: readonly number[], golden: readonly number[], field: string): Comparison[] {
  const oneFrame = { absolute: 1, relative: 0 };
  const comparisons = compareLists(own, golden, { field, tolerance: oneFrame });
  if (own.length !== golden.length) return comparisons;
  // Times in frames are whole but for the last digits.
  const moved = own.filter((frame, index) => Math.abs(frame - golden[index]!) > 1e-6).length;
  return [...comparisons, { field: `${field}.moved`, own: moved, golden: 0, tolerance: oneFrame }];
}

function track(outcome: Outcome<BeatTrack>): BeatTrack {
  return outcome.status === 'ok' ? outcome.value : { tempoBpm: 0, frames: [] };
}

const degenerateSchema = z.object({
  ref: z.object({
    onset_frames: z.union([frames, z.object({ error: z.string() })]),
    beat_track: z.union([z.tuple([z.array(z.number()), frames]), z.object({ error: z.string() })]),
    onset_strength_max: z.union([z.number(), z.object({ error: z.string() })]),
    d2m_bins: z.union([frames, z.object({ error: z.string() })]),
  }),
});

/** Sounds that the file describes by name only, at the rate of all its sounds; a second for each bin. */
const degenerateRateHz = 22050;

function degeneratePart(metricCase: MetricCase): CasePart {
  const { ref } = readFields(degenerateSchema, metricCase);
  const seconds = Array.isArray(ref.d2m_bins) ? ref.d2m_bins.length : 2;
  const mono = namedSound(metricCase.id, { samples: seconds * degenerateRateHz });
  return {
    compute: () =>
      rangeRefusal(() => {
        const strength = onsetStrength(mono, { sampleRateHz: degenerateRateHz });
        const found = detectOnsets(mono, { sampleRateHz: degenerateRateHz });
        const beats = trackBeats(medianStrength(mono, degenerateRateHz), {
          framesPerSecond: degenerateRateHz / onsetHopSamples,
        });
        const bins = beatBins(mono, { sampleRateHz: degenerateRateHz, peakPicking: d2mGanPeakPicking });
        const own = Array.from(found, (time) => Math.round((time * degenerateRateHz) / onsetHopSamples));
        const { onset_frames, beat_track, onset_strength_max, d2m_bins } = ref;
        return ok([
          ...compareLists(own, Array.isArray(onset_frames) ? onset_frames : [], {
            field: 'onset_frames',
            tolerance: exact,
          }),
          // A tempo of 0 is how librosa says that there is none.
          ...compareLists(
            [track(beats).tempoBpm, ...track(beats).frames],
            Array.isArray(beat_track) ? beat_track.flat() : [],
            {
              field: 'beat_track',
              tolerance: exact,
            },
          ),
          {
            field: 'onset_strength_max',
            own: Math.max(...strength),
            golden: typeof onset_strength_max === 'number' ? onset_strength_max : Number.NaN,
            tolerance: { absolute: usualStrengthLimit, relative: 0 },
          },
          ...compareLists(bins, Array.isArray(d2m_bins) ? d2m_bins : [], { field: 'd2m_bins', tolerance: exact }),
        ]);
      }),
  };
}
