import { mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Waveform } from '../../src/core/waveform.js';
import { decodeAudio } from '../../src/media/decode-audio.js';
import { readPlainWav } from '../../src/media/read-wav.js';
import { writeWav } from '../../src/media/write-wav.js';

const sound: Waveform = {
  sampleRateHz: 22_050,
  channels: [3, 7].map((step) => Float32Array.from({ length: 5000 }, (_, n) => (((n * step) % 2001) - 1000) / 1024)),
};

async function written(format: 'float32' | 'pcm16', name = 'sound.wav'): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'read-wav-')), name);
  await writeWav(path, sound, { format });
  return path;
}

describe('readPlainWav', () => {
  it.each(['float32', 'pcm16'] as const)(
    'gives the samples of %s that ffmpeg gives, also of a window',
    async (format) => {
      const path = await written(format);
      const viaFfmpeg = await written(format, 'sound.notwav');
      for (const window of [{ startSeconds: 0 }, { startSeconds: 0.1, durationSeconds: 0.05 }, { startSeconds: 0.2 }]) {
        const decoded = await decodeAudio(viaFfmpeg, window);
        if (decoded.status !== 'ok') throw new Error('ffmpeg did not decode');
        expect(await readPlainWav(path, window)).toEqual(decoded.value);
      }
    },
  );

  it('leaves everything unusual to ffmpeg', async () => {
    const path = await written('pcm16');
    await truncate(path, 9000);
    expect(await readPlainWav(path, { startSeconds: 0 })).toBeUndefined();
    await writeFile(path, 'not a sound');
    expect(await readPlainWav(path, { startSeconds: 0 })).toBeUndefined();
    expect(await readPlainWav('/no/such/file.wav', { startSeconds: 0 })).toBeUndefined();
  });
});

describe('writeWav with the smallest lossless format', () => {
  it('writes sound from a 16-bit file as the same bytes', async () => {
    const path = await written('pcm16');
    const copy = join(path, '..', 'copy.wav');
    await writeWav(copy, (await readPlainWav(path, { startSeconds: 0 }))!, { format: 'smallest-lossless' });
    expect(await readFile(copy)).toEqual(await readFile(path));
  });

  it('keeps every bit of sound that 16 bits cannot hold', async () => {
    const fine: Waveform = { sampleRateHz: 8000, channels: [Float32Array.of(0.1, 1, -0.3)] };
    const path = join(await mkdtemp(join(tmpdir(), 'read-wav-')), 'fine.wav');
    await writeWav(path, fine, { format: 'smallest-lossless' });
    expect(await readPlainWav(path, { startSeconds: 0 })).toEqual(fine);
  });
});
