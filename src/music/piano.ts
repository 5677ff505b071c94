import { cosineOfTurns, decayPerSample, hzOfPitch, sineOfTurns } from './exact-math.js';
import type { Voice } from './voice.js';

const partialCount = 9;
/** Stretch of the partials by the stiffness of the string: f_n = n f (1 + B n^2)^0.5 (Fletcher and Rossing, 12.3). */
const stiffness = 0.0004;

/** A struck string: stretched partials, each with its own decay, the higher the sooner gone, and a knock of the hammer. */
export const piano: Voice = (note, { sampleRateHz, rng }) => {
  const fundamentalHz = hzOfPitch(note.pitch);
  const samples = new Float32Array(Math.floor((note.durationSeconds + 0.2) * sampleRateHz));
  for (let partial = 1; partial <= partialCount; partial++) {
    const frequencyHz = fundamentalHz * partial * Math.sqrt(1 + stiffness * partial * partial);
    if (frequencyHz > 0.45 * sampleRateHz) break;
    const brightness = 0.25 + 0.45 * note.velocity;
    const amplitude = note.velocity * 0.55 * powerOf(brightness, partial - 1);
    const seconds = Math.max(0.25, (5 * 261) / (fundamentalHz + 180) / (1 + 0.35 * (partial - 1)));
    addDecayingSine(samples, { amplitude, frequencyHz, seconds, sampleRateHz });
  }
  addKnock(samples, note.velocity, { sampleRateHz, rng });
  release(samples, note.durationSeconds * sampleRateHz, sampleRateHz);
  return samples;
};

/** y[n] = 2 r cos(w) y[n-1] - r^2 y[n-2]: a sine whose every sample is `r` of what it was. */
function addDecayingSine(
  samples: Float32Array,
  tone: { amplitude: number; frequencyHz: number; seconds: number; sampleRateHz: number },
): void {
  const factor = decayPerSample(tone.seconds, tone.sampleRateHz);
  const turns = tone.frequencyHz / tone.sampleRateHz;
  const back1 = 2 * factor * cosineOfTurns(turns);
  const back2 = factor * factor;
  let before = 0;
  let now = tone.amplitude * factor * sineOfTurns(turns);
  for (let index = 1; index < samples.length; index++) {
    samples[index] = samples[index]! + now;
    const next = back1 * now - back2 * before;
    before = now;
    now = next;
  }
}

function addKnock(samples: Float32Array, velocity: number, { sampleRateHz, rng }: Parameters<Voice>[1]): void {
  const fade = decayPerSample(0.03, sampleRateHz);
  let level = 0.12 * velocity;
  let low = 0;
  for (let index = 0; index < samples.length && level > 1e-5; index++) {
    low += 0.3 * (2 * rng.next() - 1 - low);
    samples[index] = samples[index]! + level * low;
    level *= fade;
  }
}

/** The damper falls on the string. */
function release(samples: Float32Array, fromIndex: number, sampleRateHz: number): void {
  const fade = decayPerSample(0.18, sampleRateHz);
  let level = 1;
  for (let index = Math.floor(fromIndex); index < samples.length; index++) {
    samples[index] = samples[index]! * level;
    level *= fade;
  }
}

function powerOf(base: number, exponent: number): number {
  let product = 1;
  for (let step = 0; step < exponent; step++) product *= base;
  return product;
}
