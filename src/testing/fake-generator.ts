import { failed, type Outcome, ok } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';
import type { Generator } from '../generate/generator.js';

export interface FakeGeneratorOptions {
  /** Default `fake`. */
  readonly id?: string;
  readonly sampleRateHz?: number;
  /** Waits this long before it answers; stops waiting when the signal aborts. */
  readonly delayMilliseconds?: number;
  /** What the n-th call (from 0) does instead of making sound: give an outcome, or throw. Default: never. */
  readonly failWhen?: (call: FakeCall) => 'failed' | 'throws' | undefined;
}

export interface FakeCall {
  readonly index: number;
  readonly seed: number;
  readonly durationSeconds: number;
}

/** A fake with a memory of what it was asked. */
export interface FakeGenerator extends Generator<never> {
  readonly calls: readonly FakeCall[];
}

const beepHz = 440;
const beepSeconds = 0.1;

/**
 * A system for tests of the pipeline: a short beep at every full second, a semitone higher for each seed; sound depends on
 * duration and seed alone. Fails and waits as told.
 */
export function createFakeGenerator(options: FakeGeneratorOptions = {}): FakeGenerator {
  const { id = 'fake', sampleRateHz = 8000, delayMilliseconds = 0, failWhen = () => undefined } = options;
  const calls: FakeCall[] = [];
  return {
    id,
    version: 1,
    title: `Fake (${id})`,
    summary: 'Beeps at every second, for tests',
    sees: [],
    sameSet: false,
    calls,
    generate: async ({ durationSeconds, seed, signal }): Promise<Outcome<Waveform>> => {
      const call = { index: calls.length, seed, durationSeconds };
      calls.push(call);
      if (delayMilliseconds > 0) await waitFor(delayMilliseconds, signal);
      signal?.throwIfAborted();
      const failure = failWhen(call);
      if (failure === 'throws') throw new Error(`${id} was told to throw at call ${call.index}`);
      if (failure === 'failed') return failed('fake-failure', `${id} was told to fail at call ${call.index}`);
      return ok(beeps({ durationSeconds, seed, sampleRateHz }));
    },
  };
}

function beeps(given: { durationSeconds: number; seed: number; sampleRateHz: number }): Waveform {
  const { durationSeconds, seed, sampleRateHz } = given;
  const frequencyHz = beepHz * 2 ** ((seed % 12) / 12);
  const samples = new Float32Array(Math.max(1, Math.round(durationSeconds * sampleRateHz)));
  for (let index = 0; index < samples.length; index++) {
    const seconds = (index / sampleRateHz) % 1;
    if (seconds < beepSeconds) samples[index] = 0.5 * Math.sin(2 * Math.PI * frequencyHz * seconds);
  }
  return { sampleRateHz, channels: [samples] };
}

function waitFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
    if (signal?.aborted) done();
  });
}
