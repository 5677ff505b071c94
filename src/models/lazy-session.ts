import type { Model } from './catalogue.js';
import type { ModelSession } from './session.js';
import { openSessionPool, type SessionPoolOptions } from './session-pool.js';

/** Opens the model on the first call and hands the same session to every caller; after a failure the next call tries again. */
export function lazySession(model: Model, options: SessionPoolOptions = {}): () => Promise<ModelSession> {
  let opening: Promise<ModelSession> | undefined;
  return () => {
    opening ??= openSessionPool(model, options).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}
