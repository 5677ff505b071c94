import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { locateBinaries } from '../../src/media/binaries.js';
import { ffmpegVersion } from '../../src/media/ffmpeg.js';
import { hashFile } from '../../src/media/hash-file.js';
import { probeMedia } from '../../src/media/probe.js';
import { click, flash, installations, mediaFolder, useInstallation } from './media-files.js';

const { make, path, folder } = mediaFolder();

beforeAll(() => {
  make(...flash, ...click, '-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-c:a', 'aac', 'both.mp4');
  make('-i', 'both.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=90', 'turned.mp4');
  make('-i', 'both.mp4', '-frames:v', '1', 'cover.png');
  make(
    ...click,
    '-i',
    'cover.png',
    '-map',
    '0:a',
    '-map',
    '1:v',
    '-c:v',
    'copy',
    '-disposition:v',
    'attached_pic',
    'cover.mp3',
  );
  // A live stream: no length in the header.
  make('-i', 'both.mp4', '-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus', '-live', '1', 'recorded.webm');
  writeFileSync(path('text.wav'), '<html><body>404 Not Found</body></html>\n'.repeat(20));
  writeFileSync(
    path('noise.mp4'),
    Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251),
  );
  writeFileSync(path('empty.mp4'), '');
});

describe.each(installations())('probeMedia with the $name ffmpeg', ({ setting }) => {
  useInstallation(setting);

  it('reads a video with sound', async () => {
    const info = await probeMedia(path('both.mp4'));
    expect(info.durationSeconds).toBeCloseTo(4, 2);
    expect(info.video).toMatchObject({
      ...{ widthPx: 160, heightPx: 90, framesPerSecond: 25, startSeconds: 0, frameCount: 100, rotationDegrees: 0 },
    });
    expect(info.audio).toMatchObject({ sampleRateHz: 48000, channels: 2, startSeconds: 0, codec: 'aac' });
  });

  it('reads the turn', async () => {
    // ffmpeg's own `rotate` option counts counter-clockwise.
    expect((await probeMedia(path('turned.mp4'))).video?.rotationDegrees).toBe(270);
  });

  it('takes a cover image for no video', async () => {
    const info = await probeMedia(path('cover.mp3'));
    expect(info.video).toBeUndefined();
    expect(info.audio?.codec).toBe('mp3');
  });

  it('measures a length that the file does not state', async () => {
    expect((await probeMedia(path('recorded.webm'))).durationSeconds).toBeCloseTo(4, 1);
  });

  it.each([
    ['none.mp4', 'media-not-found', 'there is no such file'],
    ['.', 'media-is-folder', 'is a folder'],
    ['empty.mp4', 'media-empty', 'the file has no content'],
    ['text.wav', 'not-media', 'got text'],
    ['noise.mp4', 'not-media', 'not a media file that ffmpeg can read'],
  ])('says what is wrong with %s', async (name, code, text) => {
    const error = await probeMedia(path(name)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'BenchError', code, message: expect.stringContaining(text) });
    expect((error as Error).message).toContain(folder);
    expect((error as Error).message).not.toMatch(/0x[0-9a-f]{4}|\bat .*\.js/);
  });

  it('knows its version', async () => {
    expect(await ffmpegVersion()).toMatch(/^\S+/);
  });
});

describe('locateBinaries', () => {
  it('falls back to the packages where PATH has none', () => {
    const { ffmpeg, ffprobe } = locateBinaries({ PATH: folder });
    expect(ffmpeg).toContain('@ffmpeg-installer');
    expect(ffprobe).toContain('@ffprobe-installer');
  });

  it('refuses a setting that names no program', () => {
    expect(() => locateBinaries({ BENCH_FFMPEG: path('none') })).toThrow(/BENCH_FFMPEG does not name a program/);
  });
});

describe('hashFile', () => {
  it('is SHA-256', async () => {
    writeFileSync(path('abc'), 'abc');
    // FIPS 180-2, appendix B.1.
    expect(await hashFile(path('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('names the file that is missing', async () => {
    await expect(hashFile(path('none'))).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
