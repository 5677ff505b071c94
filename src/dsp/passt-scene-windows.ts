import { reflected } from './reflected.js';

/** 2.5 s at 32 kHz. */
const hopSamples = 80_000;

/**
 * The windows over which hear21passt averages a sound that is longer than the network takes (wrapper.py, `get_scene_embeddings`):
 * every 2.5 s from half a window before the start to half a window behind the end, the sound mirrored there. A sound that fits is its own
 * only window.
 */
export function passtSceneWindows(mono: Float32Array, windowSamples: number): Float32Array[] {
  if (mono.length <= windowSamples) return [mono];
  const edge = windowSamples / 2;
  const count = 1 + Math.floor((mono.length + 2 * edge - windowSamples) / hopSamples);
  return Array.from({ length: count }, (_, window) => {
    const start = window * hopSamples - edge;
    return Float32Array.from({ length: windowSamples }, (_, n) => reflected(mono, start + n));
  });
}
