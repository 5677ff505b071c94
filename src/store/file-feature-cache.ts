import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from './atomic-file.js';
import type { FeatureCache } from './feature-cache.js';
import { decodeFeatures, encodeFeatures } from './feature-codec.js';

/** One file an entry under `directory/ab/abcdef….features`. A damaged entry counts as absent and is written anew. */
export function fileFeatureCache(directory: string): FeatureCache {
  const pathOf = (key: string): string => join(directory, key.slice(0, 2), `${key}.features`);
  return {
    get: async (key) => {
      const bytes = await readFile(pathOf(key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      return bytes === undefined ? undefined : decodeFeatures(bytes);
    },
    has: (key) =>
      access(pathOf(key)).then(
        () => true,
        () => false,
      ),
    put: (key, outcome) => writeFileAtomic(pathOf(key), encodeFeatures(outcome)),
  };
}
