import { z } from 'zod';
import { mapOutcome } from '../../core/outcome.js';
import { bradleyTerry, eloOf } from '../../stats/bradley-terry.js';
import type { OrderedVotes } from '../../stats/choice-likelihood.js';
import { type Davidson, davidson } from '../../stats/davidson.js';
import { compareFields, compareLists } from './comparison.js';
import type { CasePart, Comparison, MetricTolerance } from './family-runner.js';
import { type MetricCase, readFields } from './metric-fixture.js';
import { statsTolerance } from './stats-tolerance.js';

const numbers = z.array(z.number());

const bradleyTerrySchema = z.object({
  input: z.object({ wins: z.array(numbers) }),
  expected: z
    .object({
      theta_mean0: numbers,
      strength_geometric_mean_1: numbers,
      elo400_mean1000: numbers,
      neg_loglik: z.number(),
      se_theta_mean0_model: numbers,
      cov_theta_mean0: z.array(numbers),
    })
    .partial(),
});

export function bradleyTerryPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(bradleyTerrySchema, metricCase);
  const tolerance = statsTolerance(metricCase);
  return {
    compute: () =>
      mapOutcome(bradleyTerry(input.wins), (own) => {
        const { neg_loglik, cov_theta_mean0, ...lists } = expected;
        const ownLists: Readonly<Record<keyof typeof lists, Float64Array>> = {
          theta_mean0: own.logStrengths,
          strength_geometric_mean_1: own.logStrengths.map(Math.exp),
          elo400_mean1000: own.logStrengths.map(eloOf),
          se_theta_mean0_model: own.standardErrors,
        };
        return [
          ...compareFields({ neg_loglik: -own.logLikelihood }, { neg_loglik: neg_loglik ?? Number.NaN }, { tolerance }),
          ...Object.entries(lists).flatMap(([field, golden]) =>
            compareLists(ownLists[field as keyof typeof lists], golden ?? [], { field, tolerance }),
          ),
          ...compareLists(
            own.covariance.flatMap((row) => [...row]),
            (cov_theta_mean0 ?? []).flat(),
            {
              field: 'cov_theta_mean0',
              tolerance,
            },
          ),
        ];
      }),
  };
}

const fitSchema = z.object({
  theta: numbers,
  log_nu: z.number(),
  nu: z.number(),
  loglik: z.number(),
  se_theta: numbers,
  se_log_nu: z.number(),
  order_first: z.number().optional(),
  se_order_first: z.number().optional(),
});
type GoldenFit = z.infer<typeof fitSchema>;

const davidsonSchema = z.object({
  input: z.object({
    n: z.number(),
    rows_first_second_outcome_count: z.array(z.tuple([z.number(), z.number(), z.enum(['A', 'B', 'T']), z.number()])),
  }),
  expected: z.object({
    without_order: fitSchema.optional(),
    with_order: fitSchema.optional(),
    fit: fitSchema.optional(),
    closed_form: z.object({ theta_diff: z.number(), nu: z.number() }).optional(),
    label_swap_fit: fitSchema.optional(),
    theta: numbers.optional(),
  }),
});

/** Lines for each fit that the fixture states; one with the order where it states none. */
export function davidsonParts(metricCase: MetricCase): readonly CasePart[] {
  const { input, expected } = readFields(davidsonSchema, metricCase);
  const { n: itemCount, rows_first_second_outcome_count: rows } = input;
  const votes = rows.map(([first, second, outcome, count]) => votesOf({ first, second, outcome, count }));
  const swapped = votes.map((vote) => ({
    ...vote,
    first: itemCount - 1 - vote.first,
    second: itemCount - 1 - vote.second,
  }));
  const tolerance = statsTolerance(metricCase);
  const fitPart = (
    golden: GoldenFit,
    options: { part?: string; withOrder?: boolean; isSwapped?: boolean },
  ): CasePart => ({
    ...(options.part === undefined ? {} : { part: options.part }),
    compute: () =>
      mapOutcome(
        davidson(options.isSwapped === true ? swapped : votes, { itemCount, withOrder: options.withOrder ?? false }),
        (own) => compareFit(options.isSwapped === true ? unswapped(own) : own, golden, tolerance),
      ),
  });
  const { without_order, with_order, fit, closed_form, label_swap_fit } = expected;
  const parts = [
    ...(without_order === undefined ? [] : [fitPart(without_order, { part: 'without-order' })]),
    ...(with_order === undefined ? [] : [fitPart(with_order, { part: 'with-order', withOrder: true })]),
    ...(fit === undefined ? [] : [fitPart(fit, { part: 'fit' })]),
    ...(label_swap_fit === undefined ? [] : [fitPart(label_swap_fit, { part: 'labels-swapped', isSwapped: true })]),
    ...(closed_form === undefined ? [] : [closedFormPart(votes, closed_form, tolerance)]),
  ];
  if (parts.length > 0) return parts;
  const withOrder = expected.theta === undefined;
  return [{ compute: () => mapOutcome(davidson(votes, { itemCount, withOrder }), (own) => fieldsOf(own).map(shown)) }];
}

function votesOf(row: { first: number; second: number; outcome: 'A' | 'B' | 'T'; count: number }): OrderedVotes {
  const { first, second, outcome, count } = row;
  const of = (wanted: string): number => (outcome === wanted ? count : 0);
  return { first, second, firstPreferred: of('A'), secondPreferred: of('B'), ties: of('T') };
}

function unswapped(own: Davidson): Davidson {
  return { ...own, logStrengths: own.logStrengths.toReversed(), standardErrors: own.standardErrors.toReversed() };
}

function compareFit(own: Davidson, golden: GoldenFit, tolerance: MetricTolerance): readonly Comparison[] {
  const { theta, se_theta, ...single } = golden;
  const stated = Object.fromEntries(
    Object.entries(single).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])),
  );
  return [
    ...compareLists(own.logStrengths, theta, { field: 'theta', tolerance }),
    ...compareLists(own.standardErrors, se_theta, { field: 'se_theta', tolerance }),
    ...compareFields(Object.fromEntries(fieldsOf(own)), stated, { tolerance }),
  ];
}

function fieldsOf(own: Davidson): readonly (readonly [string, number])[] {
  return [
    ['log_nu', own.logTies],
    ['nu', Math.exp(own.logTies)],
    ['loglik', own.logLikelihood],
    ['se_log_nu', own.logTiesStandardError],
    ...(own.order === undefined
      ? []
      : ([
          ['order_first', own.order.value],
          ['se_order_first', own.order.standardError],
        ] as const)),
  ];
}

/** A number that no golden one stands beside: where a refusal is expected it says what came instead. */
function shown([field, own]: readonly [string, number]): Comparison {
  return { field, own, golden: Number.NaN, tolerance: { absolute: 0, relative: 0 } };
}

function closedFormPart(
  votes: readonly OrderedVotes[],
  golden: { readonly theta_diff: number; readonly nu: number },
  tolerance: MetricTolerance,
): CasePart {
  return {
    part: 'closed-form',
    compute: () =>
      mapOutcome(davidson(votes, { itemCount: 2 }), ({ logStrengths, logTies }) =>
        compareFields(
          { theta_diff: logStrengths[0]! - logStrengths[1]!, nu: Math.exp(logTies) },
          { theta_diff: golden.theta_diff, nu: golden.nu },
          { tolerance },
        ),
      ),
  };
}
