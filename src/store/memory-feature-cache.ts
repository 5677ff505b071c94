import type { FeatureCache } from './feature-cache.js';

/** A cache that forgets with the process. */
export function memoryFeatureCache(): FeatureCache {
  const entries = new Map<string, Awaited<ReturnType<FeatureCache['get']>>>();
  return {
    get: async (key) => entries.get(key),
    has: async (key) => entries.has(key),
    put: async (key, outcome) => {
      entries.set(key, outcome);
    },
  };
}
