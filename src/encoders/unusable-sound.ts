import { type Failed, failed, type Outcome, ok, type Skipped, skipped } from '../core/outcome.js';
import { firstNonFiniteIndex } from '../dsp/mono.js';

/** Why sound cannot be encoded at all: it is empty or has samples that are no numbers. Undefined where it can. */
export function unusableSound(mono: Float32Array): Skipped | Failed | undefined {
  if (mono.length === 0) return skipped('the sound is empty');
  const broken = firstNonFiniteIndex(mono);
  if (broken < 0) return undefined;
  return failed('non-finite-sound', `sample ${broken} of the sound is ${mono[broken]}`);
}

/** As `unusableSound`, and digital silence too: networks answer silence with confident nonsense. */
export function unusableOrSilentSound(mono: Float32Array): Skipped | Failed | undefined {
  const unusable = unusableSound(mono);
  if (unusable !== undefined) return unusable;
  return isSilent(mono) ? skipped('the sound is digital silence') : undefined;
}

/** An outcome of digital silence, which official tools embed like any sound, with a warning that says so. */
export function warnOfSilence<T>(outcome: Outcome<T>, mono: Float32Array): Outcome<T> {
  if (outcome.status !== 'ok' || !isSilent(mono)) return outcome;
  return ok(outcome.value, [...(outcome.warnings ?? []), 'the sound is digital silence, whose features mean nothing']);
}

/** Whether no sample differs from 0. */
export function isSilent(mono: Float32Array): boolean {
  // A plain loop: `every` calls a function for each sample.
  for (let index = 0; index < mono.length; index++) if (mono[index] !== 0) return false;
  return true;
}
