import type { Model } from './catalogue.js';
import { type ModelSession, openModel } from './session.js';

/** Opens the model on the first call and hands the same session to every caller; after a failure the next call tries again. */
export function lazySession(model: Model): () => Promise<ModelSession> {
  let opening: Promise<ModelSession> | undefined;
  return () => {
    opening ??= openModel(model).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}
