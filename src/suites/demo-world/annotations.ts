import type { ClipAnnotations } from '../../core/clip.js';
import { meterOf } from './meter.js';
import type { SceneScript } from './scene.js';

/** What is true of a made clip: its beats, its cuts and its mood. */
export function annotationsOf(script: SceneScript): ClipAnnotations {
  return {
    beatSeconds: meterOf(script).sections.flatMap((section) => section.beatSeconds),
    cutSeconds: script.cutSeconds,
    valence: script.valence,
    arousal: script.arousal,
  };
}
