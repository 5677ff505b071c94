import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { locateBinaries } from '../../../src/media/binaries.js';
import { writeWav } from '../../../src/media/write-wav.js';

let made: Promise<string> | undefined;

/** One second of picture with sound, made once for all tests of a file. */
async function source(): Promise<string> {
  made ??= (async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'bench-source-')), 'one.mp4');
    await promisify(execFile)(locateBinaries().ffmpeg, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=32x32:rate=10:duration=1'],
      ...['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1', '-c:v', 'libx264', '-c:a', 'aac', path],
    ]);
    return path;
  })();
  return made;
}

/** A folder with the given files: `.mp4` and `.mkv` are videos with sound, `.wav` a tone of its own each, others hold the given text. */
export async function makeMiniature(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-miniature-'));
  let tone = 200;
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    if (/\.(mp4|mkv)$/.test(name) && text === '') await copyFile(await source(), path);
    else if (name.endsWith('.wav') && text === '') {
      tone += 10;
      await writeTone(path, tone);
    } else await writeFile(path, text);
  }
  return folder;
}

async function writeTone(path: string, hertz: number): Promise<void> {
  const sampleRateHz = 8000;
  const samples = Float32Array.from({ length: sampleRateHz }, (_, at) =>
    Math.sin((2 * Math.PI * hertz * at) / sampleRateHz),
  );
  await writeWav(path, { sampleRateHz, channels: [samples] });
}
