import { failed, type Outcome, ok } from '../core/outcome.js';
import { type HearingEncoder, type Protocol, type SoundStep, soundStepsFor } from '../core/protocol.js';
import type { Waveform } from '../core/waveform.js';
import { gainToLoudness } from '../dsp/loudness.js';
import { firstNonFinite, toMono } from '../dsp/mono.js';
import { applySoundStep } from './apply-sound-step.js';

/** Raised when the preparation of sound changes; part of every feature's cache key. */
export const preparationVersion = 2;

/** What the preparation needs to know of the encoder that it is for. */
export interface PreparedFor extends HearingEncoder {
  readonly sampleRateHz: number;
}

/** One decoded sound, ready for any encoder: loudness is measured once, and each rate is resampled to once. */
export interface PreparedAudio {
  /** Mono samples at the encoder's rate. */
  forEncoder(encoder: PreparedFor): Float32Array;
  /** Every channel for an encoder that hears them apart, at its rate. */
  channelsFor(encoder: PreparedFor): readonly Float32Array[];
}

export interface PrepareOptions {
  readonly protocol: Pick<Protocol, 'sound' | 'soundOf'>;
  /** Silence that stands before a late start: time-local encoders keep it, the tagger must not hear it. */
  readonly leadingSilenceSeconds: number;
}

/**
 * Samples that are no numbers never reach an encoder, nor, where the protocol matches loudness, do silence and sound too short to have one: they
 * are the outcome itself, so that every metric gives the same reason.
 */
export function prepareAudio(waveform: Waveform, options: PrepareOptions): Outcome<PreparedAudio> {
  const broken = firstNonFinite(waveform);
  if (broken !== undefined) {
    const seconds = (broken.sample / waveform.sampleRateHz).toFixed(3);
    return failed(
      'non-finite-samples',
      `sample ${broken.sample} of channel ${broken.channel} (at ${seconds} s) is not a finite number`,
    );
  }
  const { protocol, leadingSilenceSeconds } = options;
  const leadSamples = Math.round(leadingSilenceSeconds * waveform.sampleRateHz);
  const applied = rememberSteps();
  const gain = loudnessGain(waveform, protocol.sound, applied);
  if (gain.status !== 'ok') return gain;
  const channelsFor = (encoder: PreparedFor): readonly Float32Array[] => {
    let sound: Sound = { ...waveform, leadSamples: encoder.loudnessMatched ? leadSamples : 0, gain: 1 };
    for (const step of soundStepsFor(protocol, encoder)) {
      if (step.step === 'match-loudness') sound = { ...sound, gain: gain.value };
      else sound = applied(sound, step, encoder.sampleRateHz);
    }
    return settled(sound).channels;
  };
  return ok({
    channelsFor,
    forEncoder: (encoder) => {
      const channels = channelsFor(encoder);
      return channels.length === 1 ? channels[0]! : toMono({ sampleRateHz: encoder.sampleRateHz, channels });
    },
  });
}

/** A sound on its way to an encoder. */
interface Sound extends Waveform {
  /** Still to be dropped from the start: loudness is measured with it. */
  readonly leadSamples: number;
  /** Still to be applied: at the end, so that encoders with and without it share the resampled sound. */
  readonly gain: number;
}

type OtherStep = Exclude<SoundStep, { step: 'match-loudness' }>;
type StepRunner = (sound: Sound, step: OtherStep, encoderRateHz: number) => Sound;

/** The gain that matches loudness where the protocol does; it stands before the resampling, so that it is one for all encoders. */
function loudnessGain(waveform: Waveform, steps: readonly SoundStep[], applied: StepRunner): Outcome<number> {
  let sound: Sound = { ...waveform, leadSamples: 0, gain: 1 };
  for (const step of steps) {
    if (step.step === 'match-loudness') return gainToLoudness(sound, step.lufs);
    if (step.step === 'resample') break;
    sound = applied(sound, step, waveform.sampleRateHz);
  }
  return ok(1);
}

/** Applies steps, and the same step to the same sound once. */
function rememberSteps(): StepRunner {
  const known = new WeakMap<readonly Float32Array[], Map<string, readonly Float32Array[]>>();
  return (sound, step, encoderRateHz) => {
    const resamples = step.step === 'resample';
    // Neither changes with a factor, which can wait; a lead is dropped before it is resampled.
    const before = step.step === 'channels' || resamples ? sound : settled(sound);
    const of = known.get(before.channels) ?? new Map<string, readonly Float32Array[]>();
    known.set(before.channels, of);
    const key = resamples ? JSON.stringify([step, encoderRateHz, before.leadSamples]) : JSON.stringify(step);
    const input = resamples ? before.channels.map((samples) => samples.subarray(before.leadSamples)) : before.channels;
    const toHz = (resamples ? step.toHz : undefined) ?? encoderRateHz;
    const rates = { fromHz: before.sampleRateHz, toHz };
    const channels = of.get(key) ?? applySoundStep(input, step, rates);
    of.set(key, channels);
    return resamples ? { ...before, channels, sampleRateHz: toHz, leadSamples: 0 } : { ...before, channels };
  };
}

/** With its lead dropped and its gain applied. */
function settled(sound: Sound): Sound {
  const { leadSamples, gain } = sound;
  if (leadSamples === 0 && gain === 1) return sound;
  const channels = sound.channels.map((samples) => scaled(samples.subarray(leadSamples), gain));
  return { ...sound, channels, leadSamples: 0, gain: 1 };
}

function scaled(samples: Float32Array, gain: number): Float32Array {
  const out = new Float32Array(samples.length);
  for (let index = 0; index < samples.length; index++) out[index] = samples[index]! * gain;
  return out;
}
