import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';
import { decodeAudio } from './decode-audio.js';
import { writeFfmpeg } from './ffmpeg.js';
import { writeWav } from './write-wav.js';

export interface AudioPass {
  /** Options of ffmpeg's output: filters, codec, bit rate. */
  readonly outputOptions: readonly string[];
  /** Ending of the file in between, which chooses the container. */
  readonly extension: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends sound through ffmpeg into a file and reads it back: what a filter or a codec does to it. The files in between are removed. Throws
 * what ffmpeg throws; a file that does not decode is a failed outcome.
 */
export async function passAudio(
  sound: Waveform,
  { outputOptions, extension, signal }: AudioPass,
): Promise<Outcome<Waveform>> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-pass-'));
  try {
    const source = join(folder, `${randomUUID()}.wav`);
    const target = join(folder, `${randomUUID()}${extension}`);
    await writeWav(source, sound);
    const signalOption = signal === undefined ? {} : { signal };
    await writeFfmpeg({ inputs: [{ source }], outputOptions, subject: source, ...signalOption }, target);
    return await decodeAudio(target, signalOption);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
