import type { FeatureMatrix, FeatureNeed } from '../../core/features.js';
import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { eventTimes, rotateEvents } from '../event-times.js';
import type { PairedMetric } from '../metric.js';
import { beatFMeasure } from '../rhythm/beat-f-measure.js';
import { nearestIndex } from '../rhythm/nearest-beat.js';

/** As the F-measure of beat tracking has it (Dixon 2007): what listeners take for the same moment, and about a frame and a half of film. */
const toleranceSeconds = 0.07;

const shared = {
  version: 1,
  level: 'paired',
  aliases: [],
  direction: 'higher',
  range: '0 to 1',
  against: 'video',
  targetNeed: { encoder: 'cuts', output: 'cuts' },
  rotate: rotateEvents,
} as const;

const beats: FeatureNeed = { encoder: 'beats', output: 'beats' };
const onsets: FeatureNeed = { encoder: 'onset', output: 'onsets' };
const tolerance = 'the 70 ms are those of beat tracking (Dixon 2007, Journal of New Music Research 36:39)';

const densityFailure =
  'Fast music hits by chance: with a beat every P seconds a cut is met with probability 0.14 / P. Read it against the time-shift line.';
const cutFailure = 'Cuts are detected: a dissolve is none, and shots under half a second can be missed.';

/** Whether the picture is cut on the beat. */
export const cutToBeat: PairedMetric = {
  ...shared,
  id: 'cut-to-beat',
  title: 'Cuts on the beat',
  summary: 'Share of the hard cuts of the video that have a beat of the music within 70 ms.',
  citation: `Own definition; ${tolerance}; beats after Ellis 2007, Journal of New Music Research 36:51`,
  knownFailure: `${densityFailure} ${cutFailure} One tempo is tracked for the whole piece, so music that begins anew at each cut can lose its beats.`,
  need: beats,
  compare: (audio, target) => shareOfCuts(audio, { target, name: 'beats of the music' }),
};

/** Whether anything in the music begins where the picture is cut. */
export const cutToOnset: PairedMetric = {
  ...shared,
  id: 'cut-to-onset',
  title: 'Cuts on an onset',
  summary: 'Share of the hard cuts of the video that have an onset of the music within 70 ms.',
  citation: `Own definition; ${tolerance}`,
  knownFailure: `Rewards many onsets: music with one every 140 ms meets every cut. Read it against the time-shift line. ${cutFailure}`,
  need: onsets,
  compare: (audio, target) => shareOfCuts(audio, { target, name: 'onsets of the music' }),
};

/** The same as a balance: beats without a cut count against the music too. */
export const cutToBeatFMeasure: PairedMetric = {
  ...shared,
  id: 'cut-to-beat-f-measure',
  title: 'Cuts and beats, F-measure',
  summary:
    'Hard cuts and beats paired within 70 ms, each used once: the harmonic mean of the shares of both that are paired.',
  citation: `Own definition; matching and window as beat tracking has them (Dixon 2007, Journal of New Music Research 36:39)`,
  knownFailure: `Far below 1 for any usual music, which has more beats than the video has cuts: it rewards slow music. ${cutFailure} Read it against the time-shift line.`,
  need: beats,
  compare: cutsAndBeats,
};

/** Against the cuts that a suite states, where it does: tells what the detection of cuts costs. */
export const cutToBeatAnnotated: PairedMetric = {
  ...shared,
  id: 'cut-to-beat-annotated',
  title: 'Annotated cuts on the beat',
  summary: "Share of the suite's annotated cuts that have a beat of the music within 70 ms.",
  citation: cutToBeat.citation,
  knownFailure: `${densityFailure} Few suites state cuts.`,
  need: beats,
  against: 'annotations',
  targetNeed: { encoder: 'annotations', output: 'cuts' },
  compare: cutToBeat.compare,
};

/** Events of the music and cuts within the time that both have. */
interface Events {
  readonly music: readonly number[];
  readonly cuts: readonly number[];
}

function eventsOf(
  audio: FeatureMatrix,
  { target, name }: { readonly target: FeatureMatrix; readonly name: string },
): Outcome<Events> {
  const cuts = eventTimes(target, 'cuts in the video');
  if (cuts.status !== 'ok') return cuts;
  const music = eventTimes(audio, name);
  if (music.status !== 'ok') return music;
  const within = ({ timesSeconds }: { readonly timesSeconds: readonly number[] }, end: number): number[] =>
    timesSeconds.filter((time) => time < end);
  const both = {
    music: within(music.value, cuts.value.durationSeconds),
    cuts: within(cuts.value, music.value.durationSeconds),
  };
  if (both.cuts.length === 0) return skipped('there is no cut before the music ends');
  if (both.music.length === 0) return skipped(`there are no ${name} before the video ends`);
  return ok(both);
}

function shareOfCuts(
  audio: FeatureMatrix,
  sides: { readonly target: FeatureMatrix; readonly name: string },
): Outcome<number> {
  const events = eventsOf(audio, sides);
  if (events.status !== 'ok') return events;
  const { music, cuts } = events.value;
  const met = cuts.filter((cut) => Math.abs(music[nearestIndex(music, cut)]! - cut) <= toleranceSeconds);
  return ok(met.length / cuts.length);
}

function cutsAndBeats(audio: FeatureMatrix, target: FeatureMatrix): Outcome<number> {
  const events = eventsOf(audio, { target, name: 'beats of the music' });
  if (events.status !== 'ok') return events;
  const { music, cuts } = events.value;
  const measured = beatFMeasure({ reference: cuts, estimated: music }, { windowSeconds: toleranceSeconds });
  return measured.status === 'ok' ? ok(measured.value.fMeasure) : measured;
}
