import type { RgbFrame, VideoFrames } from '../../../src/core/frames.js';
import {
  frameCountOf,
  frameHeightPx,
  framesPerSecond,
  frameWidthPx,
  makeScene,
  type SceneScript,
} from '../../../src/suites/demo-world/index.js';

/** A script's frames as decoded video at half size (means of 2 x 2 pixels), for encoders that ask for 160 x 90. */
export function halfSizeFrames(script: SceneScript): VideoFrames {
  return {
    durationSeconds: script.durationSeconds,
    framesPerSecond,
    widthPx: frameWidthPx,
    heightPx: frameHeightPx,
    frameCount: frameCountOf(script),
    async *stream(): AsyncGenerator<RgbFrame> {
      let index = 0;
      for (const frame of makeScene(script).frames) {
        const timeSeconds = index++ / framesPerSecond;
        yield { widthPx: frameWidthPx / 2, heightPx: frameHeightPx / 2, timeSeconds, rgb: halved(frame) };
      }
      if (index !== frameCountOf(script)) throw new Error(`expected ${frameCountOf(script)} frames, got ${index}`);
    },
  };
}

function halved(rgb: Uint8Array): Uint8Array {
  const half = new Uint8Array(rgb.length / 4);
  for (let at = 0; at < half.length; at++) {
    const pixel = Math.floor(at / 3);
    const x = 2 * (pixel % (frameWidthPx / 2));
    const y = 2 * Math.floor(pixel / (frameWidthPx / 2));
    const from = 3 * (y * frameWidthPx + x) + (at % 3);
    const below = from + 3 * frameWidthPx;
    half[at] = (rgb[from]! + rgb[from + 3]! + rgb[below]! + rgb[below + 3]!) / 4 + 0.5;
  }
  return half;
}
