import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/outcome.js';
import { durationSecondsOf, lengthOf, type Waveform } from '../../src/core/waveform.js';
import { decodeAudio } from '../../src/media/decode-audio.js';
import { openVideoFrames } from '../../src/media/video-frames.js';
import { writeWav } from '../../src/media/write-wav.js';
import { click, flash, installations, mediaFolder, useInstallation } from './media-files.js';

const { make, path, folder } = mediaFolder();

beforeAll(() => {
  make(...flash, ...click, '-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-bf', '2', '-c:a', 'aac', 'click.mp4');
  make(
    '-i',
    'click.mp4',
    '-itsoffset',
    '0.7',
    '-i',
    'click.mp4',
    '-map',
    '0:v',
    '-map',
    '1:a',
    '-c',
    'copy',
    'late.mp4',
  );
  make(
    '-i',
    'click.mp4',
    '-itsoffset',
    '0.7',
    '-i',
    'click.mp4',
    '-map',
    '1:v',
    '-map',
    '0:a',
    '-c',
    'copy',
    'early.mkv',
  );
  make(...flash, ...click, '-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-c:a', 'flac', 'click.mkv');
  make(
    ...flash,
    ...click,
    '-map',
    '0:v',
    '-map',
    '1:a',
    '-c:v',
    'libvpx',
    '-deadline',
    'realtime',
    '-c:a',
    'libopus',
    'click.webm',
  );
  make(...click, '-c:a', 'pcm_s16le', 'click.wav');
  make('-f', 'lavfi', '-i', 'sine=f=1000:d=2:r=96000', '-c:a', 'flac', 'mono.flac');
  make('-f', 'lavfi', '-i', 'sine=d=2:r=44100', '-af', 'pan=5.1|c0=c0|c3=0.5*c0', '-c:a', 'libvorbis', 'surround.ogg');
  make(
    '-f',
    'lavfi',
    '-i',
    'sine=d=2:r=48000',
    ...flash,
    '-af',
    'pan=5.1|c2=c0',
    '-c:a',
    'aac',
    '-t',
    '2',
    'surround.mp4',
  );
  make(...flash, '-c:v', 'libx264', 'mute.mp4');
  writeFileSync(path('truncated.wav'), readFileSync(path('click.wav')).subarray(0, 192_044));
});

describe.each(installations())('decodeAudio with the $name ffmpeg', ({ setting }) => {
  useInstallation(setting);

  it.each([
    ['mono.flac', 96000, 1, 2],
    ['surround.ogg', 44100, 6, 2],
    ['surround.mp4', 48000, 6, 2],
    ['click.wav', 48000, 2, 4],
  ])('keeps the rate and the channels of %s', async (name, sampleRateHz, channels, seconds) => {
    const waveform = waveformOf(await decodeAudio(path(name)));
    expect(waveform.sampleRateHz).toBe(sampleRateHz);
    expect(waveform.channels).toHaveLength(channels);
    expect(durationSecondsOf(waveform)).toBeCloseTo(seconds, 1);
  });

  it('keeps the order of the channels', async () => {
    const { channels } = waveformOf(await decodeAudio(path('surround.ogg')));
    const peaks = channels.map((channel) => channel.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
    expect(peaks[0]).toBeGreaterThan(0.1);
    expect(peaks[3]).toBeCloseTo(peaks[0]! / 2, 1);
    expect(peaks[1]).toBeLessThan(0.001);
  });

  it.each([
    ['click.mp4', 0],
    ['click.mkv', 0],
    ['click.webm', 0],
    ['late.mp4', 0.7],
    ['early.mkv', -0.7],
  ])('hears the click of %s as far from the flash as the file has it', async (name, late) => {
    const clickSeconds = onsetSeconds(waveformOf(await decodeAudio(path(name))));
    const flashSeconds = await flashAt(path(name));
    expect(flashSeconds).toBeCloseTo(2, 6);
    expect(Math.abs(clickSeconds - flashSeconds - late)).toBeLessThan(0.01);
  });

  it('says that the sound was padded or cut', async () => {
    expect(warningsOf(await decodeAudio(path('late.mp4'))).join()).toMatch(
      /starts 0\.6\d\d s after the pictures.*padded/,
    );
    expect(warningsOf(await decodeAudio(path('early.mkv'))).join()).toMatch(/before the pictures and was cut/);
    expect(warningsOf(await decodeAudio(path('click.mp4')))).toEqual([]);
  });

  it('gives the requested window to the sample', async () => {
    const whole = waveformOf(await decodeAudio(path('click.wav')));
    const part = waveformOf(await decodeAudio(path('click.wav'), { startSeconds: 1.9, durationSeconds: 0.5 }));
    expect(lengthOf(part)).toBe(24_000);
    expect(part.channels[0]).toEqual(whole.channels[0]!.slice(91_200, 115_200));
  });

  it('gives the same samples whether it seeks or not', async () => {
    make('-stream_loop', '7', '-i', 'click.mp4', '-c', 'copy', 'long.mp4');
    const tail = waveformOf(await decodeAudio(path('long.mp4'), { startSeconds: 25, durationSeconds: 3 }));
    const whole = waveformOf(await decodeAudio(path('long.mp4'), { durationSeconds: 28 }));
    expect(tail.channels[0]!.slice(4800)).toEqual(whole.channels[0]!.slice(25 * 48_000 + 4800));
    expect(tail.channels[0]!.some((sample) => Math.abs(sample) > 0.1)).toBe(true);
  });

  it('gives what a truncated file holds, with a warning', async () => {
    const outcome = await decodeAudio(path('truncated.wav'));
    expect(durationSecondsOf(waveformOf(outcome))).toBeCloseTo(1, 2);
    expect(warningsOf(outcome).join()).toContain('breaks off at 1.00 s; the file states 4.00 s');
  });

  it('keeps NaN and samples beyond full scale', async () => {
    const samples = Float32Array.from({ length: 4800 }, (_, index) => [0.25, Number.NaN, 3.5, -0.125][index % 4]!);
    await writeWav(path('nan.wav'), { sampleRateHz: 48_000, channels: [samples] });
    expect(waveformOf(await decodeAudio(path('nan.wav'))).channels[0]).toEqual(samples);
  });

  it('skips a file without sound', async () => {
    const outcome = await decodeAudio(path('mute.mp4'));
    expect(outcome).toMatchObject({ status: 'skipped', reason: expect.stringContaining('no sound track') });
  });

  it('fails with a code for what is not there', async () => {
    expect(await decodeAudio(path('none.wav'))).toMatchObject({ error: { code: 'media-not-found' } });
    expect(await decodeAudio(folder)).toMatchObject({ error: { code: 'media-is-folder' } });
    expect(await decodeAudio(path('click.wav'), { startSeconds: 9 })).toMatchObject({
      error: { code: 'no-sound-in-window' },
    });
  });

  it('throws when it is aborted', async () => {
    const signal = AbortSignal.abort();
    await expect(decodeAudio(path('click.wav'), { signal })).rejects.toMatchObject({ code: 'interrupted' });
  });
});

function waveformOf(outcome: Outcome<Waveform>): Waveform {
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

function warningsOf(outcome: Outcome<Waveform>): readonly string[] {
  return outcome.status === 'ok' ? (outcome.warnings ?? []) : [];
}

function onsetSeconds({ channels, sampleRateHz }: Waveform): number {
  return channels[0]!.findIndex((sample) => Math.abs(sample) > 0.2) / sampleRateHz;
}

async function flashAt(file: string): Promise<number> {
  const frames = await openVideoFrames(file);
  if (frames.status !== 'ok') throw new Error(JSON.stringify(frames));
  for await (const frame of frames.value.stream({ widthPx: 16, heightPx: 9 })) {
    if (frame.rgb[200]! > 128) return frame.timeSeconds;
  }
  return Number.NaN;
}
