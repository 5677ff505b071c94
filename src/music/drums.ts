import { decayPerSample } from './exact-math.js';
import { readTable, type WaveTable, waveTable } from './oscillator.js';
import type { Voice } from './voice.js';

/** Bass drum: a sine that falls from 160 to 48 Hz, with a click of noise. */
export const kick: Voice = (note, { sampleRateHz, rng }) => {
  const samples = new Float32Array(Math.floor(0.45 * sampleRateHz));
  const fall = decayPerSample(0.16, sampleRateHz);
  const fade = decayPerSample(0.4, sampleRateHz);
  const clickFade = decayPerSample(0.012, sampleRateHz);
  const table = pureSine(sampleRateHz);
  let [phase, sweep, level, click] = [0, 1, note.velocity, 0.35 * note.velocity];
  for (let index = 0; index < samples.length; index++) {
    samples[index] = level * readTable(table, phase) + click * (2 * rng.next() - 1);
    phase = wrapped(phase + (48 + 112 * sweep) / sampleRateHz);
    sweep *= fall;
    level *= fade;
    click *= clickFade;
  }
  return samples;
};

/** Snare drum: noise without its lows, and a 190 Hz skin. */
export const snare: Voice = (note, { sampleRateHz, rng }) => {
  const samples = new Float32Array(Math.floor(0.28 * sampleRateHz));
  const noiseFade = decayPerSample(0.22, sampleRateHz);
  const skinFade = decayPerSample(0.14, sampleRateHz);
  const table = pureSine(sampleRateHz);
  const lowShare = shareBelow(900, sampleRateHz);
  let [phase, noise, skin, low] = [0, 0.7 * note.velocity, 0.5 * note.velocity, 0];
  for (let index = 0; index < samples.length; index++) {
    const white = 2 * rng.next() - 1;
    low += lowShare * (white - low);
    samples[index] = noise * (white - low) + skin * readTable(table, phase);
    phase = wrapped(phase + 190 / sampleRateHz);
    noise *= noiseFade;
    skin *= skinFade;
  }
  return samples;
};

/** Closed hi-hat: 60 ms of hiss. */
export const hat: Voice = (note, context) =>
  hiss(note.velocity, context, { seconds: 0.07, fadeSeconds: 0.06, attackSeconds: 0 });

/** Crash cymbal: hiss that rings for a second and a half. */
export const cymbal: Voice = (note, context) =>
  hiss(note.velocity, context, { seconds: 1.5, fadeSeconds: 1.6, attackSeconds: 0.002 });

function hiss(
  velocity: number,
  { sampleRateHz, rng }: Parameters<Voice>[1],
  { seconds, fadeSeconds, attackSeconds }: { seconds: number; fadeSeconds: number; attackSeconds: number },
): Float32Array {
  const samples = new Float32Array(Math.floor(seconds * sampleRateHz));
  const fade = decayPerSample(fadeSeconds, sampleRateHz);
  const lowShare = shareBelow(5000, sampleRateHz);
  const attack = 1 + attackSeconds * sampleRateHz;
  let [level, low, lower] = [velocity, 0, 0];
  for (let index = 0; index < samples.length; index++) {
    const white = 2 * rng.next() - 1;
    low += lowShare * (white - low);
    const high = white - low;
    lower += lowShare * (high - lower);
    samples[index] = level * (high - lower) * Math.min(1, (index + 1) / attack);
    level *= fade;
  }
  return samples;
}

/** Coefficient of a one-pole low-pass: w / (1 + w) with w the corner in radians a sample. */
function shareBelow(cornerHz: number, sampleRateHz: number): number {
  const radians = (2 * Math.PI * cornerHz) / sampleRateHz;
  return radians / (1 + radians);
}

function pureSine(sampleRateHz: number): WaveTable {
  return waveTable(() => 1, { frequencyHz: 48, sampleRateHz, maxHarmonics: 1 });
}

function wrapped(phase: number): number {
  return phase >= 1 ? phase - 1 : phase;
}
