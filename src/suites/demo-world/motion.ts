import { frameAt, frameCountOf, framesPerSecond, type SceneScript, speedAt } from './scene.js';

/** What moves the picture in one frame. */
export interface FrameMotion {
  /** Index of the scene: how many cuts came before. */
  readonly section: number;
  /** Way gone since the first frame; 1 is a frame at full speed. */
  readonly distance: number;
  /** Strength of the flash, 0 to 1. */
  readonly flash: number;
}

/** What is left of a jolt and of a flash one frame later: always less, so that a hit is one peak of motion and not several. */
const fadePerFrame = 0.68;
/** Below this a fading is over, so that a still picture is still. */
const leastVisible = 0.01;
const joltAtHit = 0.7;
const joltAtCut = 0.5;

/** The motion of every frame of a clip. A hit or a cut shows in the first frame at or after its time. */
export function motionOf(script: SceneScript): readonly FrameMotion[] {
  const cuts = new Set(script.cutSeconds.map(frameAt));
  const hits = new Set(script.hitSeconds.map(frameAt));
  let [section, distance, flash, jolt] = [0, 0, 0, 0];
  return Array.from({ length: frameCountOf(script) }, (_, frame) => {
    flash = faded(flash);
    jolt = faded(jolt);
    if (cuts.has(frame)) {
      section++;
      flash = 0;
      jolt = joltAtCut;
    }
    if (hits.has(frame)) {
      flash = 1;
      jolt = joltAtHit;
    }
    distance += speedAt(script, frame / framesPerSecond) + jolt;
    return { section, distance, flash };
  });
}

function faded(strength: number): number {
  const next = fadePerFrame * strength;
  return next < leastVisible ? 0 : next;
}
