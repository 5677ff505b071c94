import type { Outcome } from '../../core/outcome.js';
import { reasonOf } from '../../core/outcome.js';
import type { ExaminedMedia } from '../../store/decoded-content-cache.js';
import type { MediaLayout } from '../media-layout.js';
import { findDuplicates } from './find-duplicates.js';
import type { ClipMatch, FileMatch } from './match-files.js';
import type { ClipFlag, LockedClip, LockedFile } from './suite-lock.js';

/** A file of the folder as it is on the disk and as it decodes. */
export interface ExaminedFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly sha256: string;
  readonly media: Outcome<ExaminedMedia>;
}

export type ExaminedFiles = ReadonlyMap<string, ExaminedFile>;

/** Containers state their length to a fraction of a second, and cut files by whole pieces. */
const lengthToleranceSeconds = 1;

/** What can be used of each clip, and what a reader must know of it. Duplicates are flagged and kept. Pure. */
export function judgeClips(
  matches: readonly ClipMatch[],
  files: ExaminedFiles,
  layout: MediaLayout,
): readonly LockedClip[] {
  return findDuplicates(matches.map((match) => judgeClip(match, files, layout)));
}

function judgeClip(
  { row, video: match, reference: music }: ClipMatch,
  files: ExaminedFiles,
  layout: MediaLayout,
): LockedClip {
  const video = judgeVideo(match, { files, startSeconds: row.startSeconds ?? 0 });
  const reference = judgeReference(music, { files, video, layout });
  const flags: ClipFlag[] = [
    ...damageFlags([match, music], files),
    ...(video.status === 'ok' ? durationFlags(video.file, { reference, row, layout }) : []),
    ...(reference.status === 'in-video' && layout.reference !== undefined
      ? [flag('reference-from-video', 'no file of music: the video’s own sound stands in for it')]
      : []),
  ];
  const { id, startSeconds = 0, durationSeconds } = row;
  return { id, startSeconds, ...(durationSeconds === undefined ? {} : { durationSeconds }), video, reference, flags };
}

type JudgedVideo = LockedClip['video'];
type JudgedReference = LockedClip['reference'];

function judgeVideo(
  match: FileMatch,
  { files, startSeconds }: { readonly files: ExaminedFiles; readonly startSeconds: number },
): JudgedVideo {
  if (match.kind !== 'found') return absent(match, 'video');
  const { path } = match;
  const file = files.get(path)!;
  if (file.media.status !== 'ok') return { status: 'unusable', path, reason: `corrupt: ${reasonOf(file.media)}` };
  const { info, content } = file.media.value;
  if (!info.hasPictures) return { status: 'unusable', path, reason: 'has no pictures' };
  if (content.pictures === undefined) return { status: 'unusable', path, reason: 'corrupt: not one picture decodes' };
  const brokenOff = brokenOffReason(content.pictures.durationSeconds, info.durationSeconds);
  if (brokenOff !== undefined) return { status: 'unusable', path, reason: brokenOff };
  if (startSeconds >= content.pictures.durationSeconds)
    return { status: 'unusable', path, reason: `ends before the clip starts at ${startSeconds} s` };
  return { status: 'ok', file: lockedFile(file, content.pictures.durationSeconds) };
}

function judgeReference(
  match: FileMatch | undefined,
  context: { readonly files: ExaminedFiles; readonly video: JudgedVideo; readonly layout: MediaLayout },
): JudgedReference {
  if (match === undefined) return ownSound(context.video, 'the video has no sound track');
  if (context.layout.reference?.length === 0) return { status: 'missing', reason: 'the set has no music of its own' };
  if (context.video.status !== 'ok') return { status: 'missing', reason: 'there is no usable video' };
  if (match.kind === 'none' && context.layout.referenceFallback === 'video') {
    return ownSound(context.video, 'there is no file of music, and the video has no sound track');
  }
  if (match.kind !== 'found') return absent(match, 'music');
  const { path } = match;
  const file = context.files.get(path)!;
  if (file.media.status !== 'ok') return { status: 'unusable', path, reason: `corrupt: ${reasonOf(file.media)}` };
  const { info, content } = file.media.value;
  if (content.sound === undefined) return { status: 'unusable', path, reason: 'has no sound' };
  // A video that serves as music is measured by its pictures; its sound may end earlier.
  const brokenOff = info.hasPictures ? undefined : brokenOffReason(content.sound.durationSeconds, info.durationSeconds);
  if (brokenOff !== undefined) return { status: 'unusable', path, reason: brokenOff };
  return { status: 'ok', file: lockedFile(file, content.sound.durationSeconds) };
}

function ownSound(video: JudgedVideo, reason: string): JudgedReference {
  if (video.status !== 'ok') return { status: 'missing', reason: 'there is no usable video' };
  return video.file.sound === undefined ? { status: 'missing', reason } : { status: 'in-video' };
}

function absent(match: FileMatch, what: string): { readonly status: 'missing'; readonly reason: string } {
  return match.kind === 'several'
    ? { status: 'missing', reason: `${match.paths.length} files could be its ${what}: ${match.paths.join(', ')}` }
    : { status: 'missing', reason: `there is no file with its ${what}` };
}

function brokenOffReason(decodedSeconds: number, statedSeconds: number): string | undefined {
  if (decodedSeconds >= statedSeconds - Math.max(lengthToleranceSeconds, 0.02 * statedSeconds)) return undefined;
  return `corrupt: breaks off after ${decodedSeconds.toFixed(1)} of ${statedSeconds.toFixed(1)} s`;
}

function lockedFile({ media, ...file }: ExaminedFile, durationSeconds: number): LockedFile {
  const content = media.status === 'ok' ? media.value.content : undefined;
  const { path, bytes, modifiedMs, sha256 } = file;
  return {
    ...{ path, bytes, modifiedMs, sha256 },
    ...(content?.pictures === undefined ? {} : { pictures: content.pictures.sha256 }),
    ...(content?.sound === undefined ? {} : { sound: content.sound.sha256 }),
    durationSeconds,
  };
}

function damageFlags(matches: readonly (FileMatch | undefined)[], files: ExaminedFiles): ClipFlag[] {
  return matches.flatMap((match) => {
    const media = match?.kind === 'found' ? files.get(match.path)?.media : undefined;
    if (match?.kind !== 'found' || media?.status !== 'ok' || media.value.content.messages.length === 0) return [];
    return [flag('damaged', `${match.path}: ffmpeg said ${media.value.content.messages[0]}`)];
  });
}

function durationFlags(
  { durationSeconds }: LockedFile,
  judged: { readonly reference: JudgedReference; readonly row: ClipMatch['row']; readonly layout: MediaLayout },
): ClipFlag[] {
  const { reference, row, layout } = judged;
  const flags: ClipFlag[] = [];
  const [least, most] = layout.durationSeconds ?? [0, Number.POSITIVE_INFINITY];
  const used = row.durationSeconds ?? durationSeconds - (row.startSeconds ?? 0);
  if (used < least - lengthToleranceSeconds || used > most + lengthToleranceSeconds)
    flags.push(flag('duration', `lasts ${used.toFixed(1)} s, not ${least} to ${most} s as the authors say`));
  const end = (row.startSeconds ?? 0) + (row.durationSeconds ?? 0);
  if (end > durationSeconds + lengthToleranceSeconds)
    flags.push(
      flag('duration', `is said to end at ${end.toFixed(1)} s, but the video lasts ${durationSeconds.toFixed(1)} s`),
    );
  const musicSeconds = reference.status === 'ok' ? reference.file.durationSeconds : durationSeconds;
  if (Math.abs(musicSeconds - durationSeconds) > lengthToleranceSeconds && row.durationSeconds === undefined)
    flags.push(
      flag('duration', `has ${musicSeconds.toFixed(1)} s of music for ${durationSeconds.toFixed(1)} s of video`),
    );
  return flags;
}

function flag(kind: ClipFlag['kind'], message: string): ClipFlag {
  return { kind, message };
}
