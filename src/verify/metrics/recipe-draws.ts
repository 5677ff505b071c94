import { z } from 'zod';
import type { Rng } from '../../core/rng.js';
import { uniformStream } from './metric-recipe.js';

/** The fixtures' way to draw indices: floor(u * bound) of the uniform stream of a seed. */
export function drawsOf(seed: number): Pick<Rng, 'integer'> {
  const uniform = uniformStream(seed);
  return { integer: (bound) => Math.floor(uniform() * bound) };
}

/** Step k of an extrapolation draws from a stream of its own. */
export interface StepDraws {
  readonly seed_of_step_k: number;
}

export const stepDrawsSchema: z.ZodType<StepDraws> = z.object({ seed_of_step_k: z.int() });

export function drawsOfStep({ seed_of_step_k: seed }: StepDraws): (step: number) => Pick<Rng, 'integer'> {
  return (step) => drawsOf(seed + step);
}
