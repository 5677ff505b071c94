import { failed, type Outcome, ok } from '../core/outcome.js';
import type { NumericMatrix } from '../linalg/matrix.js';
import { frechetFromStatistics, statisticsWarnings } from './frechet-distance.js';
import { type GaussianStatistics, gaussianStatistics } from './gaussian-statistics.js';
import { halfPrecisionStatistics } from './half-precision-statistics.js';

/** `float64`: exact. `fadtk`: features and their mean cast to half precision, as fadtk stores them. */
export type SongPrecision = 'float64' | 'fadtk';

/**
 * Fréchet distance of each song's windows alone to the reference (fadtk `--indiv`): says which songs are odd. A song has few windows,
 * so its covariance is singular and the value far above that of the whole set; compare songs of equal length only. Refuses a reference
 * that has no statistics; a song with fewer than two windows, other columns or a value that is not finite is refused by itself.
 */
export function frechetPerSong(
  reference: NumericMatrix,
  songs: readonly NumericMatrix[],
  { precision = 'float64' }: { readonly precision?: SongPrecision } = {},
): Outcome<readonly Outcome<number>[]> {
  const baseline = gaussianStatistics(reference, 'the reference set');
  if (baseline.status !== 'ok') return baseline;
  const statisticsOf = precision === 'fadtk' ? halfPrecisionStatistics : gaussianStatistics;
  return ok(
    songs.map((song, index) => {
      if (song.columns !== reference.columns) {
        return failed(
          'dimensions-differ',
          `song ${index} has ${song.columns} columns, the reference ${reference.columns}`,
        );
      }
      return distanceTo(baseline.value, statisticsOf(song, `song ${index}`), `song ${index}`);
    }),
  );
}

function distanceTo(baseline: GaussianStatistics, song: Outcome<GaussianStatistics>, name: string): Outcome<number> {
  if (song.status !== 'ok') return song;
  return ok(frechetFromStatistics(baseline, song.value).value, statisticsWarnings(song.value, name));
}
