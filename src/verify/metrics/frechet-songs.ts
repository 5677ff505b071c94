import { z } from 'zod';
import { mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import type { Matrix, NumericMatrix } from '../../linalg/matrix.js';
import { frechetDistance } from '../../metrics/frechet-distance.js';
import { frechetPerSong, type SongPrecision } from '../../metrics/frechet-per-song.js';
import { halfPrecisionMean, halfPrecisionOf } from '../../metrics/half-precision-statistics.js';
import { compareLists, exact } from './comparison.js';
import type { CasePart, Comparison, MetricTolerance } from './family-runner.js';
import { type MetricCase, readFields } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';

/** A number, or what the library said instead, which asks for a refusal. */
const numberOrError = z.union([z.number(), z.object({ error: z.string() })]);

const songSchema = z.object({
  song: matrixSchema,
  expected_f64: numberOrError,
  expected_f16_values_f64_mean: z.number().optional(),
  expected_fadtk_compat: z.number().optional(),
  half_mean: z.array(z.number()).optional(),
});

const perSongSchema = z.object({
  baseline: matrixSchema,
  songs: z.array(songSchema),
  pooled: z.object({ expected_pooled_f64: z.number() }).optional(),
});

type PerSongFields = z.infer<typeof perSongSchema>;
type SongFields = z.infer<typeof songSchema>;

/**
 * Songs by themselves: exact, from half-precision features, and as fadtk computes them; all songs together; and one line for each song
 * that must be refused.
 */
export function perSongParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(perSongSchema, metricCase);
  const tolerance = { absolute: 0, relative: metricCase.tol.expected_rel ?? 1e-9 };
  const scored = fields.songs.filter(({ expected_f64: expected }) => typeof expected === 'number');
  const variant = (name: NumberField, way: Way): Outcome<Comparison[]> =>
    songComparisons(fields, { name, tolerance, ...way });
  return [
    { compute: () => variant('expected_f64', {}) },
    { part: 'float16', compute: () => variant('expected_f16_values_f64_mean', { prepare: halfPrecisionOf }) },
    { part: 'fadtk', compute: () => variant('expected_fadtk_compat', { precision: 'fadtk' }) },
    { part: 'half-mean', compute: () => ok(scored.flatMap(meanComparisons)) },
    ...pooledParts(fields, tolerance),
    ...fields.songs.flatMap((song, index) => refusedPart(fields, song, index)),
  ];
}

type NumberField = 'expected_f64' | 'expected_f16_values_f64_mean' | 'expected_fadtk_compat';

interface Way {
  readonly precision?: SongPrecision;
  /** A change to the features beforehand. */
  readonly prepare?: (song: Matrix) => NumericMatrix;
}

function songComparisons(
  { baseline, songs }: PerSongFields,
  {
    name,
    tolerance,
    precision = 'float64',
    prepare = (song) => song,
  }: Way & { name: NumberField; tolerance: MetricTolerance },
): Outcome<Comparison[]> {
  const scored = songs.filter((song) => typeof song[name] === 'number');
  const distances = frechetPerSong(
    baseline(),
    scored.map(({ song }) => prepare(song())),
    { precision },
  );
  if (distances.status !== 'ok') return distances;
  const comparisons: Comparison[] = [];
  for (const [index, distance] of distances.value.entries()) {
    if (distance.status !== 'ok') return distance;
    comparisons.push({
      field: `${name}.${index}`,
      own: distance.value,
      golden: scored[index]![name] as number,
      tolerance,
    });
  }
  return ok(comparisons);
}

function meanComparisons({ song, half_mean: golden }: SongFields, index: number): Comparison[] {
  if (golden === undefined) return [];
  const own = halfPrecisionMean(halfPrecisionOf(song()));
  return compareLists(own, golden, { field: `half_mean.${index}`, tolerance: exact });
}

function pooledParts({ baseline, songs, pooled }: PerSongFields, tolerance: MetricTolerance): CasePart[] {
  if (pooled === undefined) return [];
  const compute = (): Outcome<Comparison[]> => {
    const distance = frechetDistance(baseline(), stacked(songs.map(({ song }) => song())));
    const golden = pooled.expected_pooled_f64;
    return mapOutcome(distance, ({ value }) => [{ field: 'expected_pooled_f64', own: value, golden, tolerance }]);
  };
  return [{ part: 'pooled', compute }];
}

function refusedPart(
  { baseline, songs }: PerSongFields,
  { expected_f64: expected }: SongFields,
  index: number,
): CasePart[] {
  if (typeof expected === 'number') return [];
  const compute = (): Outcome<Comparison[]> => {
    const distances = frechetPerSong(
      baseline(),
      songs.map(({ song }) => song()),
    );
    if (distances.status !== 'ok') return distances;
    return mapOutcome(distances.value[index]!, (own) => [{ field: 'fd', own, golden: Number.NaN, tolerance: exact }]);
  };
  return [{ part: `song-${index}`, expects: 'refuse', compute }];
}

function stacked(parts: readonly Matrix[]): Matrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns = parts[0]?.columns ?? 0;
  const data = new Float64Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { rows, columns, data };
}
