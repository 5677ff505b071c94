import { type Rng, shuffle } from '../../core/rng.js';
import { lengthOf, type Waveform } from '../../core/waveform.js';
import { eachChannel } from './each-channel.js';

/** Cuts the sound into pieces of `segmentSeconds` and plays them in random order; a shorter rest at the end is a piece as well. */
export function shuffleSegments(
  sound: Waveform,
  { segmentSeconds, rng }: { readonly segmentSeconds: number; readonly rng: Rng },
): Waveform {
  const length = lengthOf(sound);
  const step = Math.max(1, Math.round(segmentSeconds * sound.sampleRateHz));
  const starts = Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
  const order = shuffle(starts, rng);
  return eachChannel(sound, (samples) => {
    const out = new Float32Array(length);
    let at = 0;
    for (const start of order) {
      const piece = samples.subarray(start, Math.min(start + step, length));
      out.set(piece, at);
      at += piece.length;
    }
    return out;
  });
}
