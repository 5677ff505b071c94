import { z } from 'zod';
import { type DecodedContent, decodedContentVersion, readDecodedContent } from '../media/decoded-content.js';
import type { MediaInfo } from '../media/probe.js';
import { wavShareThere } from '../media/wav-header.js';
import { contentEntries } from './content-entries.js';
import { type MediaInfoCache, uncachedMediaInfo } from './media-info-cache.js';

/** A file as ffprobe states it and as it decodes. Decoding takes minutes an hour of video, so it is done once a file. */
export interface ExaminedMedia {
  readonly info: Pick<MediaInfo, 'container' | 'durationSeconds'> & {
    readonly hasPictures: boolean;
    readonly hasSound: boolean;
  };
  readonly content: DecodedContent;
}

export interface DecodedContentCache {
  /** Throws a BenchError for a file that is no media or that ffmpeg gives up on; that is never kept. */
  examine(path: string, fileSha256: string, signal?: AbortSignal): Promise<ExaminedMedia>;
}

const stream = z.object({ sha256: z.string(), count: z.int(), durationSeconds: z.number() });
const schema = z.object({
  version: z.literal(decodedContentVersion),
  info: z.object({
    container: z.string(),
    durationSeconds: z.number(),
    hasPictures: z.boolean(),
    hasSound: z.boolean(),
  }),
  content: z.object({
    pictures: stream.exactOptional(),
    sound: stream.exactOptional(),
    messages: z.array(z.string()),
  }),
});

/** Always decodes. */
export const uncachedDecodedContent: DecodedContentCache = {
  examine: (path, sha256, signal) => examineMedia(path, { sha256, signal, mediaInfo: uncachedMediaInfo }),
};

/** One file an entry under `directory`, by the SHA-256 of the file's bytes. What is probed is left in `mediaInfo` for later runs. */
export function fileDecodedContentCache(directory: string, mediaInfo: MediaInfoCache): DecodedContentCache {
  const entries = contentEntries(directory, schema);
  return {
    examine: async (path, sha256, signal) => {
      const { info, content } = await entries.valueOf(sha256, async () => ({
        version: decodedContentVersion,
        ...mutable(await examineMedia(path, { sha256, signal, mediaInfo })),
      }));
      return { info, content };
    },
  };
}

/** zod's types are mutable. */
function mutable({ info, content }: ExaminedMedia): Omit<z.infer<typeof schema>, 'version'> {
  return { info, content: { ...content, messages: [...content.messages] } };
}

async function examineMedia(
  path: string,
  options: {
    readonly sha256: string;
    readonly signal: AbortSignal | undefined;
    readonly mediaInfo: MediaInfoCache;
  },
): Promise<ExaminedMedia> {
  const { sha256, signal, mediaInfo } = options;
  const info = await mediaInfo.infoOf(path, sha256);
  // ffprobe takes the length of a cut WAV file from what is left of it.
  const share = info.container === 'wav' ? await wavShareThere(path) : undefined;
  return {
    info: {
      container: info.container,
      durationSeconds: info.durationSeconds / (share === undefined || share === 0 ? 1 : share),
      hasPictures: info.video !== undefined,
      hasSound: info.audio !== undefined,
    },
    content: await readDecodedContent(path, { info, ...(signal === undefined ? {} : { signal }) }),
  };
}
