import { mapOutcome, type Outcome, ok, type Skipped, skipped } from '../core/outcome.js';
import { lengthOf, type Waveform } from '../core/waveform.js';
import { kWeightedPowers, loudnessChannelWeights, lowestKWeightingRateHz } from './k-weighting.js';
import { firstNonFinite } from './mono.js';

/** Blocks at or below this loudness count as silence (BS.1770-4, absolute gate). */
export const absoluteGateLufs = -70;

const relativeGateLu = -10;
const blockSeconds = 0.4;
const blockHopSeconds = 0.1;
const shortTermSeconds = 3;

/** Integrated loudness, with what the gates did. */
export interface GatedLoudness {
  readonly lufs: number;
  /** All 400 ms blocks, those above the absolute gate, and those of them above the relative one. */
  readonly blocks: number;
  readonly aboveAbsoluteGate: number;
  readonly aboveRelativeGate: number;
  readonly relativeGateLufs: number;
}

/**
 * Integrated loudness in LUFS by ITU-R BS.1770-4: 400 ms blocks every 100 ms, absolute gate at -70 LUFS, relative gate
 * 10 LU below the mean of what passed it. Mono counts as one channel, 3 LU below the same sound on two.
 * Skipped: shorter than 400 ms, no block above the absolute gate, NaN or infinite samples, more than 6 channels.
 */
export function integratedLoudness(waveform: Waveform): Outcome<number> {
  return mapOutcome(gatedLoudness(waveform), ({ lufs }) => lufs);
}

/** `integratedLoudness` with the gates' counts; skipped as it is. */
export function gatedLoudness(waveform: Waveform): Outcome<GatedLoudness> {
  const refusal = whyUnmeasurable(waveform);
  if (refusal !== undefined) return refusal;
  const blocks = kWeightedPowers(waveform, loudnessWindows(waveform, { hopSeconds: blockHopSeconds }));
  const heard = blocks.filter((power) => lufsFromPower(power) > absoluteGateLufs);
  if (heard.length === 0) return skipped(`silence: no 400 ms block is louder than ${absoluteGateLufs} LUFS`);
  const relativeGateLufs = lufsFromPower(mean(heard)) + relativeGateLu;
  const loud = heard.filter((power) => lufsFromPower(power) > relativeGateLufs);
  return ok({
    lufs: lufsFromPower(mean(loud)),
    blocks: blocks.length,
    aboveAbsoluteGate: heard.length,
    aboveRelativeGate: loud.length,
    relativeGateLufs,
  });
}

/**
 * Momentary loudness in LUFS (EBU Tech 3341): value k belongs to the 400 ms from `k * hopSeconds` on; ungated, but no value
 * is below -70, so that digital silence is a number too. Skipped as `integratedLoudness` is, except for silence.
 */
export function momentaryLoudness(
  waveform: Waveform,
  { hopSeconds }: { readonly hopSeconds: number },
): Outcome<Float64Array> {
  if (!(hopSeconds * waveform.sampleRateHz >= 1))
    throw new RangeError(`a hop is at least one sample, got ${hopSeconds} s`);
  const refusal = whyUnmeasurable(waveform);
  if (refusal !== undefined) return refusal;
  return ok(windowLoudness(waveform, { hopSeconds }));
}

/**
 * Short-term loudness in LUFS (EBU Tech 3341): value k belongs to the 3 s from `k * 100 ms` on; otherwise as
 * `momentaryLoudness`. Skipped also where the sound is shorter than 3 s.
 */
export function shortTermLoudness(waveform: Waveform): Outcome<Float64Array> {
  const refusal = whyUnmeasurable(waveform);
  if (refusal !== undefined) return refusal;
  if (lengthOf(waveform) < Math.round(shortTermSeconds * waveform.sampleRateHz)) {
    return skipped(`shorter than the ${shortTermSeconds} s that short-term loudness needs`);
  }
  return ok(windowLoudness(waveform, { hopSeconds: blockHopSeconds, windowSeconds: shortTermSeconds }));
}

function windowLoudness(waveform: Waveform, windows: WindowLengths): Float64Array {
  const powers = kWeightedPowers(waveform, loudnessWindows(waveform, windows));
  return powers.map((power) => Math.max(absoluteGateLufs, lufsFromPower(power)));
}

/** The factor that brings the waveform to `targetLufs`; skipped as `integratedLoudness` is. */
export function gainToLoudness(waveform: Waveform, targetLufs: number): Outcome<number> {
  return mapOutcome(integratedLoudness(waveform), (lufs) => 10 ** ((targetLufs - lufs) / 20));
}

/**
 * A copy of the waveform at `targetLufs`. Samples are scaled and nothing else: they may pass full scale, which float
 * samples can hold. Skipped as `integratedLoudness` is.
 */
export function matchLoudness(waveform: Waveform, targetLufs: number): Outcome<Waveform> {
  return mapOutcome(gainToLoudness(waveform, targetLufs), (gain) => ({
    sampleRateHz: waveform.sampleRateHz,
    channels: waveform.channels.map((samples) => samples.map((value) => value * gain)),
  }));
}

/** Why sound has no loudness by BS.1770-4, apart from silence; undefined where it has one. */
function whyUnmeasurable(waveform: Waveform): Skipped | undefined {
  const { sampleRateHz, channels } = waveform;
  if (loudnessChannelWeights(channels.length) === undefined) {
    return skipped(`loudness is defined for 1 to 6 channels, got ${channels.length}`);
  }
  if (sampleRateHz < lowestKWeightingRateHz) {
    return skipped(`loudness needs ${lowestKWeightingRateHz} Hz or more, got ${sampleRateHz} Hz`);
  }
  if (lengthOf(waveform) < blockSamples(sampleRateHz)) {
    return skipped(`shorter than the 400 ms that loudness needs: ${lengthOf(waveform)} samples at ${sampleRateHz} Hz`);
  }
  const broken = firstNonFinite(waveform);
  if (broken === undefined) return undefined;
  return skipped(`not a finite number: sample ${broken.sample} of channel ${broken.channel}`);
}

interface WindowLengths {
  readonly hopSeconds: number;
  readonly windowSeconds?: number;
}

/** All whole windows, of 400 ms if not said, with starts at the sample nearest to each multiple of the hop. */
function loudnessWindows(
  waveform: Waveform,
  { hopSeconds, windowSeconds = blockSeconds }: WindowLengths,
): { starts: number[]; windowSamples: number } {
  const windowSamples = Math.round(windowSeconds * waveform.sampleRateHz);
  const hopSamples = hopSeconds * waveform.sampleRateHz;
  const lastStart = lengthOf(waveform) - windowSamples;
  const starts: number[] = [];
  for (let window = 0; Math.round(window * hopSamples) <= lastStart; window++)
    starts.push(Math.round(window * hopSamples));
  return { starts, windowSamples };
}

function blockSamples(sampleRateHz: number): number {
  return Math.round(blockSeconds * sampleRateHz);
}

/** LUFS of a K-weighted power; -0.691 cancels the K filter's gain at 997 Hz. */
function lufsFromPower(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
