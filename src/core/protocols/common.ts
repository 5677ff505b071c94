import type { MertPlan, Numerics, Protocol, WindowPlan } from '../protocol.js';

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

/**
 * What MERT sees where a protocol does not say: 30 s end to end, a rest of 1 s is a shorter window. Memory stays bounded, and sound up to 30 s
 * is heard as one, as tools do. Rows are seconds: neighbouring frames are nearly one sample.
 */
const ownMertPlan: MertPlan = {
  ...{ windowSamples: 720_000, hopSamples: 'window', take: 'all' },
  ...{ tail: 'keep', shortestTailSamples: 24_000, short: 'as-tail', rows: 'seconds' },
};

/** How a protocol has MERT run. */
export function mertPlanOf({ windows }: Pick<Protocol, 'windows'>): MertPlan {
  return windows.mert ?? ownMertPlan;
}

/** Lengths of music and video, which no tool looks at. */
export const lengthRules = { lengthPolicy: 'common-part', lengthToleranceSeconds: 0.1 } as const;
