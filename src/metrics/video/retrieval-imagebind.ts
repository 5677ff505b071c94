import { mapOutcome, type Outcome, ok, skipped } from '../../core/outcome.js';
import type { SetFeatures, SetMetric } from '../metric.js';
import { rememberingClipCosines } from './clip-cosines.js';
import { medianRank, type RetrievalPlace, recallAt, resampledMedianRanks, retrievalPlaces } from './retrieval-ranks.js';

const directions = {
  'audio-to-video': { query: 'music', own: 'video', answers: 'videos' },
  'video-to-audio': { query: 'video', own: 'music', answers: 'pieces of music' },
} as const;
type RetrievalDirection = keyof typeof directions;

const knownFailure =
  'Depends on the number of clips: only values at equal N compare, and chance is stated with each. Near duplicates among the videos count as wrong answers. ImageBind knows things better than moods. The weights are for non-commercial use only.';

/** One table for all of these metrics, since they read the same one. */
const cosinesOf = rememberingClipCosines();

const shared = {
  version: 1,
  level: 'set',
  citation:
    'Girdhar et al. 2023, arXiv:2305.05665; as a measure of music for video: Surís et al. 2022, arXiv:2206.07148',
  need: { encoder: 'imagebind-huge-audio', output: 'embedding' },
  against: 'video',
  targetNeed: { encoder: 'imagebind-huge-vision', output: 'embedding' },
} as const;

function recallMetric(direction: RetrievalDirection, k: number): SetMetric {
  const { query, own, answers } = directions[direction];
  return {
    ...shared,
    id: `retrieval-imagebind-${direction}-recall-at-${k}`,
    title: `Recall at ${k}, ${direction.replaceAll('-', ' ')} (ImageBind)`,
    summary: `Share of clips whose ${query} has its own ${own} among the ${k} nearest ${answers} of all clips.`,
    aliases: [`R@${k}`],
    direction: 'higher',
    range: '0 to 1',
    knownFailure,
    // One more than k, with each clip left out as well: among k answers the right one is always there.
    minClips: k + 2,
    compute(system, videos): Outcome<number> {
      const places = placesOf(direction, { system, target: videos });
      if (places.status !== 'ok') return places;
      const count = places.value.length;
      if (count <= k) return skipped(`recall at ${k} among ${count} ${answers} is always 1: needs at least ${k + 1}`);
      return ok(recallAt(k, places.value), [`among ${count} ${answers}; chance is ${k}/${count}`]);
    },
  };
}

function medianMetric(direction: RetrievalDirection): SetMetric {
  const { query, own, answers } = directions[direction];
  return {
    ...shared,
    version: 2,
    id: `retrieval-imagebind-${direction}-median-rank`,
    title: `Median rank, ${direction.replaceAll('-', ' ')} (ImageBind)`,
    summary: `The middle rank of each clip's own ${own} among all ${answers}, by nearness to its ${query}; 1 is the best.`,
    aliases: ['MedR'],
    direction: 'lower',
    range: '1 to N',
    knownFailure: `${knownFailure} A median moves in steps, and so do the ends of its interval.`,
    minClips: 3,
    compute(system, videos): Outcome<number> {
      const places = placesOf(direction, { system, target: videos });
      if (places.status !== 'ok') return places;
      const count = places.value.length;
      return ok(medianRank(places.value), [`among ${count} ${answers}; chance is ${(count + 1) / 2}`]);
    },
    resampled(sets, draws) {
      return mapOutcome(similaritiesOf(direction, sets), (table) => resampledMedianRanks(table, draws));
    },
  };
}

function placesOf(direction: RetrievalDirection, sets: SetFeatures): Outcome<RetrievalPlace[]> {
  return mapOutcome(similaritiesOf(direction, sets), retrievalPlaces);
}

/** [queries, answers] */
function similaritiesOf(direction: RetrievalDirection, { system, target }: SetFeatures): Outcome<Float64Array> {
  return mapOutcome(cosinesOf(system, target), (table) =>
    direction === 'audio-to-video' ? table : transposed(table, system.length),
  );
}

function transposed(table: Float64Array, count: number): Float64Array {
  return table.map((_, index) => table[(index % count) * count + Math.floor(index / count)]!);
}

/** Whether the music finds its own video among all, and the video its music. */
export const retrievalImagebind: readonly SetMetric[] = (['audio-to-video', 'video-to-audio'] as const).flatMap(
  (direction) => [...[1, 5, 10].map((k) => recallMetric(direction, k)), medianMetric(direction)],
);
