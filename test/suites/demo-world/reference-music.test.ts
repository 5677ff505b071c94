import { describe, expect, it } from 'vitest';
import { annotationsOf } from '../../../src/suites/demo-world/annotations.js';
import { meterOf } from '../../../src/suites/demo-world/meter.js';
import { referencePiece } from '../../../src/suites/demo-world/reference-music.js';
import { testScripts } from './demo-clips.js';

const drums = ['kick', 'snare', 'hat', 'cymbal'];

function meanPitch(valence: number): number {
  const script = { ...testScripts[0]!, valence };
  const pitches = referencePiece(script)
    .notes.filter((note) => !drums.includes(note.instrument))
    .map((note) => note.pitch);
  return pitches.reduce((sum, pitch) => sum + pitch, 0) / pitches.length;
}

describe('referencePiece', () => {
  it.each(testScripts)('starts a note on every cut and hit of $id', (script) => {
    const starts = new Set(referencePiece(script).notes.map((note) => note.startSeconds));
    expect([...script.cutSeconds, ...script.hitSeconds].filter((seconds) => !starts.has(seconds))).toEqual([]);
  });

  it('plays within the clip, at velocities of 0 to 1', () => {
    for (const script of testScripts) {
      const { durationSeconds, notes } = referencePiece(script);
      expect(durationSeconds).toBe(script.durationSeconds);
      expect(notes.filter((note) => note.startSeconds < 0 || note.startSeconds >= durationSeconds)).toEqual([]);
      expect(notes.filter((note) => !(note.velocity > 0 && note.velocity <= 1 && note.durationSeconds > 0))).toEqual(
        [],
      );
    }
  });

  it('lies lower when the mood is dark', () => {
    expect(meanPitch(-0.9)).toBeLessThan(meanPitch(0.9) - 3);
  });
});

describe('meterOf', () => {
  it('finds the tempo whose bars begin at the cuts and whose beats are the hits', () => {
    const found = meterOf({
      ...testScripts[0]!,
      durationSeconds: 12,
      cutSeconds: [5.8333],
      hitSeconds: [1.1667, 1.75, 7],
    });
    expect(found.beatLengthSeconds).toBeCloseTo(7 / 12, 10);
    expect(found.sections.map((section) => section.startSeconds)).toEqual([0, 5.8333]);
  });

  it('prefers faster beats for excitement when nothing else decides', () => {
    const still = { ...testScripts[0]!, cutSeconds: [], hitSeconds: [] };
    const calm = meterOf({ ...still, arousal: -1 }).beatLengthSeconds;
    expect(meterOf({ ...still, arousal: 1 }).beatLengthSeconds).toBeLessThan(calm);
  });
});

describe('annotationsOf', () => {
  it('tells beats in order, cuts among them, and the mood', () => {
    for (const script of testScripts) {
      const { beatSeconds, cutSeconds, valence, arousal } = annotationsOf(script);
      expect([...beatSeconds].sort((a, b) => a - b)).toEqual(beatSeconds);
      expect(cutSeconds.every((cut) => beatSeconds.includes(cut))).toBe(true);
      expect(beatSeconds.at(-1)).toBeLessThan(script.durationSeconds);
      expect([valence, arousal]).toEqual([script.valence, script.arousal]);
    }
  });
});
