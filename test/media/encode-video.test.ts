import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeAudio } from '../../src/media/decode-audio.js';
import { encodeVideo } from '../../src/media/encode-video.js';
import { probeMedia } from '../../src/media/probe.js';
import { openVideoFrames } from '../../src/media/video-frames.js';
import { writeWav } from '../../src/media/write-wav.js';
import { installations, mediaFolder, useInstallation } from './media-files.js';

const { path, folder } = mediaFolder();
const shape = { widthPx: 64, heightPx: 48, framesPerSecond: 12 };

describe.each(installations())('encodeVideo with the $name ffmpeg', ({ setting }) => {
  useInstallation(setting);

  it('writes pictures and sound that come back at their times', async () => {
    const ramp = Float32Array.from({ length: 24_000 }, (_, index) => 0.5 * Math.sin(index / 20));
    await writeWav(path('music.wav'), { sampleRateHz: 24_000, channels: [ramp] });
    await encodeVideo(path('made.mp4'), { ...shape, frames: greys(12), audioPath: path('music.wav') });

    const info = await probeMedia(path('made.mp4'));
    expect(info.video).toMatchObject({ ...shape, frameCount: 12, startSeconds: 0 });
    expect(info.audio).toMatchObject({ sampleRateHz: 24_000, channels: 1, codec: 'aac' });
    const frames = await openVideoFrames(path('made.mp4'));
    if (frames.status !== 'ok') throw new Error(JSON.stringify(frames));
    const found: number[] = [];
    for await (const frame of frames.value.stream(shape)) found.push(frame.rgb[3000]!);
    expect(found).toHaveLength(12);
    for (const [index, grey] of found.entries()) expect(Math.abs(grey - 20 * index)).toBeLessThan(4);
  });

  it('writes nothing when a picture cannot be made', async () => {
    const frames = (function* (): Iterable<Uint8Array> {
      yield new Uint8Array(3 * 64 * 48);
      throw new Error('no more paint');
    })();
    await expect(encodeVideo(path('broken.mp4'), { ...shape, frames })).rejects.toThrow('no more paint');
    expect(readdirSync(folder).filter((name) => name.startsWith('broken'))).toEqual([]);
  });
});

describe('writeWav', () => {
  const samples = Float32Array.from([0, 0.5, -1, 1, -0.25, 1.5]);

  it('keeps every bit as float32', async () => {
    await writeWav(path('float.wav'), { sampleRateHz: 8000, channels: [samples, samples.map((value) => -value)] });
    const outcome = await decodeAudio(path('float.wav'));
    expect(outcome).toMatchObject({ status: 'ok', value: { sampleRateHz: 8000 } });
    if (outcome.status === 'ok') expect(outcome.value.channels).toEqual([samples, samples.map((value) => -value)]);
  });

  it('rounds and clips as pcm16', async () => {
    await writeWav(path('short.wav'), { sampleRateHz: 8000, channels: [samples] }, { format: 'pcm16' });
    const outcome = await decodeAudio(path('short.wav'));
    const expected = Float32Array.from([0, 0.5, -1, 32767 / 32768, -0.25, 32767 / 32768]);
    if (outcome.status === 'ok') expect(outcome.value.channels).toEqual([expected]);
    expect(outcome.status).toBe('ok');
  });

  it('refuses NaN as pcm16', async () => {
    const waveform = { sampleRateHz: 8000, channels: [Float32Array.of(Number.NaN)] };
    await expect(writeWav(path('nan.wav'), waveform, { format: 'pcm16' })).rejects.toMatchObject({
      code: 'nan-samples',
    });
  });
});

function* greys(count: number): Iterable<Uint8Array> {
  for (let index = 0; index < count; index++) yield new Uint8Array(3 * 64 * 48).fill(20 * index);
}
