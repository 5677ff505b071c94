import { mapConcurrently } from '../core/map-concurrently.js';
import { failed, type Outcome, ok, reasonOf, skipped } from '../core/outcome.js';
import type { Generator, MusicPool } from '../generate/generator.js';
import { fitDuration } from './fit-duration.js';
import { describeVideo, type VideoDescription } from './retrieval/describe-video.js';
import { rankByLikeness } from './retrieval/nearest-video.js';

/** Finds instead of making: the music of the most similar video. A generator that loses to it has learnt little. */
export const retrieval: Generator<'frames' | 'pool'> = {
  id: 'retrieval',
  version: 1,
  title: 'Nearest-neighbour retrieval',
  summary: 'The music of the pool clip whose pictures and motion are most alike',
  sees: ['frames', 'pool'],
  sameSet: false,
  generate: async ({ views, durationSeconds, signal }) => {
    const query = await describeVideo(views.frames, views.pool);
    if (query.status !== 'ok') return query;
    const described = await describedOnce(views.pool, signal);
    if (described.status !== 'ok') return described;
    const nearest = views.pool.entries[rankByLikeness(query.value, described.value)[0] ?? -1];
    if (nearest === undefined) return skipped('the suite has no pool clips to retrieve music from');
    const music = await nearest.music();
    if (music.status !== 'ok') return failed('pool-clip-unusable', `pool clip ${nearest.clipId}: ${reasonOf(music)}`);
    return fitDuration(music.value, durationSeconds);
  },
};

/** Clips of the pool that are looked at together, since each waits for its decoder. */
const clipsAtATime = 4;

const descriptions = new WeakMap<MusicPool, Promise<Outcome<VideoDescription[]>>>();

/** The pool is the same for all clips of a run. */
function describedOnce(pool: MusicPool, signal: AbortSignal | undefined): Promise<Outcome<VideoDescription[]>> {
  const known = descriptions.get(pool) ?? describePool(pool, signal);
  descriptions.set(pool, known);
  return known;
}

/** All clips of the pool or none: retrieval from fewer clips would be another system. */
async function describePool(pool: MusicPool, signal: AbortSignal | undefined): Promise<Outcome<VideoDescription[]>> {
  const described = new Map<string, Outcome<VideoDescription>>();
  const options = { jobs: clipsAtATime, ...(signal === undefined ? {} : { signal }) };
  await mapConcurrently(pool.entries, options, async ({ clipId, frames }) => {
    described.set(clipId, await describeVideo(frames, pool));
  });
  const descriptions: VideoDescription[] = [];
  for (const { clipId } of pool.entries) {
    const description = described.get(clipId)!;
    if (description.status !== 'ok') {
      return failed('pool-clip-unusable', `pool clip ${clipId}: ${reasonOf(description)}`);
    }
    descriptions.push(description.value);
  }
  return ok(descriptions);
}
