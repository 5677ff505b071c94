import { describe, expect, it } from 'vitest';
import { compose } from '../../../src/baselines/composer/compose.js';
import { planMusic } from '../../../src/baselines/composer/plan-music.js';
import { seededRng } from '../../../src/core/rng.js';
import type { Note } from '../../../src/music/piece.js';
import { profileOf, sparse } from './profiles.js';

function notesFor(difference: readonly number[], cutFrames: readonly number[] = []): readonly Note[] {
  const cuts = Object.fromEntries(cutFrames.map((frame) => [frame, 0.5]));
  const profile = profileOf(difference, {
    colourDifference: Float64Array.from(sparse(difference.length, cuts)),
    histogramChange: Float64Array.from(sparse(difference.length, cuts)),
  });
  return compose(planMusic(profile, { durationSeconds: difference.length / 25, rng: seededRng(1) })).notes;
}

const isDrum = ({ instrument }: Note): boolean => ['kick', 'snare', 'hat', 'cymbal'].includes(instrument);

describe('compose', () => {
  it('marks a cut with drums, bass and a chord, 20 ms ahead', () => {
    const struck = notesFor(sparse(200, { 100: 0.3 }), [100]).filter(
      ({ startSeconds }) => Math.abs(startSeconds - 3.98) < 1e-9,
    );
    expect(struck.map(({ instrument }) => instrument).sort()).toEqual([
      'bass',
      'cymbal',
      'kick',
      'piano',
      'piano',
      'piano',
    ]);
  });

  it('marks a small movement with a softer single note', () => {
    const notes = notesFor(sparse(200, { 50: 0.3, 150: 0.05 }));
    const small = notes.filter(({ startSeconds }) => Math.abs(startSeconds - 5.98) < 1e-9);
    expect(small.map(({ instrument }) => instrument)).toEqual(['piano']);
    const large = notes.filter((note) => isDrum(note) && Math.abs(note.startSeconds - 1.98) < 1e-9);
    expect(small[0]!.velocity).toBeLessThan(large[0]!.velocity);
  });

  it('plays no drum where nothing happens, and at most one pulse a bar', () => {
    const notes = notesFor(sparse(500, {}));
    expect(notes.filter(isDrum)).toEqual([]);
    expect(notes.filter(({ instrument }) => instrument === 'bass').length).toBeLessThanOrEqual(8);
  });

  it('keeps the time on every beat where steady motion gives no accent', () => {
    const bass = notesFor(new Array(500).fill(0.05)).filter(({ instrument }) => instrument === 'bass');
    const gaps = bass.slice(1).map((note, index) => note.startSeconds - bass[index]!.startSeconds);
    expect(gaps.length).toBeGreaterThan(20);
    expect(Math.max(...gaps)).toBeLessThan(0.75);
  });

  it('holds a chord at every moment', () => {
    const bed = notesFor(sparse(500, { 60: 0.2, 130: 0.3, 333: 0.1 })).filter(({ instrument }) => instrument === 'pad');
    for (let time = 0; time < 20; time += 0.1) {
      const held = bed.filter((note) => note.startSeconds <= time && time < note.startSeconds + note.durationSeconds);
      expect(held.length, `at ${time.toFixed(1)} s`).toBeGreaterThanOrEqual(3);
    }
  });
});
