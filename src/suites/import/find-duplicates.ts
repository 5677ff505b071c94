import type { LockedClip, LockedFile } from './suite-lock.js';

/**
 * The clips, those that repeat an earlier one's content flagged. Two windows of one video are no duplicates, nor are clips that
 * share a file of music by the authors' design.
 */
export function findDuplicates(clips: readonly LockedClip[]): readonly LockedClip[] {
  const pictures = new Map<string, Seen>();
  const sounds = new Map<string, Seen>();
  return clips.map((clip) => {
    const window = `${clip.startSeconds} ${clip.durationSeconds ?? ''}`;
    const video = clip.video.status === 'ok' ? clip.video.file : undefined;
    const music = clip.reference.status === 'ok' ? clip.reference.file : undefined;
    const samePictures = earlier(
      pictures,
      clip.id,
      video?.pictures === undefined ? undefined : `${video.pictures} ${window}`,
    );
    const soundFile = music ?? (clip.reference.status === 'in-video' ? video : undefined);
    const sameSound = earlier(
      sounds,
      clip.id,
      soundFile?.sound === undefined ? undefined : `${soundFile.sound} ${window}`,
      soundFile,
    );
    const messages = [
      ...(samePictures === undefined ? [] : [`has the same pictures as ${samePictures}`]),
      ...(sameSound === undefined ? [] : [`has the same music as ${sameSound}`]),
    ];
    if (messages.length === 0) return clip;
    return { ...clip, flags: [...clip.flags, { kind: 'duplicate', message: messages.join(' and ') }] };
  });
}

interface Seen {
  readonly id: string;
  readonly path: string | undefined;
}

function earlier(seen: Map<string, Seen>, id: string, key: string | undefined, file?: LockedFile): string | undefined {
  if (key === undefined) return undefined;
  const before = seen.get(key);
  if (before === undefined) {
    seen.set(key, { id, path: file?.path });
    return undefined;
  }
  return file !== undefined && before.path === file.path ? undefined : before.id;
}
