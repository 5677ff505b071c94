import { open } from 'node:fs/promises';
import { BenchError } from '../core/errors.js';
import { lengthOf, type Waveform } from '../core/waveform.js';
import { throughTemporaryFile } from './temporary-file.js';
import { type WavFormat, wavHeader } from './wav-header.js';

/** Sample frames written at once. */
const blockLength = 1 << 16;

/**
 * Writes a WAV file, whole or not at all. `float32` (default) keeps every bit, NaN included; `pcm16` rounds to the nearest
 * step, clips beyond [-1, 1) and refuses NaN, which it cannot hold; `smallest-lossless` is `pcm16` where that changes no
 * sample, so that sound read from a 16-bit file is written as the same bytes, and `float32` otherwise.
 */
export async function writeWav(
  path: string,
  waveform: Waveform,
  options: { readonly format?: WavFormat | 'smallest-lossless' } = {},
): Promise<void> {
  const format = options.format === 'smallest-lossless' ? smallestLossless(waveform) : (options.format ?? 'float32');
  const length = lengthOf(waveform);
  const channels = waveform.channels.length;
  const header = wavHeader({ format, sampleRateHz: waveform.sampleRateHz, channels, length });
  if (format === 'pcm16') refuseNaN(path, waveform);
  await throughTemporaryFile(path, async (temporary) => {
    const file = await open(temporary, 'w');
    try {
      await file.write(header);
      for (let start = 0; start < length; start += blockLength) {
        await file.write(interleave(waveform, { format, start, end: Math.min(length, start + blockLength) }));
      }
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

function smallestLossless({ channels }: Waveform): WavFormat {
  for (const channel of channels) {
    for (let index = 0; index < channel.length; index++) {
      const step = channel[index]! * 32768;
      if (!Number.isInteger(step) || step < -32768 || step > 32767) return 'float32';
    }
  }
  return 'pcm16';
}

/** The samples as they stand in the file: one of each channel after the other. */
function interleave(
  { channels }: Waveform,
  { format, start, end }: { readonly format: WavFormat; readonly start: number; readonly end: number },
): Uint8Array {
  const total = (end - start) * channels.length;
  const samples = format === 'float32' ? new Float32Array(total) : new Int16Array(total);
  const write = format === 'float32' ? copyFloats : roundTo16Bits;
  channels.forEach((channel, first) => {
    write(channel.subarray(start, end), samples, { first, stride: channels.length });
  });
  return new Uint8Array(samples.buffer);
}

interface Place {
  readonly first: number;
  readonly stride: number;
}

function copyFloats(channel: Float32Array, samples: Float32Array | Int16Array, { first, stride }: Place): void {
  for (let index = 0, at = first; index < channel.length; index++, at += stride) samples[at] = channel[index]!;
}

function roundTo16Bits(channel: Float32Array, samples: Float32Array | Int16Array, { first, stride }: Place): void {
  for (let index = 0, at = first; index < channel.length; index++, at += stride) {
    samples[at] = Math.max(-32768, Math.min(32767, Math.round(channel[index]! * 32768)));
  }
}

function refuseNaN(path: string, { channels }: Waveform): void {
  if (!channels.some((channel) => channel.some(Number.isNaN))) return;
  const remedy = 'Write float32, or mend the sound first';
  throw new BenchError({
    code: 'nan-samples',
    kind: 'input',
    problem: '16-bit sound cannot hold NaN',
    file: path,
    remedy,
  });
}
