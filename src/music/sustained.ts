import type { Rng } from '../core/rng.js';
import { exp2, hzOfPitch, sineOfTurns } from './exact-math.js';
import { readTable, type WaveTable, waveTable } from './oscillator.js';
import type { Note } from './piece.js';
import type { Voice, VoiceContext } from './voice.js';

/** What tells one held instrument from another. */
interface Timbre {
  /** Amplitude of each harmonic, the fundamental being 1. */
  readonly amplitudeOf: (harmonic: number) => number;
  readonly maxHarmonics: number;
  /** One oscillator for each, apart by so many cents. */
  readonly detuneCents: readonly number[];
  readonly attackSeconds: number;
  readonly releaseSeconds: number;
  /** Level that the note falls to while held, and the time in which it falls. */
  readonly sustain: number;
  readonly decaySeconds: number;
  readonly vibratoHz: number;
  readonly vibratoCents: number;
  /** Corner of the low-pass in multiples of the fundamental, at the stroke and while held. */
  readonly openAtStart: number;
  readonly openHeld: number;
  /** Level of breath or bow noise. */
  readonly noise: number;
  readonly gain: number;
}

/** Control values (envelope, vibrato, filter) are computed once a block and the envelope is drawn straight between. */
const blockSamples = 32;

/** What one cent adds to a frequency ratio of 1: ln(2) / 1200, good to 0.1 % for vibrato's few cents. */
const ratioOfCent = Math.LN2 / 1200;

/** A voice of detuned wave tables through a low-pass, with vibrato that sets in after the stroke. */
function sustained(timbre: Timbre): Voice {
  return (note, context) => {
    const samples = new Float32Array(Math.floor((note.durationSeconds + timbre.releaseSeconds) * context.sampleRateHz));
    const tone = startTone(timbre, note, context);
    for (let from = 0; from < samples.length; from += blockSamples) tone(samples, from);
    return samples;
  };
}

function startTone(
  timbre: Timbre,
  note: Note,
  { sampleRateHz, rng }: VoiceContext,
): (out: Float32Array, from: number) => void {
  const frequencyHz = hzOfPitch(note.pitch);
  const table = waveTable(timbre.amplitudeOf, { frequencyHz, sampleRateHz, maxHarmonics: timbre.maxHarmonics });
  const steps = timbre.detuneCents.map((cents) => (frequencyHz * exp2(cents / 1200)) / sampleRateHz);
  const phases = steps.map(() => rng.next());
  const gain = (timbre.gain * note.velocity) / steps.length;
  const sums = new Float64Array(blockSamples);
  let [low, lower, level] = [0, 0, 0];
  return (out, from) => {
    const seconds = from / sampleRateHz;
    const bend = 1 + vibratoAt(timbre, seconds) * ratioOfCent;
    const share = lowPassShare(timbre, frequencyHz, { seconds, sampleRateHz, velocity: note.velocity });
    const end = Math.min(out.length, from + blockSamples);
    const target = gain * envelopeAt(timbre, note.durationSeconds, (from + blockSamples) / sampleRateHz);
    const slope = (target - level) / blockSamples;
    if (timbre.noise === 0) sums.fill(0);
    else fillWithNoise(sums, timbre.noise, rng);
    for (let voice = 0; voice < steps.length; voice++) {
      phases[voice] = addOscillator(sums, table, phases[voice]!, steps[voice]! * bend);
    }
    // Kept in locals inside the loop: captured variables are slower by a factor.
    let [first, second, loudness] = [low, lower, level];
    for (let index = from; index < end; index++) {
      first += share * (sums[index - from]! - first);
      second += share * (first - second);
      loudness += slope;
      out[index] = loudness * second;
    }
    [low, lower, level] = [first, second, loudness];
  };
}

/** Adds one oscillator to a block, `step` turns a sample, and gives the phase at its end. */
function addOscillator(sums: Float64Array, table: WaveTable, startPhase: number, step: number): number {
  let phase = startPhase;
  for (let index = 0; index < sums.length; index++) {
    sums[index] = sums[index]! + readTable(table, phase);
    phase += step;
    if (phase >= 1) phase -= 1;
  }
  return phase;
}

function fillWithNoise(sums: Float64Array, level: number, rng: Rng): void {
  for (let index = 0; index < sums.length; index++) sums[index] = level * (2 * rng.next() - 1);
}

/** Cents of vibrato; it grows over the first 0.4 s. */
function vibratoAt(timbre: Timbre, seconds: number): number {
  if (timbre.vibratoCents === 0) return 0;
  return timbre.vibratoCents * Math.min(1, seconds / 0.4) * sineOfTurns(timbre.vibratoHz * seconds);
}

function lowPassShare(
  timbre: Timbre,
  frequencyHz: number,
  { seconds, sampleRateHz, velocity }: { seconds: number; sampleRateHz: number; velocity: number },
): number {
  const fallen = Math.min(1, seconds / timbre.decaySeconds);
  const open = timbre.openAtStart + fallen * (timbre.openHeld - timbre.openAtStart);
  const cornerHz = Math.min(0.4 * sampleRateHz, frequencyHz * open * (0.4 + 0.6 * velocity));
  const radians = (2 * Math.PI * cornerHz) / sampleRateHz;
  return radians / (1 + radians);
}

/** Attack, decay, sustain and release in straight lines, 0 to 1. */
function envelopeAt(timbre: Timbre, heldSeconds: number, seconds: number): number {
  const held = Math.min(seconds, heldSeconds);
  const rise = Math.min(1, held / timbre.attackSeconds);
  const fall = Math.max(0, Math.min(1, (held - timbre.attackSeconds) / timbre.decaySeconds));
  const release = Math.max(0, 1 - Math.max(0, seconds - heldSeconds) / timbre.releaseSeconds);
  return rise * (1 - fall * (1 - timbre.sustain)) * release;
}

export const bass: Voice = sustained({
  amplitudeOf: (harmonic) => 1 / harmonic,
  maxHarmonics: 24,
  detuneCents: [0],
  attackSeconds: 0.006,
  releaseSeconds: 0.08,
  sustain: 0.55,
  decaySeconds: 0.3,
  vibratoHz: 0,
  vibratoCents: 0,
  openAtStart: 12,
  openHeld: 4,
  noise: 0,
  gain: 0.8,
});

export const bowedStrings: Voice = sustained({
  amplitudeOf: (harmonic) => 1 / harmonic,
  maxHarmonics: 30,
  detuneCents: [-7, 1, 8],
  attackSeconds: 0.09,
  releaseSeconds: 0.25,
  sustain: 0.85,
  decaySeconds: 0.5,
  vibratoHz: 5.4,
  vibratoCents: 11,
  openAtStart: 9,
  openHeld: 7,
  noise: 0.03,
  gain: 0.9,
});

export const pad: Voice = sustained({
  amplitudeOf: (harmonic) => 1 / (harmonic * Math.sqrt(harmonic)),
  maxHarmonics: 16,
  detuneCents: [-9, 9],
  attackSeconds: 0.3,
  releaseSeconds: 0.6,
  sustain: 0.9,
  decaySeconds: 1,
  vibratoHz: 0.4,
  vibratoCents: 5,
  openAtStart: 5,
  openHeld: 4,
  noise: 0,
  gain: 0.8,
});

const fluteHarmonics = [1, 0.42, 0.16, 0.05, 0.02];

export const flute: Voice = sustained({
  amplitudeOf: (harmonic) => fluteHarmonics[harmonic - 1] ?? 0,
  maxHarmonics: 5,
  detuneCents: [0],
  attackSeconds: 0.06,
  releaseSeconds: 0.12,
  sustain: 0.9,
  decaySeconds: 0.3,
  vibratoHz: 5,
  vibratoCents: 14,
  openAtStart: 8,
  openHeld: 6,
  noise: 0.09,
  gain: 0.8,
});

export const synthLead: Voice = sustained({
  amplitudeOf: (harmonic) => (harmonic % 2 === 1 ? 1 / harmonic : 0.5 / harmonic),
  maxHarmonics: 40,
  detuneCents: [-6, 6],
  attackSeconds: 0.005,
  releaseSeconds: 0.1,
  sustain: 0.6,
  decaySeconds: 0.25,
  vibratoHz: 5.5,
  vibratoCents: 4,
  openAtStart: 24,
  openHeld: 12,
  noise: 0,
  gain: 0.8,
});
