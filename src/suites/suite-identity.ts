import type { Clip } from '../core/clip.js';
import { hashOf } from '../core/hash.js';
import { hashFile } from '../media/hash-file.js';
import type { LoadedSuite } from './load-suite.js';

/**
 * What makes a suite this suite: its version and protocol, and of each clip the id, window, split and content. SHA-256 over
 * canonical JSON, whatever the order of the clips and wherever the files lie. Made clips count by their pictures and sound
 * before encoding, others by their files' bytes.
 */
export async function suiteIdentity(
  suite: LoadedSuite,
  options: { readonly signal?: AbortSignal } = {},
): Promise<string> {
  const clips = [];
  // One after the other: disks are slower than the hash, and some minutes of video are read here.
  for (const clip of [...suite.clips].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const { id, startSeconds, durationSeconds, split } = clip;
    const content = suite.contentHashes?.[id] ?? (await fileHashes(clip, options));
    clips.push({ id, startSeconds, durationSeconds, split, content });
  }
  return hashOf({ version: suite.version, protocol: suite.protocol, clips });
}

async function fileHashes(
  { videoPath, referencePath }: Clip,
  options: { readonly signal?: AbortSignal },
): Promise<{ video: string; reference?: string }> {
  const video = await hashFile(videoPath, options);
  return referencePath === undefined ? { video } : { video, reference: await hashFile(referencePath, options) };
}
