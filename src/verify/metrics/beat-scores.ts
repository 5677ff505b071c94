import { z } from 'zod';
import { mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import { cemgilScore } from '../../metrics/rhythm/beat-cemgil.js';
import { beatContinuity } from '../../metrics/rhythm/beat-continuity.js';
import { beatFMeasure, onsetFMeasure } from '../../metrics/rhythm/beat-f-measure.js';
import { gotoScore } from '../../metrics/rhythm/beat-goto.js';
import { informationGain } from '../../metrics/rhythm/beat-information-gain.js';
import { pScore } from '../../metrics/rhythm/beat-p-score.js';
import { type BeatPair, trimBeats, usualFirstBeatSeconds } from '../../metrics/rhythm/beat-times.js';
import { exact } from './comparison.js';
import type { CasePart, Comparison, Expectation, MetricTolerance } from './family-runner.js';
import { goldenNumber, invalidFixture, type MetricCase, readFields, toleranceOf } from './metric-fixture.js';

/** A score, its parts, or the error of mir_eval. */
const scoreSchema = z.union([
  goldenNumber.transform((value) => [value]),
  z.array(goldenNumber),
  z
    .strictObject({ CMLc: z.number(), CMLt: z.number(), AMLc: z.number(), AMLt: z.number() })
    .transform(({ CMLc, CMLt, AMLc, AMLt }) => [CMLc, CMLt, AMLc, AMLt]),
  z.object({ error: z.string() }).transform((): number[] => []),
]);

const scoresSchema = z.object({ n_ref: z.int(), n_est: z.int() }).catchall(scoreSchema);

const caseSchema = z.object({
  ref_beats: z.array(goldenNumber),
  est_beats: z.array(goldenNumber),
  ref: z.object({ trim_5s: scoresSchema, no_trim: scoresSchema }).catchall(scoreSchema),
});

type GoldenScores = Readonly<Record<string, readonly number[]>>;

/** Three lines: the beat scores as mir_eval's evaluation has them, without dropping early beats, and the onset scores. */
export function beatParts(metricCase: MetricCase): CasePart[] {
  const { ref_beats: reference, est_beats: estimated, ref } = readFields(caseSchema, metricCase);
  const { trim_5s: trimmed, no_trim: whole, ...onsets } = ref;
  const pair: BeatPair = { reference, estimated };
  const tolerance = toleranceOf(metricCase, { absolute: 1e-10 });
  const isOpen = metricCase.outcome === 'see';
  const part = (name: string, used: BeatPair, golden: GoldenScores): CasePart => ({
    part: name,
    expects: isOpen ? expectationFor(used) : undefined,
    compute: () => compareScores(used, golden, tolerance),
  });
  return [
    part('trim_5s', trimBeats(pair, usualFirstBeatSeconds), beatScoresOf(trimmed)),
    part('no_trim', pair, beatScoresOf(whole)),
    part('onset', pair, onsets),
  ];
}

function beatScoresOf({ n_ref, n_est, ...scores }: z.infer<typeof scoresSchema>): GoldenScores {
  return { n_ref: [n_ref as number], n_est: [n_est as number], ...scores };
}

/** Without reference beats mir_eval gives 0, and nothing is defined. */
function expectationFor({ reference }: BeatPair): Expectation {
  return reference.length === 0 ? 'undefined' : 'value';
}

/**
 * All stated scores. One that is not defined, as those that need intervals are not for one reference beat, must not be a number;
 * if none is defined, the outcome is the refusal.
 */
function compareScores(
  pair: BeatPair,
  golden: GoldenScores,
  tolerance: MetricTolerance,
): Outcome<readonly Comparison[]> {
  const { n_ref, n_est, ...stated } = golden;
  const scores = Object.entries(stated).map(([name, values]) => ({ name, values, ...scoreOf(name, pair) }));
  const refused = scores.flatMap(({ outcome }) => (outcome.status === 'ok' ? [] : [outcome]));
  const refusal = refused.find(({ status }) => status === 'failed') ?? refused[0];
  if (refusal !== undefined && refused.length === scores.length) return refusal;
  const counts = [
    ...(n_ref ?? []).map((value) => ({ field: 'n_ref', own: pair.reference.length, golden: value, tolerance: exact })),
    ...(n_est ?? []).map((value) => ({ field: 'n_est', own: pair.estimated.length, golden: value, tolerance: exact })),
  ];
  const warnings = scores.flatMap(({ outcome }) => (outcome.status === 'ok' ? (outcome.warnings ?? []) : []));
  return ok(
    [...counts, ...scores.flatMap((score) => comparisonsOf(score, { pair, tolerance }))],
    [...new Set(warnings)],
  );
}

interface Score {
  readonly name: string;
  readonly values: readonly number[];
  readonly leastReference: number;
  readonly outcome: Outcome<readonly number[]>;
}

function comparisonsOf(
  { name, values, leastReference, outcome }: Score,
  { pair, tolerance }: { readonly pair: BeatPair; readonly tolerance: MetricTolerance },
): Comparison[] {
  const isDefined = pair.reference.length >= leastReference && values.every((value) => !Number.isNaN(value));
  if (outcome.status !== 'ok' && !isDefined) return [];
  const own = outcome.status === 'ok' ? outcome.value : [];
  // Compared with or as NaN, which breaks every limit: a number where none is defined, and none where one is.
  return (values.length === 0 ? [Number.NaN] : values).map((value, index) => ({
    field: values.length > 1 ? `${name}.${index}` : name,
    own: own[index] ?? Number.NaN,
    golden: isDefined ? value : Number.NaN,
    tolerance,
  }));
}

/** A score by the fixture's name for it, with the number of reference beats from which it is defined. */
function scoreOf(name: string, pair: BeatPair): Pick<Score, 'leastReference' | 'outcome'> {
  const window = /^(onset_f|f_measure)_w(\d+)_(\d+)$/.exec(name);
  if (window !== null) {
    const windowSeconds = Number(`${window[2]}.${window[3]}`);
    if (window[1] === 'f_measure') return { leastReference: 1, outcome: fMeasure(pair, { windowSeconds }) };
    const score = onsetFMeasure(pair, { windowSeconds });
    return {
      leastReference: 1,
      outcome: mapOutcome(score, (found) => [found.fMeasure, found.precision, found.recall]),
    };
  }
  const known = scores[name];
  if (known === undefined)
    throw invalidFixture({ file: 'ref', field: name, problem: 'no score of this name is known' });
  return { leastReference: known.leastReference, outcome: known.compute(pair) };
}

interface KnownScore {
  readonly leastReference: number;
  compute(pair: BeatPair): Outcome<readonly number[]>;
}

const scores: Readonly<Record<string, KnownScore>> = {
  f_measure: { leastReference: 1, compute: (pair) => fMeasure(pair) },
  continuity: {
    leastReference: 2,
    compute: (pair) =>
      mapOutcome(beatContinuity(pair), (score) => [
        score.cmlContinuous,
        score.cmlTotal,
        score.amlContinuous,
        score.amlTotal,
      ]),
  },
  p_score: { leastReference: 2, compute: (pair) => mapOutcome(pScore(pair), (score) => [score]) },
  cemgil: {
    leastReference: 1,
    compute: (pair) => mapOutcome(cemgilScore(pair), ({ score, bestLevel }) => [score, bestLevel]),
  },
  goto: { leastReference: 3, compute: (pair) => mapOutcome(gotoScore(pair), (score) => [score]) },
  information_gain: { leastReference: 2, compute: (pair) => mapOutcome(informationGain(pair), (score) => [score]) },
};

function fMeasure(pair: BeatPair, options: { readonly windowSeconds?: number } = {}): Outcome<readonly number[]> {
  return mapOutcome(beatFMeasure(pair, options), (found) => [found.fMeasure]);
}
