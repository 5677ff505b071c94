import { mapOutcome } from '../../core/outcome.js';
import { roundToHalf } from '../../metrics/half-precision.js';
import type { AudioEncoder } from '../encoder.js';

/** The encoder with all its outputs rounded to half precision, as tools do that keep features in float16 files (fadtk/model_loader.py, `get_embedding`). */
export function withHalfPrecisionFeatures(encoder: AudioEncoder): AudioEncoder {
  return {
    ...encoder,
    parameters: { ...encoder.parameters, features: 'float16' },
    encode: async (mono, options) =>
      mapOutcome(await encoder.encode(mono, options), (features) =>
        Object.fromEntries(
          Object.entries(features).map(([name, matrix]) => [name, { ...matrix, data: matrix.data.map(roundToHalf) }]),
        ),
      ),
  };
}
