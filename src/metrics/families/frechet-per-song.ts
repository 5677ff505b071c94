import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { mean } from '../../stats/mean.js';
import { pooledWindows } from '../clip-sets.js';
import { frechetPerSong, type SongPrecision } from '../frechet-per-song.js';
import type { SetFeatures, SetMetric } from '../metric.js';
import type { EmbeddingSpace } from '../spaces.js';

/** Each clip's own windows against all windows of the references: `frechet-per-song-SPACE`. Clips have values of their own. */
export function frechetPerSongOver({ id, encoder, output, name, citation }: EmbeddingSpace): SetMetric {
  return {
    id: `frechet-per-song-${id}`,
    version: 1,
    level: 'set',
    title: `Fréchet distance per song (${name})`,
    summary: `Mean over clips of the Fréchet distance between one clip's windows and all windows of the references, in the space of ${name}; the clips' values show which are odd.`,
    aliases: ['per-song FAD', 'individual FAD'],
    direction: 'lower',
    range: '0 to infinity',
    citation: `Gui et al. 2023, arXiv:2311.01616 (fadtk --indiv); features: ${citation}`,
    knownFailure:
      'A clip has few windows, so its covariance is singular and the value far above that of the whole set: only clips of equal length compare, and a clip with one window has none.',
    need: { encoder, output },
    minClips: 2,
    against: 'reference',
    perClip: distancesIn('float64'),
    compute: means.float64,
    under: ({ meanOfClip }) => (meanOfClip === 'float16' ? means.fadtk : means.float64),
  };
}

/** Made once, so that a choice that changes nothing gives the same function. */
const means = { float64: meanOfSongs('float64'), fadtk: meanOfSongs('fadtk') } as const;

function meanOfSongs(precision: SongPrecision): SetMetric['compute'] {
  return (system, target) => {
    const songs = distancesIn(precision)({ system, target });
    if (songs.status !== 'ok') return songs;
    const values = songs.value.flatMap((song) => (song.status === 'ok' ? [song.value] : []));
    const left = songs.value.length - values.length;
    if (values.length === 0) return skipped('no clip has two windows');
    return ok(mean(values), left === 0 ? [] : [`${left} of ${songs.value.length} clips have no distance of their own`]);
  };
}

function distancesIn(precision: SongPrecision): (sets: SetFeatures) => Outcome<readonly Outcome<number>[]> {
  return ({ system, target }) => {
    const checked = pooledWindows({ clips: system, name: 'system' });
    if (checked.status !== 'ok') return checked;
    const real = pooledWindows({ clips: target, name: 'reference' });
    if (real.status !== 'ok') return real;
    return frechetPerSong(real.value, system, { precision });
  };
}
