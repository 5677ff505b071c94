import { seededRng } from '../../src/core/rng.js';
import { landmarkRateHz } from '../../src/dsp/landmarks.js';

/** Mono sound at 8 kHz: four decaying tones every quarter of a second, other ones for each label. */
export function chords(label: string, seconds: number): Float32Array {
  const rng = seededRng('music', label);
  const samples = new Float32Array(seconds * landmarkRateHz);
  for (let start = 0; start < samples.length; start += landmarkRateHz / 4) {
    for (let voice = 0; voice < 4; voice++) {
      const step = (2 * Math.PI * 110 * 2 ** ((12 + rng.integer(36)) / 12)) / landmarkRateHz;
      const level = 0.05 + 0.1 * rng.next();
      for (let at = start; at < Math.min(samples.length, start + landmarkRateHz); at++)
        samples[at] = samples[at]! + level * Math.sin(step * at) * Math.exp((-6 * (at - start)) / landmarkRateHz);
    }
  }
  return samples;
}
