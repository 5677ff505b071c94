import { open } from 'node:fs/promises';

export type WavFormat = 'float32' | 'pcm16';

export interface WavShape {
  readonly format: WavFormat;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Sample frames: one sample of each channel. */
  readonly length: number;
}

const bytesPerSample: Readonly<Record<WavFormat, number>> = { float32: 4, pcm16: 2 };

/** WAVE format tags (RFC 2361): 1 is integer PCM, 3 is IEEE float. */
const formatTag: Readonly<Record<WavFormat, number>> = { float32: 3, pcm16: 1 };

/** The bytes before the samples: RIFF, fmt (and fact, which float data needs), data. Little endian throughout. */
export function wavHeader({ format, sampleRateHz, channels, length }: WavShape): Uint8Array {
  const frameBytes = channels * bytesPerSample[format];
  const dataBytes = length * frameBytes;
  const isFloat = format === 'float32';
  const formatBytes = isFloat ? 18 : 16;
  const header = Buffer.alloc(12 + 8 + formatBytes + (isFloat ? 12 : 0) + 8);
  if (header.length + dataBytes > 0xffff_ffff) throw new RangeError('a WAV file cannot hold more than 4 GiB');
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(header.length - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(formatBytes, 16);
  header.writeUInt16LE(formatTag[format], 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(8 * bytesPerSample[format], 34);
  if (isFloat) {
    header.write('fact', 38, 'latin1');
    header.writeUInt32LE(4, 42);
    header.writeUInt32LE(length, 46);
  }
  header.write('data', header.length - 8, 'latin1');
  header.writeUInt32LE(dataBytes, header.length - 4);
  return header;
}

/**
 * How much of the sound that a WAV file's header promises is there, 0 to 1; undefined for other files and for streamed ones
 * that promise no length. ffprobe hides this: it takes the length from the file's size.
 */
export async function wavShareThere(path: string): Promise<number | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const chunk = Buffer.alloc(12);
    await file.read(chunk, 0, 12, 0);
    if (chunk.toString('latin1', 0, 4) !== 'RIFF' || chunk.toString('latin1', 8, 12) !== 'WAVE') return undefined;
    for (let position = 12; position + 8 <= size; ) {
      await file.read(chunk, 0, 8, position);
      const bytes = chunk.readUInt32LE(4);
      const unknown = bytes === 0 || bytes >= 0x7fff_ffff;
      if (chunk.toString('latin1', 0, 4) === 'data') {
        return unknown ? undefined : Math.min(1, (size - position - 8) / bytes);
      }
      position += 8 + bytes + (bytes % 2);
    }
    return undefined;
  } finally {
    await file.close();
  }
}
