import type { Features } from '../../core/features.js';
import { type Failed, failed, mapOutcome, type Outcome, type Skipped, skipped } from '../../core/outcome.js';
import { lengthOf, type Waveform } from '../../core/waveform.js';
import { firstNonFinite } from '../../dsp/mono.js';
import type { SignalEncoder } from '../encoder.js';

/** One number that describes a sound file. */
export interface SignalFact {
  readonly id: string;
  readonly version: number;
  readonly summary: string;
  /** What the number is, with its unit. */
  readonly quantity: string;
  readonly parameters?: SignalEncoder['parameters'];
  /** Not defined for this sound: skipped, with the reason. */
  measure(sound: Waveform): Outcome<number>;
}

/** An encoder with the output `value` [1, 1]. Sound that is empty is skipped, a sample that is no finite number a failure. */
export function createSignalFactEncoder({ quantity, parameters = {}, measure, ...fact }: SignalFact): SignalEncoder {
  return {
    ...fact,
    parameters,
    outputs: [{ name: 'value', columns: 1, summary: quantity }],
    modality: 'signal',
    async encode(sound, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      return mapOutcome(unusableSignal(sound) ?? measure(sound), (value) => ({
        value: { rows: 1, columns: 1, data: Float32Array.of(value) },
      }));
    },
  };
}

function unusableSignal(sound: Waveform): Skipped | Failed | undefined {
  if (lengthOf(sound) === 0) return skipped('the sound is empty');
  const broken = firstNonFinite(sound);
  if (broken === undefined) return undefined;
  const value = sound.channels[broken.channel]![broken.sample];
  return failed('non-finite-sound', `sample ${broken.sample} of channel ${broken.channel} is ${value}`);
}
