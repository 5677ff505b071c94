import { decayPerSample, hzOfPitch } from './exact-math.js';
import type { Voice } from './voice.js';

/**
 * A plucked string: a burst of noise goes round a delay line that loses its highs first.
 * Karplus and Strong, Computer Music Journal 7(2), 1983; allpass tuning by Jaffe and Smith in the same issue.
 */
export const pluckedStrings: Voice = (note, { sampleRateHz, rng }) => {
  const period = sampleRateHz / hzOfPitch(note.pitch);
  const smoothing = 0.5 - 0.25 * note.velocity;
  const line = pluck(Math.max(2, Math.floor(period - smoothing - 0.1)), note.velocity, rng.next);
  const rest = period - smoothing - line.length;
  const allpass = (1 - rest) / (1 + rest);
  const ringing = decayPerSample(3.2, sampleRateHz);
  const samples = new Float32Array(Math.floor((note.durationSeconds + 0.25) * sampleRateHz));
  const heldSamples = note.durationSeconds * sampleRateHz;
  const damping = decayPerSample(0.3, sampleRateHz);
  let [position, previous, passIn, passOut, level] = [0, 0, 0, 0, 1];
  for (let index = 0; index < samples.length; index++) {
    const now = line[position]!;
    const smooth = now + smoothing * (previous - now);
    passOut = allpass * (smooth - passOut) + passIn;
    passIn = smooth;
    previous = now;
    line[position] = passOut * ringing;
    position = position + 1 === line.length ? 0 : position + 1;
    if (index > heldSamples) level *= damping;
    samples[index] = level * now;
    level *= ringing;
  }
  return samples;
};

/** Noise without its mean, the brighter the harder the stroke; a mean would ring as a shift of the whole sound. */
function pluck(length: number, velocity: number, random: () => number): Float64Array {
  const line = new Float64Array(length);
  const softness = 0.75 - 0.6 * velocity;
  let low = 0;
  let sum = 0;
  for (let index = 0; index < length; index++) {
    low = softness * low + (1 - softness) * (2 * random() - 1);
    line[index] = low;
    sum += low;
  }
  let energy = 0;
  for (let index = 0; index < length; index++) {
    line[index] = line[index]! - sum / length;
    energy += line[index]! * line[index]!;
  }
  const scale = (0.45 * velocity) / Math.sqrt(energy / length + 1e-12);
  return line.map((sample) => sample * scale);
}
