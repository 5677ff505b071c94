import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { locateBinaries } from '../../src/media/binaries.js';
import { type DecodedContent, readDecodedContent } from '../../src/media/decoded-content.js';
import { probeMedia } from '../../src/media/probe.js';

const run = promisify(execFile);

describe('readDecodedContent', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const ffmpeg = async (...args: string[]): Promise<void> => {
    await run(locateBinaries().ffmpeg, ['-v', 'error', '-y', ...args]);
  };
  const contentOf = async (name: string): Promise<DecodedContent> =>
    readDecodedContent(at(name), { info: await probeMedia(at(name)) });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-content-'));
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=25:duration=2'];
    const sound = ['-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=44100:duration=2'];
    await ffmpeg(...picture, ...sound, '-c:v', 'libx264', '-c:a', 'aac', at('a.mp4'));
    await ffmpeg(...sound, '-c:a', 'pcm_s16le', at('a.wav'));
  });

  it('gives the pictures of the same stream one identity in every container, and the packets of its sound', async () => {
    await ffmpeg('-i', at('a.mp4'), '-c', 'copy', '-metadata', 'title=other', '-movflags', 'faststart', at('b.mp4'));
    await ffmpeg('-i', at('a.mp4'), '-c', 'copy', at('b.mkv'));
    const [original, again, matroska] = await Promise.all(['a.mp4', 'b.mp4', 'b.mkv'].map(contentOf));
    expect(again).toEqual(original);
    // Matroska's clock has milliseconds, and ffmpeg 4.1 moves all pictures but the first by the delay of the sound.
    const { durationSeconds, ...content } = matroska!.pictures!;
    expect(original!.pictures).toMatchObject({ ...content, count: 50 });
    expect(original!.pictures!.durationSeconds).toBeCloseTo(2, 6);
    expect(Math.abs(durationSeconds - 2)).toBeLessThanOrEqual(0.04);
  });

  it('counts every picture of a variable frame rate in every container', async () => {
    const uneven = "settb=1/90000,setpts='N*3600+if(mod(N\\,7)\\,0\\,3300)+if(eq(mod(N\\,13)\\,5)\\,-3000\\,0)'";
    await ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=25:duration=4', '-vf', uneven],
      ...['-vsync', 'passthrough', '-enc_time_base:v', '1/90000', '-c:v', 'libx264', '-bf', '0'],
      ...['-video_track_timescale', '90000', at('uneven.mp4')],
    );
    await ffmpeg('-i', at('uneven.mp4'), '-c', 'copy', at('uneven.mkv'));
    const [mp4, mkv] = await Promise.all(['uneven.mp4', 'uneven.mkv'].map(contentOf));
    expect(mp4!.pictures!.count).toBe(100);
    expect(mkv!.pictures!.sha256).toBe(mp4!.pictures!.sha256);
  });

  it('gives lossless sound one identity in every format, and other sound another', async () => {
    await ffmpeg('-i', at('a.wav'), at('a.flac'));
    await ffmpeg('-i', at('a.wav'), '-c:a', 'pcm_s24le', at('a.mov'));
    await ffmpeg('-i', at('a.wav'), '-af', 'volume=0.5', at('quiet.wav'));
    const [wav, flac, mov, quiet] = await Promise.all(['a.wav', 'a.flac', 'a.mov', 'quiet.wav'].map(contentOf));
    expect(flac!.sound!.sha256).toBe(wav!.sound!.sha256);
    expect(mov!.sound!.sha256).toBe(wav!.sound!.sha256);
    expect(quiet!.sound!.sha256).not.toBe(wav!.sound!.sha256);
    expect(wav!.sound!.durationSeconds).toBeCloseTo(2, 6);
    expect(wav!.pictures).toBeUndefined();
  });

  it('sees one changed picture', async () => {
    const flash = 'drawbox=enable=eq(n\\,20):w=8:h=8:color=white:t=fill';
    await ffmpeg('-i', at('a.mp4'), '-vf', flash, '-c:v', 'ffv1', '-an', at('flash.mkv'));
    await ffmpeg('-i', at('a.mp4'), '-c:v', 'ffv1', '-an', at('same.mkv'));
    const [original, same, flashed] = await Promise.all(['a.mp4', 'same.mkv', 'flash.mkv'].map(contentOf));
    expect(same!.pictures!.sha256).toBe(original!.pictures!.sha256);
    expect(flashed!.pictures!.sha256).not.toBe(original!.pictures!.sha256);
  });

  it('measures what is left of a file that breaks off, and repeats what ffmpeg says of damage', async () => {
    await ffmpeg('-i', at('a.mp4'), '-c', 'copy', at('whole.mkv'));
    const bytes = await readFile(at('whole.mkv'));
    await writeFile(at('cut.mkv'), bytes.subarray(0, Math.floor(bytes.length / 2)));
    const cut = await contentOf('cut.mkv');
    expect(cut.pictures!.durationSeconds).toBeLessThan(1.9);
    expect(cut.pictures!.durationSeconds).toBeGreaterThan(0.2);
    bytes.fill(0x55, Math.floor(bytes.length * 0.6), Math.floor(bytes.length * 0.62));
    await writeFile(at('damaged.mkv'), bytes);
    const damaged = await contentOf('damaged.mkv');
    expect(damaged.messages.length).toBeGreaterThan(0);
    expect(damaged.pictures!.sha256).not.toBe((await contentOf('whole.mkv')).pictures!.sha256);
  });
});
