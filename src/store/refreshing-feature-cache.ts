import type { FeatureCache } from './feature-cache.js';

/** A cache whose old entries are not believed: what this process has not put itself counts as absent, and is replaced when put. */
export function refreshingFeatureCache(cache: FeatureCache): FeatureCache {
  const fresh = new Set<string>();
  return {
    get: async (key) => (fresh.has(key) ? cache.get(key) : undefined),
    has: async (key) => fresh.has(key) && cache.has(key),
    put: async (key, outcome) => {
      await cache.put(key, outcome);
      fresh.add(key);
    },
  };
}
