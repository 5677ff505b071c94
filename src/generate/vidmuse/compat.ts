/**
 * `upstream`: what the authors' code does, its frame selection and the slip in the last window included. `fixed`: frames at true times, the last
 * window with its own frames, music to the end of the video.
 */
export const compatModes = ['fixed', 'upstream'] as const;
export type Compat = (typeof compatModes)[number];

/** Rates of the method (VidMuse 1e9296e, demos/VidMuse_app.py:188; audiocraft/models/vidmuse.py:118-121,334). */
export const tokensPerSecond = 50;
export const localFramesPerSecond = 2;
export const globalFrameCount = 32;
export const samplesPerToken = 640;
export const sampleRateHz = 32_000;

/** Lengths of the windows that long videos are made in. */
export interface WindowLengths {
  readonly windowSeconds: number;
  readonly strideSeconds: number;
}

export const officialWindows: WindowLengths = { windowSeconds: 30, strideSeconds: 29.5 };
