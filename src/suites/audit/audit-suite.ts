import type { Clip } from '../../core/clip.js';
import { mapConcurrently } from '../../core/map-concurrently.js';
import { type Outcome, reasonOf } from '../../core/outcome.js';
import { createLandmarkIndex, type LandmarkMatch } from '../../dsp/landmark-match.js';
import type { Landmarks } from '../../dsp/landmarks.js';
import { type DescribedMusic, describeMusic, type MusicDescription } from './describe-music.js';

/** A piece of music that is in two places. */
export interface SharedMusic {
  readonly clipId: string;
  /** A clip of the other set, or a later one of the same suite. */
  readonly otherId: string;
  readonly match: LandmarkMatch;
}

export interface SuiteAudit {
  readonly clips: readonly MusicDescription[];
  readonly unmeasured: readonly { readonly clipId: string; readonly reason: string }[];
  /** Clips of the suite that share music with each other. */
  readonly within: readonly SharedMusic[];
  /** Clips whose music is also in the other set; left out: no other set was given. */
  readonly leaks?: readonly SharedMusic[];
  readonly againstUnmeasured?: SuiteAudit['unmeasured'];
}

export interface AuditOptions {
  readonly jobs: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly clipId: string; readonly done: number; readonly total: number }) => void;
}

/**
 * Measures the references of a suite, and finds music that two of its clips share, or that the suite shares with another set: what a
 * system was trained on must not be what it is judged by. Finds cuts, codecs, gain and noise, not another tempo or key.
 */
export async function auditSuite(
  clips: readonly Clip[],
  against: readonly Clip[] | undefined,
  options: AuditOptions,
): Promise<SuiteAudit> {
  const total = clips.length + (against?.length ?? 0);
  let done = 0;
  const describeAll = async (some: readonly Clip[]): Promise<Map<string, Outcome<DescribedMusic>>> => {
    const described = new Map<string, Outcome<DescribedMusic>>();
    await mapConcurrently(some, options, async (clip) => {
      described.set(clip.id, await describeMusic(clip, options.signal));
      done += 1;
      options.onProgress?.({ clipId: clip.id, done, total });
    });
    // In the suite's order, whichever was done first.
    return new Map(some.map(({ id }) => [id, described.get(id)!]));
  };
  const own = await describeAll(clips);
  const other = against === undefined ? undefined : await describeAll(against);
  const landmarks = landmarksOf(own);
  return {
    clips: [...own.values()].flatMap((music) => (music.status === 'ok' ? [music.value.description] : [])),
    unmeasured: unmeasuredOf(own),
    within: withinOf(landmarks),
    ...(other === undefined
      ? {}
      : { leaks: sharedBetween(landmarks, landmarksOf(other)), againstUnmeasured: unmeasuredOf(other) }),
  };
}

type Described = ReadonlyMap<string, Outcome<DescribedMusic>>;

function landmarksOf(described: Described): ReadonlyMap<string, Landmarks> {
  return new Map(
    [...described].flatMap(([id, music]) => (music.status === 'ok' ? [[id, music.value.landmarks] as const] : [])),
  );
}

function unmeasuredOf(described: Described): SuiteAudit['unmeasured'] {
  return [...described].flatMap(([clipId, music]) =>
    music.status === 'ok' ? [] : [{ clipId, reason: reasonOf(music) }],
  );
}

function sharedBetween(own: ReadonlyMap<string, Landmarks>, other: ReadonlyMap<string, Landmarks>): SharedMusic[] {
  const index = createLandmarkIndex(other);
  return [...own].flatMap(([clipId, sound]) =>
    index.search(sound).map(({ id, match }) => ({ clipId, otherId: id, match })),
  );
}

function withinOf(own: ReadonlyMap<string, Landmarks>): SharedMusic[] {
  const order = new Map([...own.keys()].map((id, place) => [id, place]));
  return sharedBetween(own, own).filter(({ clipId, otherId }) => order.get(clipId)! < order.get(otherId)!);
}
