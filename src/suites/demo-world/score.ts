import { type Rng, seededRng } from '../../core/rng.js';
import { chordOfDegree, type Key, modeOfValence, progressionFor } from '../../music/theory.js';
import { type Arrangement, arrangements } from './arrangements.js';
import { type Meter, meterOf } from './meter.js';
import { type SceneScript, speedAt } from './scene.js';

const beatsPerBar = 4;

/** A moment at which something is seen: the beginning, a cut or a hit. */
export interface Moment {
  readonly seconds: number;
  /** To the next moment, or the end. */
  readonly untilSeconds: number;
  readonly isCut: boolean;
  readonly order: number;
}

/** What all parts of the music share. */
export interface Score {
  readonly script: SceneScript;
  readonly meter: Meter;
  readonly key: Key;
  readonly progression: readonly number[];
  readonly arrangement: Arrangement;
  readonly moments: readonly Moment[];
  /** Semitones by which the mood lifts every part's register. */
  readonly lift: number;
  readonly rng: Rng;
}

export function scoreOf(script: SceneScript): Score {
  const rng = seededRng('demo-world', 'music', script.seed);
  const mode = modeOfValence(script.valence);
  return {
    script,
    meter: meterOf(script),
    key: { tonic: 48 + rng.integer(12), mode },
    progression: progressionFor(mode, rng.integer(4)),
    arrangement: arrangements[script.palette],
    moments: momentsOf(script),
    lift: Math.round(3 * script.valence),
    rng,
  };
}

/** The chord that belongs to a time: one a bar, and the next one at every cut. */
export function chordAt({ meter, progression, key, arrangement }: Score, seconds: number): readonly number[] {
  const index = Math.max(
    0,
    meter.sections.findLastIndex((section) => section.startSeconds <= seconds + 1e-3),
  );
  const startSeconds = meter.sections[index]?.startSeconds ?? 0;
  const bar = Math.floor((seconds - startSeconds) / (beatsPerBar * meter.beatLengthSeconds) + 1e-3);
  const degree = progression[(index + bar) % progression.length] ?? 0;
  return chordOfDegree(key, degree, arrangement.chordTones === 4 ? 4 : 3);
}

/** Loudness that the motion asks for, 0 to 1: speed just after a time, so that a stroke belongs to what follows it. */
export function energyAt({ script }: Score, seconds: number): number {
  return (speedAt(script, seconds) + speedAt(script, seconds + 0.25)) / 2;
}

function momentsOf(script: SceneScript): readonly Moment[] {
  const cuts = new Set(script.cutSeconds);
  const times = [...new Set([0, ...script.cutSeconds, ...script.hitSeconds])].sort((a, b) => a - b);
  return times.map((seconds, order) => ({
    seconds,
    untilSeconds: times[order + 1] ?? script.durationSeconds,
    isCut: cuts.has(seconds) || seconds === 0,
    order,
  }));
}
