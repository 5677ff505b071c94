import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { writeFileAtomic } from './atomic-file.js';

/** What is known of files by the SHA-256 of their bytes, one small JSON file an entry. */
export interface ContentEntries<T> {
  /** The entry of this content; made by `find` and kept where it is not there yet. What `find` throws is never kept. */
  valueOf(contentSha256: string, find: () => Promise<T>): Promise<T>;
}

/** A damaged entry under `directory`, or one that `schema` refuses, counts as absent and is written anew. */
export function contentEntries<T>(directory: string, schema: z.ZodType<T>): ContentEntries<T> {
  return {
    valueOf: async (contentSha256, find) => {
      const path = join(directory, contentSha256.slice(0, 2), `${contentSha256}.json`);
      const known = await readEntry(path, schema);
      if (known !== undefined) return known;
      const found = await find();
      await writeFileAtomic(path, `${JSON.stringify(found)}\n`);
      return found;
    },
  };
}

async function readEntry<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Not there or damaged: the file itself is asked again.
    return undefined;
  }
}
