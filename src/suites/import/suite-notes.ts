import { absenceOf } from './import-suite.js';
import type { LockedClip, SuiteLock } from './suite-lock.js';

const named = 10;

/** What a reader of every table over this copy must know, one sentence a matter; empty for a whole copy. */
export function suiteNotes({ clips, statedClipCount }: Pick<SuiteLock, 'clips' | 'statedClipCount'>): string[] {
  const noVideo = clips.filter(({ video }) => video.status !== 'ok');
  const noMusic = clips.filter(({ video, reference }) => video.status === 'ok' && !hasMusic(reference));
  const flagged = (kind: string): LockedClip[] => clips.filter(({ flags }) => flags.some((flag) => flag.kind === kind));
  return [
    countNote(clips, statedClipCount),
    sentence(noVideo, clips, 'have no usable video in this copy'),
    sentence(noMusic, clips, 'have no reference music in this copy'),
    sentence(flagged('duplicate'), clips, 'repeat the content of another clip'),
    sentence(flagged('reference-from-video'), clips, 'have the video’s own sound in place of a file of music'),
    sentence(flagged('duration'), clips, 'have another length than they should'),
    sentence(flagged('damaged'), clips, 'are damaged but decode'),
  ].filter((note) => note !== undefined);
}

/** Clips that no list names can be missed by their number alone. */
export function countNote({ length }: { readonly length: number }, stated: number | undefined): string | undefined {
  if (stated === undefined || stated === length) return undefined;
  return `${length} clips are listed in this copy, but the authors state ${stated}`;
}

/** How many clips of a copy can be used. */
export function countClips(clips: readonly LockedClip[]): {
  readonly total: number;
  readonly videos: number;
  readonly references: number;
} {
  const usable = clips.filter(({ video }) => video.status === 'ok');
  return {
    total: clips.length,
    videos: usable.length,
    references: usable.filter(({ reference }) => hasMusic(reference)).length,
  };
}

export interface ClipRemark {
  readonly clipId: string;
  readonly kind: 'no-video' | 'no-reference' | LockedClip['flags'][number]['kind'];
  readonly message: string;
}

/** Every single thing that is not as it should be, by clip. */
export function clipRemarks(clips: readonly LockedClip[]): ClipRemark[] {
  return clips.flatMap(({ id, video, reference, flags }): ClipRemark[] => [
    ...(video.status === 'ok' ? [] : [{ clipId: id, kind: 'no-video' as const, message: absenceOf(video) }]),
    ...(video.status === 'ok' && (reference.status === 'missing' || reference.status === 'unusable')
      ? [{ clipId: id, kind: 'no-reference' as const, message: absenceOf(reference) }]
      : []),
    ...flags.map(({ kind, message }) => ({ clipId: id, kind, message })),
  ]);
}

function hasMusic(reference: LockedClip['reference']): boolean {
  return reference.status === 'ok' || reference.status === 'in-video';
}

function sentence(some: readonly LockedClip[], all: readonly unknown[], what: string): string | undefined {
  if (some.length === 0) return undefined;
  const shown = some
    .slice(0, named)
    .map(({ id }) => id)
    .join(', ');
  const more = some.length > named ? ` and ${some.length - named} more` : '';
  return `${some.length} of ${all.length} clips ${what}: ${shown}${more}`;
}
