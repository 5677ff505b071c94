import { describe, expect, it } from 'vitest';
import { hzOfPitch } from '../../src/music/exact-math.js';
import { orchestra } from '../../src/music/orchestra.js';
import type { Instrument, Note, Piece } from '../../src/music/piece.js';
import { renderPiece } from '../../src/music/render.js';

const options = { sampleRateHz: 32000, seed: 7 };
const instruments = Object.keys(orchestra) as Instrument[];
const pitched = instruments.filter((instrument) => !['kick', 'snare', 'hat', 'cymbal'].includes(instrument));

function note(instrument: Instrument, changes: Partial<Note> = {}): Note {
  return { instrument, startSeconds: 0.1, durationSeconds: 0.8, pitch: 62, velocity: 0.8, ...changes };
}

function piece(...notes: readonly Note[]): Piece {
  return { durationSeconds: 1.5, notes, reverb: 0.3 };
}

function left(made: Piece, changes: Partial<typeof options> = {}): Float32Array {
  return renderPiece(made, { ...options, ...changes }).channels[0]!;
}

function energy(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0);
}

/** Energy at one frequency, by its two quadrature sums. */
function energyAt(samples: Float32Array, hz: number): number {
  let [sine, cosine] = [0, 0];
  samples.forEach((sample, index) => {
    const angle = (2 * Math.PI * hz * index) / options.sampleRateHz;
    sine += sample * Math.sin(angle);
    cosine += sample * Math.cos(angle);
  });
  return sine * sine + cosine * cosine;
}

describe('renderPiece', () => {
  it('is stereo and as long as the piece', () => {
    const sound = renderPiece({ durationSeconds: 1.23, notes: [], reverb: 0 }, { sampleRateHz: 22050, seed: 1 });
    expect(sound.sampleRateHz).toBe(22050);
    expect(sound.channels.map((channel) => channel.length)).toEqual([27122, 27122]);
    expect(energy(sound.channels[0]!)).toBe(0);
  });

  it.each(instruments)('lets %s be heard after its start and not before', (instrument) => {
    const samples = left(piece(note(instrument)));
    expect(energy(samples.subarray(0, 3199))).toBe(0);
    expect(energy(samples.subarray(3200))).toBeGreaterThan(1);
    expect(samples.every(Number.isFinite)).toBe(true);
  });

  it.each(pitched)('plays %s in tune', (instrument) => {
    const samples = left({ ...piece(note(instrument)), reverb: 0 });
    const [flat, right, sharp] = [61, 62, 63].map((pitch) => energyAt(samples, hzOfPitch(pitch)));
    expect(right).toBeGreaterThan(4 * Math.max(flat!, sharp!));
  });

  it.each(instruments)('plays %s louder with more velocity', (instrument) => {
    const soft = energy(left(piece(note(instrument, { velocity: 0.3 }))));
    expect(energy(left(piece(note(instrument, { velocity: 0.9 }))))).toBeGreaterThan(2 * soft);
  });

  it('never clips, however much is played at once', () => {
    const crowd = instruments.flatMap((instrument) =>
      Array.from({ length: 8 }, () => note(instrument, { velocity: 1 })),
    );
    const samples = left(piece(...crowd));
    expect(samples.every((sample) => Math.abs(sample) < 0.9)).toBe(true);
    expect(energy(samples)).toBeGreaterThan(100);
  });

  it('gives the same samples for the same seed and others for another', () => {
    const drums = piece(note('snare'));
    expect(left(drums)).toEqual(left(drums));
    expect(left(drums, { seed: 8 })).not.toEqual(left(drums));
  });

  it('plays an early note from its middle and leaves out what begins after the end', () => {
    expect(energy(left(piece(note('flute', { startSeconds: -0.4 }))))).toBeGreaterThan(1);
    expect(energy(left(piece(note('flute', { startSeconds: 2 }))))).toBe(0);
  });

  it('refuses a note that is not finite, naming it', () => {
    expect(() => left(piece(note('piano'), note('flute', { pitch: Number.NaN })))).toThrow(/note 1 \(flute\)/);
  });
});
