import type { Numerics, WindowPlan } from '../protocol.js';

/** Figures without any tool's own rounding. */
export const exactNumerics: Numerics = {
  features: 'float32',
  meanOfClip: 'exact',
  kernelBandwidth: 'reference',
  klOfWindows: 'mean-logits',
};

/** Examples of 96 frames of 10 ms one after the other, the rest dropped (torchvggish f3f9096, vggish_input.py); the last frame reaches 240 samples further. */
export const torchvggishWindows: WindowPlan = {
  ...{ windowSamples: 15_600, hopSamples: 15_360, take: 'all' },
  ...{ tail: 'drop', shortestTailSamples: 15_600, short: 'drop' },
};

/** Windows as long as the network takes, one after the other; a rest of 0.5 s is a shorter window. */
export const networkLongWindows: WindowPlan = {
  ...{ windowSamples: 'network', hopSamples: 'window', take: 'all' },
  ...{ tail: 'keep', shortestTailSamples: 16_000, short: 'as-tail' },
};

/** Every 10 s and the last 10 s; shorter sound is repeated. */
export const clapWindowsToTheEnd: WindowPlan = {
  ...{ windowSamples: 'network', hopSamples: 'window', take: 'all' },
  ...{ tail: 'shift-back', shortestTailSamples: 1, short: 'repeat' },
};

/** The first 10 s; shorter sound is repeated (LAION CLAP 1fd4c37, training/data.py, `repeatpad`; longer sound is cropped at random there). */
export const clapFirstWindow: WindowPlan = { ...clapWindowsToTheEnd, take: 'first' };

/** Lengths of music and video, which no tool looks at. */
export const lengthRules = { lengthPolicy: 'common-part', lengthToleranceSeconds: 0.1 } as const;
