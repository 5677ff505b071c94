import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type MediaInfo, probeMedia } from '../media/probe.js';
import { writeFileAtomic } from './atomic-file.js';

/** What a file holds, by its content: asking ffprobe costs a process, and the answer for the same bytes is the same. */
export interface MediaInfoCache {
  /** Throws what `probeMedia` throws; that is never kept. */
  infoOf(path: string, contentSha256: string): Promise<MediaInfo>;
}

/** Raised when `probeMedia` reads a file in another way. */
const mediaInfoVersion = 1;

const seconds = z.number();
const schema = z.object({
  version: z.literal(mediaInfoVersion),
  info: z.object({
    container: z.string(),
    containerStartSeconds: seconds,
    durationSeconds: seconds,
    video: z
      .object({
        streamIndex: z.int(),
        widthPx: z.int(),
        heightPx: z.int(),
        framesPerSecond: z.number(),
        startSeconds: seconds,
        frameCount: z.int().exactOptional(),
        rotationDegrees: z.number(),
      })
      .exactOptional(),
    audio: z
      .object({
        streamIndex: z.int(),
        sampleRateHz: z.number(),
        channels: z.int(),
        startSeconds: seconds,
        codec: z.string(),
        durationSeconds: seconds.exactOptional(),
      })
      .exactOptional(),
  }),
});

/** Always asks ffprobe. */
export const uncachedMediaInfo: MediaInfoCache = { infoOf: (path) => probeMedia(path) };

/** One file an entry under `directory`; a damaged entry, or one of another version, counts as absent and is written anew. */
export function fileMediaInfoCache(directory: string): MediaInfoCache {
  return {
    infoOf: async (path, contentSha256) => {
      const entry = join(directory, contentSha256.slice(0, 2), `${contentSha256}.json`);
      const known = await readEntry(entry);
      if (known !== undefined) return known;
      const info = await probeMedia(path);
      await writeFileAtomic(entry, `${JSON.stringify({ version: mediaInfoVersion, info })}\n`);
      return info;
    },
  };
}

async function readEntry(path: string): Promise<MediaInfo | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8'))).info;
  } catch {
    // Not there or damaged: the file itself is asked again.
    return undefined;
  }
}
