import type { Instrument, Note } from '../../music/piece.js';
import { chordOfDegree, voicedNear } from '../../music/theory.js';
import type { Accent } from './accents.js';
import type { Bar, MusicPlan } from './plan-music.js';

/** Strength from which an accent is a full hit, and from which it gets a drum besides its note. */
const hitStrength = 0.5;
const drumStrength = 0.25;

/** Strokes are played this much early: percussive tones need about so long from their start to be heard as struck. */
const anticipationSeconds = 0.02;

/** Notes ring at most this long: they must be quiet when the next accent comes. */
const longestRingSeconds = 1.2;

/** One stroke for every accent: cuts and large movements get drums, bass and a chord, small movements a single note. */
export function accentPart(plan: MusicPlan): readonly Note[] {
  let barIndex = 0;
  return plan.accents.flatMap((accent, index) => {
    while (barIndex + 1 < plan.bars.length && plan.bars[barIndex + 1]!.startSeconds <= accent.timeSeconds + 0.05)
      barIndex++;
    const bar = plan.bars[barIndex];
    if (bar === undefined) return [];
    const next = plan.accents[index + 1]?.timeSeconds ?? plan.durationSeconds;
    const ringSeconds = Math.max(0.05, Math.min(longestRingSeconds, next - accent.timeSeconds));
    return strokeOf(accent, { plan, bar, index, ringSeconds });
  });
}

interface Place {
  readonly plan: MusicPlan;
  readonly bar: Bar;
  readonly index: number;
  readonly ringSeconds: number;
}

function strokeOf(accent: Accent, place: Place): readonly Note[] {
  if (accent.isCut) return [...drums(['kick', 'cymbal'], accent), ...chordHit(accent, place), bassNote(accent, place)];
  if (accent.strength >= hitStrength) {
    return [...drums([drumOnBeat(accent, place), 'hat'], accent), ...chordHit(accent, place), bassNote(accent, place)];
  }
  if (accent.strength >= drumStrength) return [...drums(['hat'], accent), arpeggioNote(accent, place)];
  return [arpeggioNote(accent, place)];
}

function strokeStart(accent: Accent): number {
  return Math.max(0, accent.timeSeconds - anticipationSeconds);
}

/** Snare on the second and fourth beat of the bar, kick elsewhere. */
function drumOnBeat(accent: Accent, { plan }: Place): Instrument {
  const beat = Math.round((accent.timeSeconds - plan.grid.firstDownbeatSeconds) / plan.grid.beatSeconds);
  return Math.abs(beat % 2) === 1 ? 'snare' : 'kick';
}

function drums(instruments: readonly Instrument[], accent: Accent): readonly Note[] {
  return instruments.map((instrument) => ({
    instrument,
    startSeconds: strokeStart(accent),
    durationSeconds: 0.2,
    pitch: 60,
    velocity: velocityOf(accent),
  }));
}

function chordHit(accent: Accent, { plan, bar, ringSeconds }: Place): readonly Note[] {
  return voicedNear(chordOfDegree(plan.key, bar.chordDegree), 67).map((pitch) => ({
    instrument: plan.band.hits,
    startSeconds: strokeStart(accent),
    durationSeconds: ringSeconds,
    pitch,
    velocity: velocityOf(accent),
  }));
}

function bassNote(accent: Accent, { plan, bar, ringSeconds }: Place): Note {
  const root = voicedNear([chordOfDegree(plan.key, bar.chordDegree)[0]!], 40)[0]!;
  return {
    instrument: 'bass',
    startSeconds: strokeStart(accent),
    durationSeconds: ringSeconds,
    pitch: root,
    velocity: 0.8 * velocityOf(accent),
  };
}

/** Up and down through the chord's tones, an octave above the hits. */
function arpeggioNote(accent: Accent, { plan, bar, index, ringSeconds }: Place): Note {
  const tones = voicedNear(chordOfDegree(plan.key, bar.chordDegree, 4), 72);
  const wave = [0, 1, 2, 3, 2, 1];
  return {
    instrument: plan.band.hits,
    startSeconds: strokeStart(accent),
    durationSeconds: ringSeconds,
    pitch: tones[wave[index % wave.length]!]!,
    velocity: velocityOf(accent),
  };
}

/** Even a small accent must be heard as a stroke: half of the range is kept for it. */
function velocityOf(accent: Accent): number {
  return 0.5 + 0.5 * accent.strength;
}
