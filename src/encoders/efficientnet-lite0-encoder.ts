import type { Features } from '../core/features.js';
import type { RgbFrame, VideoFrames } from '../core/frames.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import { findModel, type Model } from '../models/catalogue.js';
import { lazySession } from '../models/lazy-session.js';
import type { VideoEncoder } from './encoder.js';
import { runInBatches } from './run-in-batches.js';

export interface EfficientnetOptions {
  /** Weights; left out: those that ship with the package. */
  readonly model?: Model;
  /** Frames in one run of the network, 1 if left out: larger runs are no faster and take more memory. */
  readonly batchSize?: number;
}

const sizePx = 224;
const framesPerSecond = 1;

const outputs = [
  { name: 'embedding', columns: 1280, summary: 'globally pooled features, one row a frame' },
  { name: 'logits', columns: 1000, summary: 'ImageNet-1k classes before the softmax, one row a frame' },
] as const;

/** EfficientNet-Lite0 (Tan and Le 2019, arXiv:1905.11946; ImageNet-1k weights) on one frame a second at 224 x 224 pixels. */
export function createEfficientnetLite0Encoder(options: EfficientnetOptions = {}): VideoEncoder {
  const model = options.model ?? findModel('efficientnet-lite0');
  // One thread keeps up with the decoders, and a smaller process starts them faster.
  const openOnce = lazySession(model, { size: 1 });
  return {
    id: 'efficientnet-lite0',
    version: 1,
    summary: `${model.card.title}: features of one frame a second`,
    weightsSha256: model.card.sha256,
    parameters: { widthPx: sizePx, heightPx: sizePx, framesPerSecond },
    outputs,
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const features = await runInBatches(pixelPlanes(frames, signal), {
        session: await openOnce(),
        input: { name: 'pixels', shape: [3, sizePx, sizePx] },
        outputs,
        batchSize: options.batchSize ?? 1,
        signal,
      });
      return features.embedding!.rows === 0 ? skipped('the video has no frames') : ok(features);
    },
  };
}

async function* pixelPlanes(frames: VideoFrames, signal?: AbortSignal): AsyncGenerator<Float32Array> {
  const request = { widthPx: sizePx, heightPx: sizePx, framesPerSecond };
  for await (const frame of frames.stream(request, signal === undefined ? {} : { signal })) yield planesOf(frame);
}

/** Interleaved bytes to [3, height, width], each value (v - 127) / 128. */
function planesOf({ rgb, widthPx, heightPx }: RgbFrame): Float32Array {
  const pixelCount = widthPx * heightPx;
  const planes = new Float32Array(3 * pixelCount);
  for (let pixel = 0; pixel < pixelCount; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      planes[channel * pixelCount + pixel] = (rgb[3 * pixel + channel]! - 127) / 128;
    }
  }
  return planes;
}
