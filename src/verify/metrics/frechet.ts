import { createHash } from 'node:crypto';
import { z } from 'zod';
import { failed, mapOutcome, ok } from '../../core/outcome.js';
import { type FrechetDistance, frechetDistance } from '../../metrics/frechet-distance.js';
import { compareFields, compareLists, exact } from './comparison.js';
import type { CasePart, FamilyRunner, MetricTolerance } from './family-runner.js';
import { bootstrapParts, infinityParts } from './frechet-resampled.js';
import { perSongParts } from './frechet-songs.js';
import { invalidFixture, type MetricCase, type MetricFile, readFields, toleranceOf } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';

/** Fréchet distances: of two sets, extrapolated to endless samples, of single songs, and with a bootstrap. */
export const frechet: FamilyRunner = {
  family: 'frechet',
  parts(metricCase) {
    const parts = partsOf[metricCase.metric];
    if (parts !== undefined) return parts(metricCase);
    throw invalidFixture({ file: metricCase.id, field: 'metric', problem: `unknown metric "${metricCase.metric}"` });
  },
  fileParts: recipeParts,
};

const partsOf: Readonly<Record<string, (metricCase: MetricCase) => readonly CasePart[]>> = {
  frechet: (metricCase) => [distancePart(metricCase)],
  'fad-inf': infinityParts,
  'fad-individual': perSongParts,
  'fad-bootstrap': bootstrapParts,
};

/** The limit of sets of full rank; singular ones state their own. */
const tolerance: MetricTolerance = { absolute: 0, relative: 1e-9 };

const distanceSchema = z.object({
  X: matrixSchema,
  Y: matrixSchema,
  expected: z
    .strictObject({
      fd: z.number(),
      mean_term: z.number(),
      tr1: z.number(),
      tr2: z.number(),
      tr_sqrt: z.number(),
    })
    .optional(),
});

function distancePart(metricCase: MetricCase): CasePart {
  const { X, Y, expected } = readFields(distanceSchema, metricCase);
  const limits = toleranceOf(metricCase, tolerance);
  return {
    compute: () =>
      mapOutcome(frechetDistance(X(), Y()), (distance) => {
        if (expected === undefined) return [];
        const { fd, ...terms } = expected;
        // A trace of a set without variance is rounding (1e-32), so the terms may be off by their share of all of them.
        const termLimits = {
          ...limits,
          absolute: limits.absolute + limits.relative * (terms.mean_term + terms.tr1 + terms.tr2),
        };
        return [
          ...compareFields({ fd: distance.value }, { fd }, { tolerance: limits }),
          ...compareFields(termsOf(distance), terms, { tolerance: termLimits }),
        ];
      }),
  };
}

function termsOf({ meanTerm, traceX, traceY, traceSqrt }: FrechetDistance): Record<string, number> {
  return { mean_term: meanTerm, tr1: traceX, tr2: traceY, tr_sqrt: traceSqrt };
}

const checksSchema = z.object({
  checks: z
    .array(z.object({ recipe: matrixSchema, sha256_le_f64: z.string(), first: z.array(z.number()) }))
    .default([]),
});

/** Examples of the matrix recipe with the SHA-256 of their values: a difference behind them would say nothing about the metrics. */
function recipeParts(file: MetricFile): CasePart[] {
  return readFields(checksSchema, file).checks.map(({ recipe, sha256_le_f64: expected, first }, index) => ({
    part: `recipe-${index}`,
    compute() {
      const { data } = recipe();
      const got = createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex');
      if (got !== expected) return failed('recipe-differs', `the matrix has SHA-256 ${got}, expected ${expected}`);
      return ok(compareLists(data.subarray(0, first.length), first, { field: 'first', tolerance: exact }));
    },
  }));
}
