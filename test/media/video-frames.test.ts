import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FramePick, FrameRequest, RgbFrame, VideoFrames } from '../../src/core/frames.js';
import { openVideoFrames, type VideoWindow } from '../../src/media/video-frames.js';
import { installations, mediaFolder, useInstallation } from './media-files.js';

const { make, path } = mediaFolder();

beforeAll(() => {
  make('-f', 'lavfi', '-i', 'testsrc=s=160x90:r=30000/1001:d=2', '-c:v', 'libx264', '-an', 'ntsc.mp4');
  make('-f', 'lavfi', '-i', 'testsrc=s=1280x720:r=24:d=3', '-c:v', 'libx264', '-preset', 'ultrafast', 'large.mp4');
  // Picture n has the grey value 2 n.
  make('-f', 'lavfi', '-i', "color=black:s=64x64:r=25:d=4,geq=lum='16+2*N':cb=128:cr=128", '-c:v', 'ffv1', 'ramp.mkv');
  make('-i', 'ramp.mkv', '-c:v', 'libx264', '-crf', '1', '-g', '50', 'ramp.mp4');
  make('-stream_loop', '5', '-i', 'ramp.mp4', '-c', 'copy', 'long.mp4');
  make('-f', 'lavfi', '-i', 'sine=d=1', 'sound.wav');
});

describe.each(installations())('openVideoFrames with the $name ffmpeg', ({ setting }) => {
  useInstallation(setting);

  it('reads size, rate and length', async () => {
    const frames = await opened('ntsc.mp4');
    expect(frames).toMatchObject({ widthPx: 160, heightPx: 90 });
    expect(frames.framesPerSecond).toBeCloseTo(30000 / 1001, 6);
    expect(frames.durationSeconds).toBeCloseTo(2.002, 3);
  });

  it.each<[string, VideoWindow, FrameRequest, number]>([
    ['ntsc.mp4', {}, { widthPx: 16, heightPx: 16 }, 60],
    ['ntsc.mp4', {}, { widthPx: 16, heightPx: 16, framesPerSecond: 12 }, 25],
    ['ntsc.mp4', { startSeconds: 1, durationSeconds: 0.5 }, { widthPx: 17, heightPx: 5, framesPerSecond: 30 }, 15],
    ['large.mp4', { durationSeconds: 2 }, { widthPx: 224, heightPx: 224, framesPerSecond: 1 }, 2],
    ['large.mp4', {}, { widthPx: 1280, heightPx: 720, framesPerSecond: 2 }, 6],
    ['ramp.mkv', {}, { widthPx: 8, heightPx: 8, framesPerSecond: 50 }, 200],
  ])('gives the promised frames: %s %j %j', async (name, window, request, count) => {
    const found = await collect((await opened(name, window)).stream(request));
    expect(found).toHaveLength(count);
    const rate = request.framesPerSecond ?? 30000 / 1001;
    for (const [index, frame] of found.entries()) {
      expect(frame.timeSeconds).toBeCloseTo(index / rate, 9);
      expect(frame.rgb).toHaveLength(3 * request.widthPx * request.heightPx);
    }
  });

  it.each<[string, number, number]>([
    ['ramp.mkv', 0, 25],
    ['ramp.mkv', 1.24, 25],
    ['ramp.mp4', 2.6, 25],
    ['ramp.mkv', 0.6, 5],
    ['long.mp4', 17, 25],
  ])('gives the picture of its time: %s from %d s at %d a second', async (name, startSeconds, framesPerSecond) => {
    const window = { startSeconds, durationSeconds: 0.4 };
    const found = await collect((await opened(name, window)).stream({ widthPx: 8, heightPx: 8, framesPerSecond }));
    const numbers = found.map(({ rgb }) => Math.round(((rgb[90]! / 255) * 219) / 2));
    const expected = found.map(({ timeSeconds }) => Math.round((startSeconds + timeSeconds) * 25) % 100);
    // Coarser sampling may take any picture that is less than half a sampling step away.
    const tolerance = framesPerSecond === 25 ? 0 : 25 / framesPerSecond / 2;
    for (const [index, number] of numbers.entries()) {
      expect(Math.abs(number - expected[index]!)).toBeLessThanOrEqual(tolerance);
    }
  });

  it.each<[string, VideoWindow, FramePick, readonly number[]]>([
    ['ramp.mkv', {}, { every: 13 }, [0, 13, 26, 39, 52, 65, 78, 91]],
    ['ramp.mp4', {}, { every: 30 }, [0, 30, 60, 90]],
    ['ramp.mp4', {}, { numbers: [0, 1, 50, 51, 99] }, [0, 1, 50, 51, 99]],
    ['ramp.mkv', {}, { numbers: [7, 98, 140] }, [7, 98]],
    ['ramp.mp4', { startSeconds: 1, durationSeconds: 1 }, { every: 10 }, [25, 35, 45]],
    ['ramp.mkv', { startSeconds: 2 }, { numbers: [0, 3, 49] }, [50, 53, 99]],
  ])('picks pictures by number: %s %j %j', async (name, window, pick, numbers) => {
    const found = await collect((await opened(name, window)).stream({ widthPx: 8, heightPx: 8, pick }));
    expect(found.map(({ rgb }) => Math.round(((rgb[90]! / 255) * 219) / 2))).toEqual(numbers);
    const first = Math.round((window.startSeconds ?? 0) * 25);
    expect(found.map(({ timeSeconds }) => Math.round(timeSeconds * 25) + first)).toEqual(numbers);
  });

  it('picks each decoded picture once where the rate changes', async () => {
    make(
      '-i',
      'ramp.mkv',
      '-vf',
      "select='lt(n,20)+gte(n,60)'",
      '-vsync',
      'vfr',
      '-c:v',
      'libx264',
      '-crf',
      '1',
      'gap.mp4',
    );
    const found = await collect((await opened('gap.mp4')).stream({ widthPx: 8, heightPx: 8, pick: { every: 10 } }));
    expect(found.map(({ rgb }) => Math.round(((rgb[90]! / 255) * 219) / 2))).toEqual([0, 10, 60, 70, 80, 90]);
  });

  it('knows how many pictures there are', async () => {
    expect((await opened('ramp.mp4')).frameCount).toBe(100);
    expect((await opened('ramp.mkv')).frameCount).toBe(100);
    expect((await opened('ramp.mp4', { startSeconds: 1, durationSeconds: 1 })).frameCount).toBe(25);
  });

  it('starts anew with each stream', async () => {
    const frames = await opened('ntsc.mp4', { durationSeconds: 0.2 });
    const request = { widthPx: 16, heightPx: 9 };
    expect(await collect(frames.stream(request))).toEqual(await collect(frames.stream(request)));
  });

  it('turns a rotated video upright', async () => {
    make('-i', 'ntsc.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=90', 'portrait.mp4');
    const frames = await opened('portrait.mp4');
    expect(frames).toMatchObject({ widthPx: 90, heightPx: 160 });
  });

  it('leaves no process behind when the reader stops early or aborts', async () => {
    const request = { widthPx: 1280, heightPx: 720 };
    for await (const frame of (await opened('large.mp4')).stream(request)) if (frame.timeSeconds > 0.1) break;
    expect(childrenOfThisProcess()).toEqual([]);

    const abort = new AbortController();
    const reading = async (): Promise<void> => {
      for await (const _ of (await opened('large.mp4')).stream(request, { signal: abort.signal })) abort.abort();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'interrupted' });
    expect(childrenOfThisProcess()).toEqual([]);
  });

  it('makes ffmpeg wait for the reader', async () => {
    const stream = (await opened('large.mp4')).stream({ widthPx: 1280, heightPx: 720 })[Symbol.asyncIterator]();
    await stream.next();
    const before = process.memoryUsage().arrayBuffers;
    await new Promise((resolve) => setTimeout(resolve, 300));
    // The 72 frames are 199 MB; the pipe and the streams hold far less than one frame each.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8e6);
    await stream.return?.();
  });

  it('refuses with an outcome', async () => {
    expect(await openVideoFrames(path('sound.wav'))).toMatchObject({ status: 'skipped' });
    expect(await openVideoFrames(path('none.mp4'))).toMatchObject({ error: { code: 'media-not-found' } });
    expect(await openVideoFrames(path('ntsc.mp4'), { startSeconds: 9 })).toMatchObject({
      error: { code: 'window-after-end' },
    });
  });
});

async function opened(name: string, window: VideoWindow = {}): Promise<VideoFrames> {
  const outcome = await openVideoFrames(path(name), window);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

async function collect(frames: AsyncIterable<RgbFrame>): Promise<RgbFrame[]> {
  const found: RgbFrame[] = [];
  for await (const frame of frames) found.push(frame);
  return found;
}

/** Command lines of the ffmpeg processes that this one started and that still run. */
function childrenOfThisProcess(): string[] {
  const table = execFileSync('ps', ['-A', '-o', 'ppid=,args='], { encoding: 'utf8' });
  return table.split('\n').filter((line) => line.trim().startsWith(`${process.pid} `) && line.includes('ffmpeg'));
}
