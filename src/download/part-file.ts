import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** What must be the same for the bytes on disk to be the beginning of the file at the address. */
export interface PartState {
  readonly url: string;
  /** A strong ETag, else Last-Modified: what `If-Range` takes (RFC 9110, 13.1.5). */
  readonly validator?: string | undefined;
  readonly totalBytes?: number | undefined;
}

const stateSchema = z.object({
  url: z.string(),
  validator: z.string().optional(),
  totalBytes: z.int().nonnegative().optional(),
});

/** An unfinished download: `FILE.part` with what is known of it in `FILE.part.json`. */
export interface PartFile {
  readonly path: string;
  /** Bytes on disk, 0 where there is none, and the state they belong to. */
  read(): Promise<{ readonly bytes: number; readonly state: PartState | undefined }>;
  writeState(state: PartState): Promise<void>;
  discard(): Promise<void>;
}

export function partFileOf(target: string): PartFile {
  const path = `${target}.part`;
  const statePath = `${target}.part.json`;
  return {
    path,
    read: async () => {
      const state = await readState(statePath);
      const bytes = await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
      return { bytes: state === undefined ? 0 : bytes, state };
    },
    writeState: (state) => writeFile(statePath, JSON.stringify(state)),
    discard: async () => {
      await rm(path, { force: true });
      await rm(statePath, { force: true });
    },
  };
}

/** A state that cannot be read is none: the download starts again. */
async function readState(path: string): Promise<PartState | undefined> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** What an answer says about the version of the file; weak ETags do not promise equal bytes. */
export function validatorOf(headers: Headers): string | undefined {
  const etag = headers.get('etag');
  return etag !== null && !etag.startsWith('W/') ? etag : (headers.get('last-modified') ?? undefined);
}
