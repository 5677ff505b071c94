import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { musicnnLogMel, musicnnPatches, musicnnPatchStarts } from '../../src/dsp/musicnn-log-mel.js';
import { expectAllClose } from '../helpers/all-close.js';
import { musicnnFixture, musicnnSignal, musicnnSignals } from '../helpers/musicnn-signals.js';
import { readNpy } from '../helpers/npy.js';

const golden = JSON.parse(readFileSync(musicnnFixture('golden.json'), 'utf8'));

describe('musicnnLogMel', () => {
  for (const name of musicnnSignals) {
    it(`agrees with the reference on ${name}`, () => {
      const samples = musicnnSignal(name);
      expectAllClose(samples.subarray(0, 8), golden.signals[name].first8, { atol: 1e-7 });
      const { shape, data } = readNpy<Float32Array>(musicnnFixture(`${name}.logmel.npy`));
      const logMel = musicnnLogMel(samples);
      expect([logMel.rows, logMel.columns]).toEqual(shape);
      expectAllClose(logMel.data, data, { atol: 1e-5 });
    });
  }

  it('is 0 for silence', () => {
    expect(musicnnLogMel(new Float32Array(1024)).data.every((value) => value === 0)).toBe(true);
  });

  it('refuses sound that is too short to reflect', () => {
    expect(() => musicnnLogMel(new Float32Array(256))).toThrow(/more than 256 samples/);
    expect(musicnnLogMel(new Float32Array(257)).rows).toBe(2);
  });
});

describe('musicnnPatchStarts', () => {
  it('starts a window each second, rounded to a frame', () => {
    expect(musicnnPatchStarts(626)).toEqual([0, 63, 125, 188, 250, 313, 375, 438]);
  });

  it('has D - 2 windows in D whole seconds', () => {
    for (let seconds = 3; seconds <= 60; seconds++) {
      expect(musicnnPatchStarts(1 + Math.floor(seconds * 62.5)).length).toBe(seconds - 2);
    }
  });

  it('has no window in fewer than 187 frames', () => {
    expect(musicnnPatchStarts(186)).toEqual([]);
    expect(musicnnPatchStarts(187)).toEqual([0]);
  });
});

describe('musicnnPatches', () => {
  it('cuts windows out of one log-mel', () => {
    const samples = musicnnSignal('chirp', 5 * 16000);
    const { data } = musicnnLogMel(samples);
    const patches = musicnnPatches(samples);
    if (patches.status !== 'ok') throw new Error(patches.status);
    expect(patches.value.length).toBe(3);
    [0, 63, 125].forEach((start, window) => {
      expect(patches.value[window]).toEqual(data.subarray(start * 96, (start + 187) * 96));
    });
  });

  it('skips sound of fewer than 187 frames and says how much it needs', () => {
    expect(musicnnPatches(new Float32Array(47615))).toEqual({
      status: 'skipped',
      reason: 'the sound lasts 2.97 s and MusicNN needs at least 2.98 s',
    });
    expect(musicnnPatches(new Float32Array(47616)).status).toBe('ok');
  });
});
