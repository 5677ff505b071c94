import { seededRng } from '../core/rng.js';

/** A seed of its own for every clip: with the bare one, a system that sees nothing would make the same sound for all of them. */
export function seedOfClip(seed: number, clipId: string): number {
  return seededRng('generation', seed, clipId).integer(2 ** 31);
}
