import type { FeatureMatrix, FeatureNeed } from '../../src/core/features.js';
import { type Rng, seededRng } from '../../src/core/rng.js';

/** How the features of one made-up clip come about. */
export interface MadeClip {
  readonly clip: number;
  /** Music: how far it is from what the clip's reference, pictures and words have in common. */
  readonly noise: number;
  readonly windows?: number;
  /** Tells two pieces for the same clip apart. */
  readonly take?: string;
}

const durationSeconds = 12;

/** Values between 0 and 5 that are high at the events. */
const curve = (events: readonly number[]): number[][] =>
  Array.from({ length: durationSeconds * 10 }, (_, index) => {
    const time = index / 10;
    const nearest = Math.min(...events.map((event) => Math.abs(event - time)));
    return [time, Math.max(0, 5 - 20 * nearest)];
  });
const eventRows = (events: readonly number[]): number[][] => events.map((time) => [time, durationSeconds]);
const wide =
  (width: number) =>
  (_: readonly number[], made: MadeClip): number[][] =>
    vectors(made, width);

/** Outputs of a form of their own; all others are rows of positive numbers. */
const makers: Readonly<Record<string, (events: readonly number[], clip: MadeClip) => number[][]>> = {
  ...{ onsets: eventRows, beats: eventRows, cuts: eventRows },
  ...{ curve, valence: curve, arousal: curve },
  ...{ 'd2m-gan': secondsWithEvents, loris: secondsWithEvents },
  ...{ chroma: wide(12), levels: wide(64) },
  value: (_, { clip, noise }) => [[0.1 + 0.8 * noise + 0.001 * clip]],
  // Key, frame, samples of the sound, number of the sound.
  landmarks: (events, { clip }) =>
    events.map((time, index) => [1000 * clip + index, Math.round(100 * time), 8000 * durationSeconds, 0]),
};

/** Whether good music can be told from bad by the made-up features. */
export function isKnownOutput({ output }: FeatureNeed): boolean {
  return (
    ['onsets', 'curve'].includes(output) || ['embedding', 'penultimate', 'features', 'tags', 'logits'].includes(output)
  );
}

/**
 * Features of a clip in the form that the need asks for. Without noise they are the same for all sources, so metrics that hold
 * music against anything of its clip find it perfect; with noise they drift to another clip's.
 */
export function featuresFor(need: FeatureNeed, made: MadeClip): FeatureMatrix {
  const own = seededRng('events', made.clip);
  const others = seededRng('events', `other-${made.clip}-${made.take ?? ''}`);
  const make = makers[need.output];
  // Tags are known by their place, and read over time.
  const isTags = need.encoder.startsWith('musicnn') && need.output === 'tags';
  const rows =
    make === undefined
      ? vectors({ windows: isTags ? 12 : 3, ...made }, isTags ? 50 : 6)
      : make(eventsOf(made.noise > 0.5 ? others : own), made);
  return { rows: rows.length, columns: rows[0]?.length ?? 1, data: Float32Array.from(rows.flat()) };
}

function secondsWithEvents(events: readonly number[]): number[][] {
  return Array.from({ length: durationSeconds }, (_, second) => [
    events.some((time) => Math.floor(time) === second) ? 1 : 0,
  ]);
}

function eventsOf(rng: Rng): number[] {
  const events: number[] = [];
  for (let time = 0.4; time < durationSeconds - 0.4; time += 0.5 + 0.9 * rng.next()) events.push(time);
  return events.map((time) => Math.round(time * 10) / 10);
}

function vectors({ clip, noise, windows = 3, take = '' }: MadeClip, columns: number): number[][] {
  const rng = seededRng('centre', clip);
  const drift = seededRng('drift', clip, take);
  // One sharp peak a clip on a common base: clips differ in direction, not in length alone.
  const centre = Array.from({ length: columns }, (_, column) => 0.5 + rng.next() + (column === clip % columns ? 2 : 0));
  const other = centre.map(() => 3 + 2 * drift.next());
  return Array.from({ length: windows }, () =>
    centre.map((value, column) =>
      Math.abs((1 - Math.min(1, noise)) * value + noise * (other[column] as number) + 0.02 * drift.normal()),
    ),
  );
}
