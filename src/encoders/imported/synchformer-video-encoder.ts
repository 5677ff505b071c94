import type { Features } from '../../core/features.js';
import type { VideoFrames } from '../../core/frames.js';
import { mapOutcome, type Outcome, skipped } from '../../core/outcome.js';
import { pairSegments } from '../../models/architectures/synchformer/checkpoint-parts.js';
import type { ImportedModel } from '../../models/import/imported-model.js';
import { viewSizePx } from '../../pictures/imagebind-views.js';
import { synchformerImage, synchformerPictures } from '../../pictures/synchformer-image.js';
import type { VideoEncoder } from '../encoder.js';
import type { EncoderSettings } from './encoder-settings.js';
import { describeNetwork, lazyNetwork } from './network.js';
import { neededSegments, pairSeconds, segmentCount, segmentNumbers, spareSegments } from './synchformer-segments.js';

const { framesPerSecond, segmentFrames, stepFrames } = synchformerPictures;

/** Synchformer's tower for pictures on segments of 16 pictures at 25 a second, every 8: those of the first and the last 4.8 s. */
export function createSynchformerVideoEncoder(model: ImportedModel, { compute }: EncoderSettings): VideoEncoder {
  const network = lazyNetwork(model, compute);
  const description = describeNetwork(model, 'Synchformer picture tokens of the first and last 4.8 s');
  return {
    ...description,
    outputs: [...description.outputs, { name: 'segments', columns: 1, summary: 'the number of each row’s segment' }],
    version: 1,
    parameters: { framesPerSecond, pairSegments, spareSegments },
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      // A length in seconds may be a rounding short of a whole number of pictures.
      const pictures = Math.floor(frames.durationSeconds * framesPerSecond + 1e-6);
      const count = segmentCount(pictures, { segment: segmentFrames, step: stepFrames });
      if (count < pairSegments) return skipped(`the video is shorter than ${pairSeconds} s, which Synchformer needs`);
      const numbers = neededSegments(count);
      const input = { name: 'pixels', shape: [segmentFrames, 3, viewSizePx, viewSizePx] };
      const outcome = await network.run(segmentsOf(frames, numbers, signal), { input, batchSize: 1, signal });
      // A stream may end early: the rows are those that came.
      return mapOutcome(outcome, (features) => ({
        ...features,
        segments: segmentNumbers(numbers.slice(0, features.features!.rows)),
      }));
    },
  };
}

/** The wanted segments, each [16, 3, 224, 224], in order; one segment's pictures are in memory at a time, and no other is resized. */
async function* segmentsOf(
  video: VideoFrames,
  numbers: readonly number[],
  signal?: AbortSignal,
): AsyncGenerator<Float32Array> {
  const request = { widthPx: video.widthPx, heightPx: video.heightPx, framesPerSecond };
  const imageLength = 3 * viewSizePx * viewSizePx;
  const wanted = new Set(numbers);
  const images = new Map<number, Float32Array>();
  let picture = 0;
  for await (const frame of video.stream(request, signal === undefined ? {} : { signal })) {
    if (segmentsWith(picture).some((number) => wanted.has(number))) images.set(picture, synchformerImage(frame).data);
    images.delete(picture - segmentFrames);
    picture++;
    const ended = (picture - segmentFrames) / stepFrames;
    if (!wanted.has(ended)) continue;
    const segment = new Float32Array(segmentFrames * imageLength);
    for (let index = 0; index < segmentFrames; index++)
      segment.set(images.get(picture - segmentFrames + index)!, index * imageLength);
    yield segment;
  }
}

/** The two segments that a picture is in; the first can be -1, which is none. */
function segmentsWith(picture: number): readonly number[] {
  const later = Math.floor(picture / stepFrames);
  return [later - 1, later];
}
