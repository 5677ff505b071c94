import type { Rng } from '../../core/rng.js';
import type { Instrument } from '../../music/piece.js';
import { type Key, modeOfValence, nearestOctave, progressionFor } from '../../music/theory.js';
import { type Accent, findAccents } from './accents.js';
import { type MotionEnergy, meanEnergy, motionEnergy } from './motion-energy.js';
import { type BeatGrid, beatsPerBar, expectedTempo, fitBeatGrid } from './tempo.js';
import type { Palette, VideoProfile } from './video-profile.js';

/** Everything that is decided before the first note is written. */
export interface MusicPlan {
  readonly durationSeconds: number;
  readonly key: Key;
  readonly grid: BeatGrid;
  readonly bars: readonly Bar[];
  readonly accents: readonly Accent[];
  readonly energy: MotionEnergy;
  readonly band: Band;
  readonly reverb: number;
}

export interface Bar {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Degree of the bar's chord in the key. */
  readonly chordDegree: number;
  readonly intensity: Intensity;
}

/** How much is going on, by the motion in the bar: 0 still, 3 the liveliest. */
export type Intensity = 0 | 1 | 2 | 3;

export interface Band {
  /** Holds the chords; attacks softly, so that it marks nothing. */
  readonly bed: Instrument;
  /** Marks the accents; attacks sharply. */
  readonly hits: Instrument;
}

/** From what was seen to what will be played; `rng` only chooses among equally fitting progressions. */
export function planMusic(
  profile: VideoProfile,
  { durationSeconds, rng }: { readonly durationSeconds: number; readonly rng: Rng },
): MusicPlan {
  const accents = findAccents(profile).filter((accent) => accent.timeSeconds < durationSeconds);
  const energy = motionEnergy(profile, durationSeconds);
  const grid = fitBeatGrid(accents, { expectedBpm: expectedTempo(energy.level) });
  const key = keyOf(profile.palette);
  return {
    durationSeconds,
    key,
    grid,
    bars: barsOf({ durationSeconds, grid, energy, key, rng }),
    accents,
    energy,
    band: bandOf(profile.palette),
    reverb: 0.15 + 0.25 * (1 - profile.palette.brightness),
  };
}

/** Bright and warm pictures sound major, dark and cold ones minor; the strongest hue names the tonic. */
function keyOf(palette: Palette): Key {
  const valence = 0.9 * (2 * palette.brightness - 1) + 1.2 * palette.warmth + 0.4 * (palette.saturation - 0.25);
  const strongest = palette.hues.indexOf(Math.max(...palette.hues));
  // Neighbouring hues are neighbours on the circle of fifths, so that similar pictures get related keys.
  return { tonic: nearestOctave(60 + 7 * strongest, 60), mode: modeOfValence(Math.max(-1, Math.min(1, valence))) };
}

function bandOf(palette: Palette): Band {
  const isWarm = palette.warmth > 0;
  const isColourful = palette.saturation > 0.35;
  return { bed: isWarm ? 'bowed-strings' : 'pad', hits: isColourful ? 'plucked-strings' : 'piano' };
}

/** Bars that cover the clip; the first may begin before it. A new section (a change of intensity) takes a new progression. */
function barsOf(given: {
  durationSeconds: number;
  grid: BeatGrid;
  energy: MotionEnergy;
  key: Key;
  rng: Rng;
}): readonly Bar[] {
  const barSeconds = beatsPerBar * given.grid.beatSeconds;
  const bars: Bar[] = [];
  let progression = progressionFor(given.key.mode, given.rng.integer(4));
  let inSection = 0;
  for (let start = firstBarStart(given.grid, barSeconds); start < given.durationSeconds; start += barSeconds) {
    const intensity = intensityOf(given.energy, { from: start, to: start + barSeconds });
    if (bars.length > 0 && bars.at(-1)?.intensity !== intensity && inSection >= 2) {
      progression = progressionFor(given.key.mode, given.rng.integer(4));
      inSection = 0;
    }
    const chordDegree = progression[inSection % progression.length]!;
    bars.push({ startSeconds: Math.max(0, start), endSeconds: start + barSeconds, chordDegree, intensity });
    inSection++;
  }
  return bars;
}

function firstBarStart(grid: BeatGrid, barSeconds: number): number {
  const intoBar = grid.firstDownbeatSeconds % barSeconds;
  return intoBar > 0 ? intoBar - barSeconds : 0;
}

function intensityOf(energy: MotionEnergy, span: { from: number; to: number }): Intensity {
  return Math.min(3, Math.floor(4 * meanEnergy(energy, span))) as Intensity;
}
