import { itemById } from '../core/item-by-id.js';
import { createBeatsEncoder } from './beats-encoder.js';
import { createChromaEncoder } from './chroma-encoder.js';
import { createColourMoodEncoder } from './colour-mood-encoder.js';
import { createCutsEncoder } from './cuts-encoder.js';
import { createEfficientnetLite0Encoder } from './efficientnet-lite0-encoder.js';
import type { Encoder } from './encoder.js';
import { createLandmarksEncoder } from './landmarks-encoder.js';
import { createLogMelEncoder } from './log-mel-encoder.js';
import { createLoudnessCurveEncoder } from './loudness-curve-encoder.js';
import { createMotionEncoder } from './motion-encoder.js';
import { createMusicnnEncoder } from './musicnn-encoder.js';
import { createOnsetEncoder } from './onset-encoder.js';
import { createOnsetSecondsEncoder } from './onset-seconds-encoder.js';
import { createOpticalFlowEncoder } from './optical-flow-encoder.js';
import { createSignalFactEncoders } from './signal/index.js';
import { createVideoDurationEncoder } from './video-duration-encoder.js';

/** All encoders. Each opens its weights on first use, once, and shares them between calls: make the list once and keep it. */
export function createEncoders(): readonly Encoder[] {
  return [
    createMusicnnEncoder('mtt'),
    createMusicnnEncoder('msd'),
    createOnsetEncoder(),
    createLoudnessCurveEncoder(),
    createEfficientnetLite0Encoder(),
    createMotionEncoder(),
    createOpticalFlowEncoder(),
    createBeatsEncoder(),
    createOnsetSecondsEncoder(),
    createCutsEncoder(),
    createColourMoodEncoder(),
    ...createSignalFactEncoders(),
    createLandmarksEncoder(),
    createChromaEncoder(),
    createLogMelEncoder(),
    createVideoDurationEncoder(),
  ];
}

/** The encoder with this id out of `encoders`. Throws a BenchError with the nearest names where there is none. */
export function encoderById(id: string, encoders: readonly Encoder[] = createEncoders()): Encoder {
  return itemById(encoders, { id, noun: 'encoder' });
}
