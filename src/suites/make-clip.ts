import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BenchError } from '../core/errors.js';
import { encodeVideo } from '../media/encode-video.js';
import { throughTemporaryFile } from '../media/temporary-file.js';
import { writeWav } from '../media/write-wav.js';
import type { ClipScript, RenderedClip } from './clip-maker.js';

export interface MadeClipPaths {
  readonly videoPath: string;
  readonly referencePath: string;
  /** Written last: a clip without it, or with other sizes than it states, is made again. */
  readonly receiptPath: string;
}

const receiptSchema = z.object({
  framesSha256: z.string(),
  pcmSha256: z.string(),
  videoBytes: z.number(),
  referenceBytes: z.number(),
});

export function madeClipPaths(folder: string, id: string): MadeClipPaths {
  const path = (extension: string): string => join(folder, `${id}.${extension}`);
  return { videoPath: path('mp4'), referencePath: path('wav'), receiptPath: path('json') };
}

/** Whether the clip lies in the folder, whole. */
export async function isClipMade(folder: string, script: ClipScript): Promise<boolean> {
  const paths = madeClipPaths(folder, script.id);
  try {
    const receipt = receiptSchema.parse(JSON.parse(await readFile(paths.receiptPath, 'utf8')));
    return (
      receipt.framesSha256 === script.framesSha256 &&
      receipt.pcmSha256 === script.pcmSha256 &&
      receipt.videoBytes === (await stat(paths.videoPath)).size &&
      receipt.referenceBytes === (await stat(paths.referencePath)).size
    );
  } catch {
    // Not there, cut off, or from another version: all the same, it is made anew.
    return false;
  }
}

/**
 * Renders a clip into the folder: ID.mp4 with the music as AAC for people to watch, ID.wav with the music that is scored,
 * ID.json as the receipt. Throws when pictures or sound are not the bytes that the script states.
 */
export async function makeClip(
  folder: string,
  script: ClipScript,
  options: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const paths = madeClipPaths(folder, script.id);
  const clip = script.render();
  checkHash(script, { part: 'sound', expected: script.pcmSha256, got: clip.pcmSha256 });
  await writeWav(paths.referencePath, clip.music, { format: 'pcm16' });
  const framesSha256 = await encodeHashed(clip, { paths, ...options });
  checkHash(script, { part: 'pictures', expected: script.framesSha256, got: framesSha256 });
  const receipt: z.infer<typeof receiptSchema> = {
    framesSha256,
    pcmSha256: clip.pcmSha256,
    videoBytes: (await stat(paths.videoPath)).size,
    referenceBytes: (await stat(paths.referencePath)).size,
  };
  await throughTemporaryFile(paths.receiptPath, (temporary) => writeFile(temporary, `${JSON.stringify(receipt)}\n`));
}

async function encodeHashed(
  clip: RenderedClip,
  { paths, signal }: { readonly paths: MadeClipPaths; readonly signal?: AbortSignal },
): Promise<string> {
  const hash = createHash('sha256');
  const hashed = function* (): Generator<Uint8Array> {
    for (const frame of clip.frames) {
      hash.update(frame);
      yield frame;
    }
  };
  const { widthPx, heightPx, framesPerSecond } = clip;
  await encodeVideo(paths.videoPath, {
    ...{ widthPx, heightPx, framesPerSecond, frames: hashed(), audioPath: paths.referencePath },
    ...(signal === undefined ? {} : { signal }),
  });
  return hash.digest('hex');
}

function checkHash(
  script: ClipScript,
  { part, expected, got }: { readonly part: string; readonly expected: string; readonly got: string },
): void {
  if (expected === got) return;
  throw new BenchError({
    code: 'made-clip-differs',
    kind: 'environment',
    problem: `the ${part} of clip ${script.id} came out other than the suite states`,
    expected: `SHA-256 ${expected.slice(0, 12)}…`,
    got: `${got.slice(0, 12)}…`,
    remedy: 'Report it with the version of Node and the processor: numbers of this machine would not be comparable',
  });
}
