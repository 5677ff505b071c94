import { readFileSync } from 'node:fs';
import type { Checkpoint } from '../../src/models/checkpoint/checkpoint.js';
import { parseManifest } from '../../src/verify/golden.js';
import { recipeCheckpoint } from '../../src/verify/recipe-checkpoint.js';

/** The weights that a manifest of the golden values gives by recipe. */
export function recipeCheckpointOf(manifestPath: string): Checkpoint {
  return recipeCheckpoint(parseManifest(readFileSync(manifestPath, 'utf8'), manifestPath), manifestPath);
}
