import type { Features } from '../core/features.js';
import type { Ok, Skipped } from '../core/outcome.js';

/**
 * Features by content: the key is a hash over everything that shapes them (input, weights, encoder version, parameters),
 * so an entry never goes stale. Failures are never stored: they are tried again by the next run.
 */
export interface FeatureCache {
  get(key: string): Promise<Ok<Features> | Skipped | undefined>;
  has(key: string): Promise<boolean>;
  put(key: string, outcome: Ok<Features> | Skipped): Promise<void>;
}
