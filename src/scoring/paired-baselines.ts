import type { FeatureMatrix } from '../core/features.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import { derangement, seededRng } from '../core/rng.js';
import type { Estimate, MetricBaselines } from '../core/score.js';
import type { PairedMetric } from '../metrics/metric.js';
import { mean } from '../stats/mean.js';
import { checkedValue } from './checked-value.js';
import { sliceRows } from './concat-rows.js';
import type { FeatureLookup, ScoringInput } from './feature-lookup.js';
import { meanEstimate } from './mean-estimate.js';
import { baselineRepeats } from './settings.js';
import { sortedById } from './sorted.js';
import { targetOf } from './target.js';

/** A clip whose own music and target are both there. */
interface RealPair {
  readonly clipId: string;
  readonly music: FeatureMatrix;
  readonly target: FeatureMatrix;
}

/** Baselines of a paired metric, all from the references: well paired, with the wrong clip, and shifted in time. */
export function pairedBaselines(metric: PairedMetric, input: ScoringInput): MetricBaselines {
  const clips = realPairs(metric, input);
  return {
    metric: { id: metric.id, version: metric.version },
    realAgainstReal: realAgainstReal(metric, clips),
    realAgainstRealMeaning: meaningOf(metric),
    systemsAtEqualCount: [],
    chanceShuffledPairs: shuffledPairs(metric, { clips, rngSeed: input.rngSeed }),
    chanceTimeShift: timeShift(metric, { clips, rngSeed: input.rngSeed }),
  };
}

function realPairs(
  metric: PairedMetric,
  input: { readonly clipIds: readonly string[]; readonly features: FeatureLookup },
): RealPair[] {
  return sortedById(input.clipIds, (id) => id).flatMap((clipId) => {
    const music = input.features.reference(clipId, metric.need);
    const target = targetOf(metric, { features: input.features, clipId });
    return music.status === 'ok' && target.status === 'ok'
      ? [{ clipId, music: music.value, target: target.value }]
      : [];
  });
}

const targetNames = { video: 'video', caption: 'caption', annotations: 'annotated times' } as const;

function meaningOf(metric: PairedMetric): string {
  return metric.against === 'reference'
    ? "each reference's first half of windows against its own second half"
    : `each reference against its own ${targetNames[metric.against]}: what the original music scores`;
}

function realAgainstReal(metric: PairedMetric, clips: readonly RealPair[]): MetricBaselines['realAgainstReal'] {
  if (metric.against === 'reference' && metric.rotate !== undefined) {
    return skipped('two halves of one piece are not aligned in time');
  }
  const values = clips.flatMap((clip) => {
    const outcome = realScore(metric, clip);
    return outcome.status === 'ok' ? [outcome.value] : [];
  });
  if (values.length === 0) return skipped(noneOf(metric));
  return ok({ value: mean(values), clipCount: values.length, repeats: 1 });
}

function realScore(metric: PairedMetric, { music, target }: RealPair): Outcome<number> {
  if (metric.against !== 'reference') return checkedValue(() => metric.compare(music, target));
  const half = Math.floor(Math.min(music.rows, target.rows) / 2);
  if (half === 0) return skipped('one window only');
  const first = sliceRows(music, { start: 0, end: half });
  const second = sliceRows(target, { start: target.rows - half, end: target.rows });
  return checkedValue(() => metric.compare(first, second));
}

/** Every reference against the targets of other clips, 20 random cycles through all clips. */
function shuffledPairs(
  metric: PairedMetric,
  { clips, rngSeed }: { readonly clips: readonly RealPair[]; readonly rngSeed: number },
): Outcome<Estimate> {
  if (clips.length < 2) return skipped(`shuffled pairs need at least 2 clips with references, got ${clips.length}`);
  const rng = seededRng('shuffled-pairs', rngSeed, metric.id);
  const cycles = Array.from({ length: baselineRepeats }, () => derangement(clips.length, rng));
  return estimateOverClips(metric, {
    clips,
    rngLabels: ['shuffled-pairs-interval', rngSeed, metric.id],
    scoresOf: ({ music }, index) =>
      cycles.map((cycle) => {
        const other = clips[cycle[index] as number] as RealPair;
        return checkedValue(() => metric.compare(music, other.target));
      }),
  });
}

/** Every reference against its own target, rotated by 20 random parts of its length between a tenth and nine. */
function timeShift(
  metric: PairedMetric,
  { clips, rngSeed }: { readonly clips: readonly RealPair[]; readonly rngSeed: number },
): Outcome<Estimate> {
  const { rotate } = metric;
  if (rotate === undefined) return skipped('does not depend on the position in time');
  return estimateOverClips(metric, {
    clips,
    rngLabels: ['time-shift-interval', rngSeed, metric.id],
    scoresOf: ({ clipId, music, target }) => {
      const rng = seededRng('time-shift', rngSeed, metric.id, clipId);
      const fractions = Array.from({ length: baselineRepeats }, () => 0.1 + 0.8 * rng.next());
      return fractions.map((fraction) => checkedValue(() => metric.compare(rotate(music, fraction), target)));
    },
  });
}

/** Averages the scores within each clip, then over clips; clips without any score are left out and counted. */
function estimateOverClips(
  metric: PairedMetric,
  input: {
    readonly clips: readonly RealPair[];
    readonly rngLabels: readonly (string | number)[];
    readonly scoresOf: (clip: RealPair, index: number) => Outcome<number>[];
  },
): Outcome<Estimate> {
  const values = input.clips.flatMap((clip, index) => {
    const scored = input.scoresOf(clip, index).flatMap((outcome) => (outcome.status === 'ok' ? [outcome.value] : []));
    return scored.length > 0 ? [mean(scored)] : [];
  });
  if (values.length === 0) return skipped(noneOf(metric));
  const estimate = meanEstimate(values, seededRng(...input.rngLabels));
  if (estimate.status !== 'ok' || values.length === input.clips.length) return estimate;
  const remark = `${input.clips.length - values.length} of ${input.clips.length} clips gave no score`;
  return ok(estimate.value, [...(estimate.warnings ?? []), remark]);
}

function noneOf(metric: PairedMetric): string {
  return metric.against === 'reference'
    ? 'no reference could be scored'
    : `no reference could be scored against the clip's ${metric.against}`;
}
