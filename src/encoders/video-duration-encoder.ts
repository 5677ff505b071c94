import type { Features } from '../core/features.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { VideoEncoder } from './encoder.js';

/** How long the clip's video is, by its container: [1, 1]. No picture is decoded. */
export function createVideoDurationEncoder(): VideoEncoder {
  return {
    id: 'video-duration',
    version: 1,
    summary: 'Length of the video',
    parameters: {},
    outputs: [{ name: 'value', columns: 1, summary: 'seconds' }],
    modality: 'video',
    async encode({ durationSeconds }, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      if (!(durationSeconds > 0)) return skipped('the video has no length');
      return ok({ value: { rows: 1, columns: 1, data: Float32Array.of(durationSeconds) } });
    },
  };
}
