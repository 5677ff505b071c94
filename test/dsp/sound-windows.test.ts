import { describe, expect, it } from 'vitest';
import type { WindowPlan } from '../../src/core/protocol.js';
import { bench1, protocolById } from '../../src/core/protocols/index.js';
import { repeated, soundWindows } from '../../src/dsp/sound-windows.js';

/** 1, 2, 3 …: each window tells where it comes from. */
const counting = (length: number): Float32Array => Float32Array.from({ length }, (_, index) => index + 1);
const plan = (more: Partial<WindowPlan>): WindowPlan => ({
  ...{ windowSamples: 4, hopSamples: 'window', take: 'all', tail: 'drop', shortestTailSamples: 1, short: 'drop' },
  ...more,
});
const windows = (length: number, more: Partial<WindowPlan>, network = 100): number[][] =>
  soundWindows(counting(length), plan(more), network).map((window) => [...window]);

describe('soundWindows', () => {
  it.each([
    ['drop', []],
    ['keep', [[9, 10]]],
    ['zero-pad', [[9, 10, 0, 0]]],
    ['shift-back', [[7, 8, 9, 10]]],
  ] as const)('%s is what becomes of the rest', (tail, rest) => {
    expect(windows(10, { tail })).toEqual([[1, 2, 3, 4], [5, 6, 7, 8], ...rest]);
    expect(windows(8, { tail })).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
  });

  it.each([
    ['drop', []],
    ['zero-pad', [[1, 2, 3, 0]]],
    ['repeat', [[1, 2, 3, 0]]],
    ['as-tail', [[1, 2, 3]]],
  ] as const)('%s is what becomes of sound shorter than a window', (short, expected) => {
    expect(windows(3, { short, tail: 'keep' })).toEqual(expected);
  });

  it('drops rests that are too short', () => {
    expect(windows(10, { tail: 'keep', shortestTailSamples: 3 })).toHaveLength(2);
    expect(windows(11, { tail: 'keep', shortestTailSamples: 3 })).toHaveLength(3);
  });

  it('takes no window longer than the network, and only the first where that is asked for', () => {
    expect(windows(10, { windowSamples: 'network', tail: 'keep' }, 6).map(({ length }) => length)).toEqual([6, 4]);
    expect(windows(10, { windowSamples: 8, tail: 'keep' }, 6).map(({ length }) => length)).toEqual([6, 4]);
    expect(windows(10, { take: 'first' })).toEqual([[1, 2, 3, 4]]);
  });

  it('overlaps', () => {
    expect(windows(5, { hopSamples: 1 })).toEqual([
      [1, 2, 3, 4],
      [2, 3, 4, 5],
    ]);
  });

  it('has no windows for no sound', () => {
    expect(windows(0, { tail: 'keep', short: 'as-tail' })).toEqual([]);
  });
});

/** Start and length in seconds of what is not filled up, by the loop of each tool, written again from its formula. */
describe('the window plans of protocols', () => {
  const rate = { vggish: 16_000, clap: 48_000, passt: 32_000 };
  const network = { vggish: Number.POSITIVE_INFINITY, clap: 480_000, passt: 320_000 };
  const spans = (id: string, family: keyof typeof rate, seconds: number, longest = network[family]): number[][] =>
    soundWindows(counting(Math.round(seconds * rate[family])), protocolById(id).windows[family], longest).map(
      (window) => {
        const filled = window.indexOf(0) < 0 ? window.length : window.indexOf(0);
        return [(window[0]! - 1) / rate[family], filled / rate[family]];
      },
    );

  it('fadtk: CLAP from every whole second, the rest filled up with zeros', () => {
    const expected = Array.from({ length: 13 }, (_, start) => [start, Math.min(10, 12.5 - start)]);
    expect(spans('fadtk-1.1', 'clap', 12.5)).toEqual(expected);
    expect(spans('fadtk-1.1', 'clap', 2)).toEqual([
      [0, 2],
      [1, 1],
    ]);
  });

  it('google-fad: VGGish on 1 s every 0.5 s, range(0, samples - 16000 + 1, 8000)', () => {
    expect(spans('google-fad', 'vggish', 3.4).map(([start]) => start)).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(spans('google-fad', 'vggish', 3.5).map(([start]) => start)).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(spans('google-fad', 'vggish', 0.99)).toEqual([]);
  });

  it.each([30, 32, 10, 7, 3, 12.5, 15, 15.1])(
    'stable-audio-metrics: PaSST from range(0, max(step, length - step), step), %f s',
    (seconds) => {
      const starts: number[] = [];
      for (let start = 0; start < Math.max(5, seconds - 5); start += 5) starts.push(start);
      expect(spans('stable-audio-metrics', 'passt', seconds).map(([start]) => start)).toEqual(starts);
    },
  );

  it('audiocraft-kld: PaSST on segments of 20 s, rests of at most 0.15 s dropped', () => {
    expect(spans('audiocraft-kld', 'passt', 45, 640_000)).toEqual([
      [0, 20],
      [20, 20],
      [40, 5],
    ]);
    expect(spans('audiocraft-kld', 'passt', 20.15, 640_000)).toHaveLength(1);
    expect(spans('audiocraft-kld', 'passt', 20.16, 640_000)).toHaveLength(2);
  });

  it('av-benchmark: PaSST on the first 10 s, filled up with zeros', () => {
    expect(spans('av-benchmark', 'passt', 8)).toEqual([[0, 8]]);
    expect(spans('av-benchmark', 'passt', 30)).toEqual([[0, 10]]);
    const [window] = soundWindows(counting(8 * 32_000), protocolById('av-benchmark').windows.passt, 320_000);
    expect(window).toHaveLength(320_000);
  });

  it('torchvggish: as many examples as 96 frames fit into the frames of 25 ms every 10 ms', () => {
    for (const samples of [15_599, 15_600, 30_959, 30_960, 480_000]) {
      const frames = 1 + Math.floor((samples - 400) / 160);
      const examples = soundWindows(counting(samples), bench1.windows.vggish, Number.POSITIVE_INFINITY);
      expect(examples).toHaveLength(Math.floor(frames / 96));
    }
  });

  it('bench-1: the end of every sound is seen', () => {
    expect(spans('bench-1', 'clap', 25)).toEqual([
      [0, 10],
      [10, 10],
      [15, 10],
    ]);
    expect(spans('bench-1', 'clap', 20)).toHaveLength(2);
    expect(spans('bench-1', 'passt', 20.5)).toEqual([
      [0, 10],
      [10, 10],
      [20, 0.5],
    ]);
    expect(spans('bench-1', 'passt', 20.4)).toHaveLength(2);
  });
});

describe('repeated', () => {
  it('is whole copies, then zeros', () => {
    expect([...repeated(counting(3), 8)]).toEqual([1, 2, 3, 1, 2, 3, 0, 0]);
    expect([...repeated(counting(4), 8)]).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
    expect([...repeated(counting(0), 2)]).toEqual([0, 0]);
  });
});
