import { describe, expect, it } from 'vitest';
import { failed, ok } from '../../../src/core/outcome.js';
import type { DecodedContent } from '../../../src/media/decoded-content.js';
import { type ExaminedFile, judgeClips } from '../../../src/suites/import/judge-clips.js';
import type { ClipMatch } from '../../../src/suites/import/match-files.js';
import type { LockedClip } from '../../../src/suites/import/suite-lock.js';
import type { MediaLayout } from '../../../src/suites/media-layout.js';

const layout: MediaLayout = {
  video: ['{id}.mp4'],
  reference: ['{id}.wav'],
  referenceFallback: 'none',
  durationSeconds: [30, 380],
  computable: 'everything',
  access: 'here',
  sources: [],
  uncertain: [],
};

function file(
  path: string,
  content: { pictures?: number; sound?: number; stated?: number; hash?: string; messages?: readonly string[] },
): ExaminedFile {
  const { pictures, sound, hash = path, messages = [] } = content;
  const decoded: DecodedContent = {
    ...(pictures === undefined ? {} : { pictures: { sha256: `p ${hash}`, count: 1, durationSeconds: pictures } }),
    ...(sound === undefined ? {} : { sound: { sha256: `s ${hash}`, count: 1, durationSeconds: sound } }),
    messages,
  };
  const info = {
    container: 'x',
    durationSeconds: content.stated ?? pictures ?? sound ?? 0,
    hasPictures: pictures !== undefined,
    hasSound: sound !== undefined,
  };
  return { path, bytes: 1, modifiedMs: 1, sha256: `file ${path}`, media: ok({ info, content: decoded }) };
}

const broken: ExaminedFile = { ...file('x.mp4', {}), path: 'x.mp4', media: failed('not-media', 'no atom') };

function judge(matches: readonly ClipMatch[], files: readonly ExaminedFile[], by = layout): LockedClip[] {
  return [...judgeClips(matches, new Map(files.map((one) => [one.path, one])), by)];
}

const found = (path: string): ClipMatch['video'] => ({ kind: 'found', path });
const clip = (id: string, more: Partial<ClipMatch['row']> = {}): ClipMatch => ({
  row: { id, fields: {}, ...more },
  video: found(`${id}.mp4`),
  reference: found(`${id}.wav`),
});
const messages = ({ flags }: LockedClip): string[] => flags.map(({ kind, message }) => `${kind}: ${message}`);

describe('judgeClips', () => {
  it('passes what is as it should be', () => {
    const [a] = judge([clip('a')], [file('a.mp4', { pictures: 60 }), file('a.wav', { sound: 60.4 })]);
    expect([a!.video.status, a!.reference.status, a!.flags]).toEqual(['ok', 'ok', []]);
  });

  it('refuses a video that is broken, breaks off, has no pictures, or could be several files', () => {
    const matches: ClipMatch[] = [
      { ...clip('x') },
      clip('cut'),
      clip('deaf'),
      { ...clip('two'), video: { kind: 'several', paths: ['two-1.mp4', 'two-2.mp4'] } },
    ];
    const judged = judge(matches, [
      broken,
      file('cut.mp4', { pictures: 40, stated: 60 }),
      file('deaf.mp4', { sound: 60 }),
      ...['x.wav', 'cut.wav', 'deaf.wav', 'two.wav'].map((path) => file(path, { sound: 60 })),
    ]);
    expect(judged.map(({ video }) => (video.status === 'ok' ? 'ok' : video.reason))).toEqual([
      'corrupt: no atom',
      'corrupt: breaks off after 40.0 of 60.0 s',
      'has no pictures',
      '2 files could be its video: two-1.mp4, two-2.mp4',
    ]);
    for (const { reference } of judged) expect(reference).toMatchObject({ reason: 'there is no usable video' });
  });

  it('keeps and marks other lengths, damage, and windows that reach beyond the video', () => {
    const judged = judge(
      [clip('short'), clip('music'), clip('window', { startSeconds: 20, durationSeconds: 60 }), clip('hurt')],
      [
        file('short.mp4', { pictures: 12 }),
        file('short.wav', { sound: 12 }),
        file('music.mp4', { pictures: 60 }),
        file('music.wav', { sound: 45 }),
        file('window.mp4', { pictures: 70 }),
        file('window.wav', { sound: 70 }),
        file('hurt.mp4', { pictures: 60, messages: ['error while decoding MB 3 4'] }),
        file('hurt.wav', { sound: 60 }),
      ],
    );
    expect(judged.map(messages)).toEqual([
      ['duration: lasts 12.0 s, not 30 to 380 s as the authors say'],
      ['duration: has 45.0 s of music for 60.0 s of video'],
      ['duration: is said to end at 80.0 s, but the video lasts 70.0 s'],
      ['damaged: hurt.mp4: ffmpeg said error while decoding MB 3 4'],
    ]);
  });

  it('marks the same content under two ids, but not two windows of one video or music shared by design', () => {
    const same = { pictures: 60, sound: 60, hash: 'one' };
    const { reference: _, ...ownSoundOnly } = layout;
    const withOwnSound = (id: string, path: string, start: number): ClipMatch => {
      const { reference: __, ...match } = clip(id, { startSeconds: start, durationSeconds: 30 });
      return { ...match, video: found(path) };
    };
    const copies = judge(
      [withOwnSound('a', 'a.mp4', 0), withOwnSound('b', 'b.mp4', 0), withOwnSound('c', 'a.mp4', 30)],
      [file('a.mp4', same), file('b.mp4', same)],
      ownSoundOnly,
    );
    expect(copies.map(messages)).toEqual([
      [],
      ['duplicate: has the same pictures as a and has the same music as a'],
      [],
    ]);
    const shared = judge(
      [
        { ...clip('d'), reference: found('tune.wav') },
        { ...clip('e'), reference: found('tune.wav') },
      ],
      [file('d.mp4', { pictures: 60 }), file('e.mp4', { pictures: 60 }), file('tune.wav', { sound: 60 })],
    );
    expect(shared.map(messages)).toEqual([[], []]);
  });
});
