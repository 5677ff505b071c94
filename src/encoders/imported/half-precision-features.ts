import type { Features } from '../../core/features.js';
import { mapOutcome, type Outcome } from '../../core/outcome.js';
import { roundToHalf } from '../../metrics/half-precision.js';
import type { AudioEncoder, StereoEncoder } from '../encoder.js';

/** The encoder with all its outputs rounded to half precision, as tools do that keep features in float16 files (fadtk/model_loader.py, `get_embedding`). */
export function withHalfPrecisionFeatures(encoder: AudioEncoder | StereoEncoder): AudioEncoder | StereoEncoder {
  const parameters = { ...encoder.parameters, features: 'float16' };
  if (encoder.modality === 'stereo') {
    const encode: StereoEncoder['encode'] = async (channels, run) => rounded(await encoder.encode(channels, run));
    return { ...encoder, parameters, encode };
  }
  const encode: AudioEncoder['encode'] = async (mono, run) => rounded(await encoder.encode(mono, run));
  return { ...encoder, parameters, encode };
}

function rounded(outcome: Outcome<Features>): Outcome<Features> {
  return mapOutcome(outcome, (features) =>
    Object.fromEntries(
      Object.entries(features).map(([name, matrix]) => [name, { ...matrix, data: matrix.data.map(roundToHalf) }]),
    ),
  );
}
