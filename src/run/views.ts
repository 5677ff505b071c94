import type { Clip } from '../core/clip.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import { derangement, seededRng } from '../core/rng.js';
import type { Waveform } from '../core/waveform.js';
import type { Generator, MusicPool, ViewName, Views } from '../generate/generator.js';
import type { ClipSources } from './clip-sources.js';
import type { FeatureStore } from './feature-store.js';

export interface ViewContext {
  readonly sources: ClipSources;
  readonly features: FeatureStore;
  /** Opened once a run. */
  readonly musicPool: () => Promise<Outcome<MusicPool>>;
  /** The run's clips, sorted: another clip's music comes from among them. */
  readonly clipIds: readonly string[];
}

/**
 * Opens what a system declares to see, and nothing else: the returned object has no other property. A view that cannot be
 * had (no sound track, one clip only) is the generation's outcome.
 */
export async function openViews(
  generator: Generator,
  request: { readonly clipId: string; readonly seed: number },
  context: ViewContext,
): Promise<Outcome<Pick<Views, ViewName>>> {
  const views: Partial<Record<ViewName, unknown>> = {};
  for (const name of generator.sees) {
    const view = await openView(name, request, context);
    if (view.status !== 'ok') return view;
    views[name] = view.value;
  }
  return ok(views as Pick<Views, ViewName>);
}

async function openView(
  name: ViewName,
  { clipId, seed }: { readonly clipId: string; readonly seed: number },
  context: ViewContext,
): Promise<Outcome<Views[ViewName]>> {
  const source = context.sources.get(clipId)!;
  switch (name) {
    case 'frames':
      return context.features.framesOf(source);
    case 'reference':
      return ok(await source.reference());
    case 'otherReference':
      return ok(await otherReference(clipId, seed, context));
    case 'pool':
      return context.musicPool();
  }
}

/**
 * One cyclic derangement a seed of the clips that may have music: everybody gets music, nobody their own, no music twice. A clip
 * that is known to have none of its own draws from all.
 */
async function otherReference(clipId: string, seed: number, context: ViewContext): Promise<Outcome<Waveform>> {
  const { clipIds, sources } = context;
  const withMusic = clipIds.filter((id) => mayHaveMusic(sources.get(id)!.clip));
  const place = withMusic.indexOf(clipId);
  if (withMusic.length < (place < 0 ? 1 : 2)) return skipped('there is no other clip to take music from');
  const other =
    place < 0
      ? seededRng('shuffled', seed, clipId).integer(withMusic.length)
      : derangement(withMusic.length, seededRng('shuffled', seed))[place]!;
  return sources.get(withMusic[other]!)!.reference();
}

function mayHaveMusic({ videoPath, referenceMissing }: Clip): boolean {
  return videoPath !== undefined && referenceMissing === undefined;
}

/** The suite's pool clips as a generator sees them. A pool clip that cannot be opened fails the view: retrieval over fewer clips is another system. */
export async function openMusicPool(pool: ClipSources, features: FeatureStore): Promise<Outcome<MusicPool>> {
  if (pool.size === 0) return skipped('the suite has no pool of other clips');
  const entries: MusicPool['entries'][number][] = [];
  for (const source of pool.values()) {
    const frames = await features.framesOf(source);
    if (frames.status !== 'ok') return frames;
    entries.push({ clipId: source.clip.id, frames: frames.value, music: () => source.reference() });
  }
  return ok({ entries, features: (frames, encoder) => features.ofFrames(frames, encoder) });
}
