import type { FeatureMatrix } from '../../src/core/features.js';
import { type Outcome, ok, skipped } from '../../src/core/outcome.js';
import { type Rng, seededRng } from '../../src/core/rng.js';
import type { PairedMetric, SetMetric } from '../../src/metrics/metric.js';
import type { FeatureLookup, ScoringInput } from '../../src/scoring/feature-lookup.js';

const description = {
  version: 1,
  title: 'title',
  summary: 'summary',
  aliases: [],
  citation: 'none',
  knownFailure: 'none',
};
const need = { encoder: 'numbers', output: 'windows' };

export function matrix(rows: readonly (readonly number[])[]): FeatureMatrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 1, data: Float32Array.from(rows.flat()) };
}

export function columnMeans(matrices: readonly FeatureMatrix[]): number[] {
  const columns = matrices[0]?.columns ?? 0;
  const rows = matrices.reduce((sum, one) => sum + one.rows, 0);
  const sums = new Array<number>(columns).fill(0);
  for (const { data } of matrices) for (const [index, value] of data.entries()) sums[index % columns]! += value;
  return sums.map((sum) => sum / rows);
}

/** Squared distance of the sets' means: the mean term of a Fréchet distance. */
export const meanDistance: SetMetric = {
  ...description,
  id: 'mean-distance',
  level: 'set',
  direction: 'lower',
  range: '0 to infinity',
  need,
  minClips: 2,
  against: 'reference',
  compute(system, reference) {
    const other = columnMeans(reference);
    return ok(columnMeans(system).reduce((sum, mean, column) => sum + (mean - other[column]!) ** 2, 0));
  },
};

/** Mean of the first column of the system alone: linear, so that its jackknife is the textbook interval. */
export const plainMean: SetMetric = {
  ...meanDistance,
  id: 'plain-mean',
  range: '-infinity to infinity',
  against: 'nothing',
  compute: (system) => ok(columnMeans(system)[0]!),
};

/** Minus the distance of the first cell of music and target. */
export const closeness: PairedMetric = {
  ...description,
  id: 'closeness',
  level: 'paired',
  direction: 'higher',
  range: '-infinity to 0',
  need,
  against: 'video',
  targetNeed: { encoder: 'pictures', output: 'numbers' },
  compare: (audio, target) => ok(-Math.abs(audio.data[0]! - target.data[0]!)),
};

/** Share of equal rows: falls when the music is shifted in time. */
export const equalRows: PairedMetric = {
  ...closeness,
  id: 'equal-rows',
  range: '0 to 1',
  compare(audio, target) {
    const equal = audio.data.filter((value, index) => value === target.data[index]).length;
    return ok(equal / audio.data.length);
  },
  rotate(audio, fraction) {
    const cut = Math.floor(fraction * audio.data.length);
    return { ...audio, data: Float32Array.from([...audio.data.subarray(cut), ...audio.data.subarray(0, cut)]) };
  },
};

/** Same as `closeness`, but against the clip's reference. */
export const likeness: PairedMetric = { ...closeness, id: 'likeness', against: 'reference', targetNeed: need };

export interface WorldSystem {
  readonly id: string;
  readonly sameSet?: boolean;
  /** Added to the reference, plus noise of this size. */
  readonly shift: number;
  readonly noise: number;
  /** Generations that are not there. */
  readonly lacks?: (clipId: string, seed: number) => boolean;
}

export interface WorldOptions {
  readonly clipCount: number;
  readonly systems: readonly WorldSystem[];
  readonly seeds?: readonly number[];
  readonly windows?: number;
  readonly columns?: number;
  readonly worldSeed?: number;
  readonly lacksReference?: (clipId: string) => boolean;
}

/** A suite of numbers: every clip has a value, shown exactly by its video, roughly by its reference and by the systems. */
export function scoringWorld(options: WorldOptions): ScoringInput {
  const { clipCount, windows = 3, columns = 2, worldSeed = 1, seeds = [1] } = options;
  const clipIds = Array.from({ length: clipCount }, (_, clip) => `clip-${String(clip).padStart(3, '0')}`);
  const noisy = (rng: Rng, level: { readonly value: number; readonly noise: number }): FeatureMatrix =>
    matrix(
      Array.from({ length: windows }, () =>
        Array.from({ length: columns }, () => level.value + level.noise * rng.normal()),
      ),
    );
  const trueValue = (clipId: string): number => seededRng('clip', worldSeed, clipId).normal();
  const reference = (clipId: string): FeatureMatrix =>
    noisy(seededRng('reference', worldSeed, clipId), { value: trueValue(clipId), noise: 0.3 });
  const features: FeatureLookup = {
    system(systemId, clipId, seed): Outcome<FeatureMatrix> {
      const system = options.systems.find(({ id }) => id === systemId)!;
      if (system.lacks?.(clipId, seed)) return skipped('made no sound');
      if (system.sameSet) return ok(reference(clipId));
      const rng = seededRng('system', worldSeed, systemId, clipId, seed);
      return ok(noisy(rng, { value: trueValue(clipId) + system.shift, noise: system.noise }));
    },
    reference: (clipId) => (options.lacksReference?.(clipId) ? skipped('no sound track') : ok(reference(clipId))),
    video: (clipId) => ok(matrix([[trueValue(clipId)]])),
    caption: () => skipped('no caption'),
    annotations: () => skipped('no annotations'),
  };
  const systems = options.systems.map(({ id, sameSet = false }) => ({ id, sameSet }));
  return { systems, clipIds, seeds, features, rngSeed: 7 };
}
