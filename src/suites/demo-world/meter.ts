import { frameAt, framesPerSecond, type SceneScript } from './scene.js';

/** Beats of 5 to 9 frames: 144 to 80 a minute. Whole frames, so that cuts and hits can fall on beats exactly. */
export const beatFrameChoices = [5, 6, 7, 8, 9] as const;

/** The bars of one scene: counting starts anew at every cut. */
export interface Section {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly beatSeconds: readonly number[];
}

export interface Meter {
  readonly beatLengthSeconds: number;
  readonly sections: readonly Section[];
}

/** The tempo whose beats, counted from each cut, meet most cuts and hits; of equals the one nearest the clip's arousal. */
export function meterOf(script: SceneScript): Meter {
  const wantedFrames = 7 - 1.5 * script.arousal;
  const ranked = beatFrameChoices.map((frames) => ({
    frames,
    fit: fitOf(script, frames) - 0.04 * Math.abs(frames - wantedFrames),
  }));
  const best = ranked.reduce((a, b) => (b.fit > a.fit ? b : a));
  const beatLengthSeconds = best.frames / framesPerSecond;
  const starts = [0, ...script.cutSeconds];
  return {
    beatLengthSeconds,
    sections: starts.map((startSeconds, index) => {
      const endSeconds = starts[index + 1] ?? script.durationSeconds;
      const beatCount = Math.ceil((endSeconds - startSeconds) / beatLengthSeconds - 0.01);
      const beatSeconds = Array.from({ length: beatCount }, (_, beat) => startSeconds + beat * beatLengthSeconds);
      return { startSeconds, endSeconds, beatSeconds };
    }),
  };
}

/** Share of cuts (three times as heavy) and hits on a beat; a hit on a half beat counts half. */
function fitOf(script: SceneScript, beatFrames: number): number {
  const starts = [0, ...script.cutSeconds.map(frameAt)];
  const onBeat = (frame: number, from: number): number => {
    const rest = (frame - from) % beatFrames;
    return rest === 0 ? 1 : 2 * rest === beatFrames ? 0.5 : 0;
  };
  const cuts = starts.slice(1).map((cut, index) => 3 * onBeat(cut, starts[index]!));
  const hits = script.hitSeconds.map(frameAt).map((hit) => onBeat(hit, starts.findLast((start) => start <= hit) ?? 0));
  const met = [...cuts, ...hits].reduce((sum, value) => sum + value, 0);
  return met / Math.max(1, 3 * cuts.length + hits.length);
}
