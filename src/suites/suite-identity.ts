import { join } from 'node:path';
import type { Clip } from '../core/clip.js';
import { hashOf } from '../core/hash.js';
import type { DecodedContentCache } from '../store/decoded-content-cache.js';
import { examineFile } from './import/examine-files.js';
import type { LoadedSuite } from './load-suite.js';

export interface IdentityOptions {
  readonly cache: DecodedContentCache;
  readonly signal?: AbortSignal;
}

/**
 * What makes a suite this suite: its version, protocol and window, and of each clip the id, window, split, caption, annotations and content. SHA-256
 * over canonical JSON, whatever the order of the clips and wherever the files lie. Content is what decodes, whatever the
 * container and tags; made clips count by their pictures and sound before encoding.
 */
export async function suiteIdentity(suite: LoadedSuite, options: IdentityOptions): Promise<string> {
  const clips = [];
  // One after the other: ffmpeg uses all cores for one file.
  for (const clip of [...suite.clips].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const { id, startSeconds, durationSeconds, split, caption, annotations } = clip;
    const content = suite.contentHashes?.[id] ?? (await contentHash(clip, options));
    clips.push({ id, startSeconds, durationSeconds, split, caption, annotations, content });
  }
  return hashOf({ version: suite.version, protocol: suite.protocol, window: suite.window, clips });
}

async function contentHash(clip: Clip, options: IdentityOptions): Promise<string> {
  const video = clip.videoPath === undefined ? undefined : await contentOfFile(clip.videoPath, options);
  const music = clip.referencePath === undefined ? undefined : await contentOfFile(clip.referencePath, options);
  return clipContentHash({
    pictures: video?.pictures,
    sound: clip.referenceMissing === undefined ? (music ?? video)?.sound : undefined,
  });
}

/** The content of a clip by that of its files: absent parts are absent, whatever the reason. */
export function clipContentHash(content: {
  readonly pictures: string | undefined;
  readonly sound: string | undefined;
}): string {
  return hashOf(content);
}

async function contentOfFile(
  file: string,
  options: IdentityOptions,
): Promise<{ readonly pictures?: string | undefined; readonly sound?: string | undefined }> {
  const { media, sha256 } = await examineFile(join(file, '..'), file.slice(join(file, '..').length + 1), options);
  // What cannot be decoded still is not something else.
  if (media.status !== 'ok') return { pictures: `undecodable ${sha256}`, sound: `undecodable ${sha256}` };
  return { pictures: media.value.content.pictures?.sha256, sound: media.value.content.sound?.sha256 };
}
