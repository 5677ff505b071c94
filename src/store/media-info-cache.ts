import { z } from 'zod';
import { type MediaInfo, probeMedia } from '../media/probe.js';
import { contentEntries } from './content-entries.js';

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

type Entry = z.infer<typeof schema>;

/** Always asks ffprobe. */
export const uncachedMediaInfo: MediaInfoCache = { infoOf: (path) => probeMedia(path) };

/** One file an entry under `directory`; a damaged entry, or one of another version, counts as absent and is written anew. */
export function fileMediaInfoCache(directory: string): MediaInfoCache {
  const entries = contentEntries(directory, schema);
  return {
    infoOf: async (path, contentSha256) => {
      const find = async (): Promise<Entry> => ({ version: mediaInfoVersion, info: await probeMedia(path) });
      return (await entries.valueOf(contentSha256, find)).info;
    },
  };
}
