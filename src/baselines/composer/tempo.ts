import type { Accent } from './accents.js';

export interface BeatGrid {
  readonly tempoBpm: number;
  readonly beatSeconds: number;
  /** The first downbeat at or after time 0; bars are four beats. */
  readonly firstDownbeatSeconds: number;
}

export const beatsPerBar = 4;

const slowestBpm = 80;
const fastestBpm = 150;
/** Over 3.5 minutes a quarter of a beat a minute moves the last beat by less than one beat. */
const stepBpm = 0.25;

/** How much the expected tempo counts against the fit: enough to decide where accents do not, too little to overrule them. */
const priorWeight = 0.15;
const priorWidthBpm = 25;

/**
 * The tempo from 80 to 150 bpm whose beats and half beats fall on the accents best, and its phase. The fit is the length of
 * the weighted mean of the accents' directions on a circle of one beat (the resultant of directional statistics:
 * Mardia and Jupp, Directional Statistics, 2000, section 2.3.1); the direction of that mean is the phase.
 * Without accents `expectedBpm` decides.
 */
export function fitBeatGrid(accents: readonly Accent[], { expectedBpm }: { readonly expectedBpm: number }): BeatGrid {
  let best = { score: Number.NEGATIVE_INFINITY, bpm: expectedBpm };
  for (let bpm = slowestBpm; bpm <= fastestBpm; bpm += stepBpm) {
    const prior = Math.exp(-(((bpm - expectedBpm) / priorWidthBpm) ** 2) / 2);
    const score = (1 - priorWeight) * fitOf(accents, 60 / bpm) + priorWeight * prior;
    if (score > best.score) best = { score, bpm };
  }
  const beatSeconds = 60 / best.bpm;
  const phase = resultant(accents, beatSeconds).turns * beatSeconds;
  return { tempoBpm: best.bpm, beatSeconds, firstDownbeatSeconds: downbeat(accents, { beatSeconds, phase }) };
}

/** Slow for a calm video, fast for a busy one; `motionLevel` is the mean frame difference, 0 to 1. */
export function expectedTempo(motionLevel: number): number {
  const busyLevel = 0.06;
  return 84 + 48 * Math.min(1, motionLevel / busyLevel);
}

function fitOf(accents: readonly Accent[], beatSeconds: number): number {
  return (2 * resultant(accents, beatSeconds).length + resultant(accents, beatSeconds / 2).length) / 3;
}

function resultant(accents: readonly Accent[], periodSeconds: number): { length: number; turns: number } {
  let [x, y, weights] = [0, 0, 0];
  for (const accent of accents) {
    const weight = weightOf(accent);
    const angle = (2 * Math.PI * accent.timeSeconds) / periodSeconds;
    x += weight * Math.cos(angle);
    y += weight * Math.sin(angle);
    weights += weight;
  }
  if (weights === 0) return { length: 0, turns: 0 };
  const turns = Math.atan2(y, x) / (2 * Math.PI);
  return { length: Math.hypot(x, y) / weights, turns: turns - Math.floor(turns) };
}

function weightOf(accent: Accent): number {
  return accent.strength + (accent.isCut ? 1 : 0);
}

/** The rotation of the bar that puts the most weight on its first beat. */
function downbeat(
  accents: readonly Accent[],
  { beatSeconds, phase }: { readonly beatSeconds: number; readonly phase: number },
): number {
  const weights = new Array<number>(beatsPerBar).fill(0);
  for (const accent of accents) {
    const beat = (accent.timeSeconds - phase) / beatSeconds;
    const nearest = Math.round(beat);
    if (Math.abs(beat - nearest) > 0.15) continue;
    weights[((nearest % beatsPerBar) + beatsPerBar) % beatsPerBar]! += weightOf(accent);
  }
  return phase + weights.indexOf(Math.max(...weights)) * beatSeconds;
}
