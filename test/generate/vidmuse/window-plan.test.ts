import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compatModes } from '../../../src/generate/vidmuse/compat.js';
import { selectFrames } from '../../../src/generate/vidmuse/frame-selection.js';
import { type MusicWindow, planWindows } from '../../../src/generate/vidmuse/window-plan.js';

const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/vidmuse/${name}`, import.meta.url), 'utf8'));

type Plan = readonly [durationSeconds: number, windows: readonly (readonly number[])[]];

const wholeSeconds = Array.from({ length: 400 }, (_, index) => index + 1);
const fractions = [
  0.01, 0.3, 1.02, 1.98, 29.49, 29.5, 29.51, 29.99, 30.01, 30.5, 59.5, 59.51, 60.02, 89.01, 89.52, 399.99,
];
const [windowTokens, promptTokens, strideTokens, strideFrames] = [1500, 25, 1475, 59];

const numbers = ({ firstFrame, frameCount, promptTokens: prompt, tokens }: MusicWindow): number[] => [
  ...[firstFrame, frameCount, prompt, tokens],
];

/** Times that the windows make music for, their prompts left out. */
function coveredTokens(windows: readonly MusicWindow[]): number[] {
  return windows.flatMap(({ promptTokens: prompt, tokens }, index) =>
    Array.from({ length: tokens - prompt }, (_, step) => index * strideTokens + prompt + step),
  );
}

function localFrames(durationSeconds: number, compat: (typeof compatModes)[number]): number {
  const video = { framesPerSecond: 30, frameCount: Math.max(1, Math.floor(30 * durationSeconds)), durationSeconds };
  return selectFrames(video, compat).local.length;
}

describe('planWindows against the official window loop', () => {
  const { cases, plans } = golden('frames.json');

  it.each(plans as Plan[])('plans %d s as upstream does', (durationSeconds, windows) => {
    expect(planWindows(durationSeconds, { compat: 'upstream' }).map(numbers)).toEqual(windows);
  });

  it('cuts fractions of a second off as upstream does', () => {
    for (const { duration, windows } of cases)
      expect(planWindows(duration, { compat: 'upstream' }).map(numbers), `${duration} s`).toEqual(
        windows.map((window: { local_frames: number[]; prompt_tokens: number; max_gen_len: number }) => [
          ...[...window.local_frames, window.prompt_tokens, window.max_gen_len],
        ]),
      );
  });

  it.each(['long4', 'long6', 'long4_fixed', 'long6_fixed'])('plans windows of 2 s every 1.5 s in %s', (name) => {
    const windows: { prompt_tokens: number; max_gen_len: number; local_frames: number[] }[] =
      golden('meta.json').windows[name];
    const lengths = { windowSeconds: 2, strideSeconds: 1.5 };
    const compat = name.endsWith('_fixed') ? 'fixed' : 'upstream';
    expect(planWindows(Number(name[4]), { compat, lengths }).map(numbers)).toEqual(
      windows.map((window) => [
        ...[window.local_frames[0], window.local_frames.length, window.prompt_tokens, window.max_gen_len],
      ]),
    );
  });
});

describe.each(compatModes)('planWindows, %s', (compat) => {
  const durations = compat === 'fixed' ? [...wholeSeconds, ...fractions] : wholeSeconds;

  it('makes each token once, to the end', () => {
    for (const seconds of durations) {
      const covered = coveredTokens(planWindows(seconds, { compat }));
      expect(covered.length, `${seconds} s`).toBe(Math.max(8, Math.ceil(seconds * 50 - 1e-6)));
      expect(
        covered.findIndex((token, index) => token !== index),
        `${seconds} s`,
      ).toBe(-1);
    }
  });

  it('prompts every window but the first with 25 tokens, and makes some beyond them', () => {
    for (const seconds of durations)
      planWindows(seconds, { compat }).forEach((window, index) => {
        expect(window.promptTokens, `${seconds} s`).toBe(index === 0 ? 0 : promptTokens);
        expect(window.tokens, `${seconds} s`).toBeGreaterThan(window.promptTokens);
      });
  });

  it('makes no window longer than 30 s, and only the last one shorter', () => {
    for (const seconds of durations) {
      const tokens = planWindows(seconds, { compat }).map((window) => window.tokens);
      expect(tokens.at(-1)!, `${seconds} s`).toBeLessThanOrEqual(windowTokens);
      for (const whole of tokens.slice(0, -1)) expect(whole, `${seconds} s`).toBe(windowTokens);
    }
  });

  it('looks at frames that are selected', () => {
    for (const seconds of durations)
      for (const { firstFrame, frameCount } of planWindows(seconds, { compat })) {
        expect(firstFrame, `${seconds} s`).toBeGreaterThanOrEqual(0);
        expect(frameCount, `${seconds} s`).toBeGreaterThanOrEqual(1);
        expect(frameCount, `${seconds} s`).toBeLessThanOrEqual(60);
        expect(firstFrame + frameCount, `${seconds} s`).toBeLessThanOrEqual(localFrames(seconds, compat));
      }
  });
});

describe('planWindows', () => {
  it('gives each window, if fixed, the frames of its own time', () => {
    for (const seconds of [...wholeSeconds, ...fractions])
      planWindows(seconds, { compat: 'fixed' }).forEach(({ firstFrame, frameCount, tokens }, index) => {
        expect(firstFrame, `${seconds} s`).toBe(index * strideFrames);
        expect(frameCount, `${seconds} s`).toBe(Math.ceil(tokens / 25));
      });
  });

  it('differs in whole seconds only in the first frame of a last window that is shorter', () => {
    const slipped = wholeSeconds.filter((seconds) => {
      const [upstream, fixed] = [
        planWindows(seconds, { compat: 'upstream' }),
        planWindows(seconds, { compat: 'fixed' }),
      ];
      expect(upstream.slice(0, -1)).toEqual(fixed.slice(0, -1));
      const [slip, own] = [upstream.at(-1)!, fixed.at(-1)!];
      expect({ ...slip, firstFrame: own.firstFrame }).toEqual(own);
      if (slip.firstFrame === own.firstFrame) return false;
      expect(slip.tokens).toBeLessThan(windowTokens);
      const early = own.firstFrame - slip.firstFrame;
      expect(early).toBeGreaterThanOrEqual(1);
      expect(early).toBeLessThanOrEqual(58);
      return true;
    });
    const unslipped = wholeSeconds.filter((seconds) => seconds > 30 && !slipped.includes(seconds));
    expect(slipped).toHaveLength(364);
    expect(unslipped).toEqual([89, 148, 207, 266, 325, 384]);
  });

  it('makes nothing upstream for less than a second, and as many tokens as the codec takes if fixed', () => {
    expect(planWindows(0.99, { compat: 'upstream' })).toEqual([]);
    expect(planWindows(0.001, { compat: 'fixed' }).map(numbers)).toEqual([[0, 1, 0, 8]]);
  });
});
