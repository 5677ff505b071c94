import type { Features } from '../../core/features.js';
import type { VideoFrames } from '../../core/frames.js';
import { type Outcome, skipped } from '../../core/outcome.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import { clipImage } from '../../pictures/clip-image.js';
import { viewSizePx } from '../../pictures/imagebind-views.js';
import type { VideoEncoder } from '../encoder.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';

const framesPerSecond = 1;

/** CLIP's vision tower on one frame a second. */
export function createClipVitEncoder(model: ImportedModel, { compute }: EncoderSettings): VideoEncoder {
  const network = lazyNetwork(model, compute);
  return {
    ...describeNetwork(model, 'CLIP image embedding of one frame a second'),
    version: 1,
    parameters: { framesPerSecond },
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      const shape = [3, viewSizePx, viewSizePx];
      const outcome = await network.run(imagesOf(frames, signal), {
        input: { name: 'pixels', shape },
        batchSize: 1,
        signal,
      });
      const isEmpty = outcome.status === 'ok' && Object.values(outcome.value).every(({ rows }) => rows === 0);
      return isEmpty ? skipped('the video has no frames') : outcome;
    },
  };
}

async function* imagesOf(video: VideoFrames, signal?: AbortSignal): AsyncGenerator<Float32Array> {
  const request = { widthPx: video.widthPx, heightPx: video.heightPx, framesPerSecond };
  for await (const frame of video.stream(request, signal === undefined ? {} : { signal })) yield clipImage(frame).data;
}
