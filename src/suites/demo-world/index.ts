import type { ClipAnnotations } from '../../core/clip.js';
import type { Waveform } from '../../core/waveform.js';
import { renderPiece } from '../../music/render.js';
import { annotationsOf } from './annotations.js';
import { renderFrames } from './frames.js';
import { referencePiece } from './reference-music.js';
import { musicSampleRateHz, type SceneScript } from './scene.js';

export { framesSha256, pcm16Of, pcmSha256 } from './fingerprints.js';
export {
  frameCountOf,
  frameHeightPx,
  framesPerSecond,
  frameWidthPx,
  musicSampleRateHz,
  parseScene,
  type SceneScript,
} from './scene.js';

/** Raised whenever the same script would give other pictures or another sound. */
export const demoWorldVersion = 1;

/** A made clip: what a camera and a microphone would have recorded, and what is true of it. */
export interface Scene {
  /** RGB, 8 bits, row-major, 320 x 180, 12 a second; can be gone through more than once and is drawn anew each time. */
  readonly frames: Iterable<Uint8Array>;
  /** Stereo at 32 kHz, as long as the pictures. */
  readonly music: Waveform;
  readonly annotations: ClipAnnotations;
}

/** Turns a script into pictures, music and truth; the same script gives the same bytes on every machine. */
export function makeScene(script: SceneScript): Scene {
  return {
    frames: { [Symbol.iterator]: () => renderFrames(script) },
    music: renderPiece(referencePiece(script), { sampleRateHz: musicSampleRateHz, seed: script.seed }),
    annotations: annotationsOf(script),
  };
}
