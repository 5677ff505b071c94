import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { uncachedDecodedContent } from '../../../src/store/decoded-content-cache.js';
import { benchmarkIds, benchmarksFolder } from '../../../src/suites/benchmarks-folder.js';
import { importSuite } from '../../../src/suites/import/import-suite.js';
import type { LockedClip, SuiteLock } from '../../../src/suites/import/suite-lock.js';
import { loadSuite } from '../../../src/suites/load-suite.js';
import { readPublishedFigures } from '../../../src/suites/published-figures.js';
import { readSuiteDefinition } from '../../../src/suites/suite-definition.js';
import { makeMiniature } from './miniature.js';

interface Miniature {
  readonly files: Readonly<Record<string, string>>;
  /** Clip id → video and music, as paths; `own` is the video's sound, a missing part says why. */
  readonly clips: Readonly<Record<string, readonly [video: string, music: string]>>;
  readonly unmatched?: readonly string[];
  readonly indexFile?: string;
}

const named: Miniature = {
  files: { 'films/scene 1.mp4': '', 'films/b.mp4': '', 'films/b.wav': '' },
  clips: { b: ['films/b.mp4', 'films/b.wav'], 'scene-1': ['films/scene 1.mp4', 'own'] },
};

const miniatures: Readonly<Record<string, Miniature>> = {
  'v2m-bench': {
    files: {
      'V2M-bench.txt': 'abcdefghij0\n-bcdefghij1\n_bcdefghij2\n',
      'abcdefghij0.mp4': '',
      'abcdefghij0.wav': '',
      '-bcdefghij1.f137.mp4': '',
      '-bcdefghij1_vocals_removed.wav': '',
    },
    clips: {
      abcdefghij0: ['abcdefghij0.mp4', 'abcdefghij0.wav'],
      '-bcdefghij1': ['-bcdefghij1.f137.mp4', '-bcdefghij1_vocals_removed.wav'],
      _bcdefghij2: ['there is no file with its video', 'there is no usable video'],
    },
  },
  'v2m-bench-30s': {
    files: { 'data/V2M-bench.txt': 'abcdefghij0\n', 'data/media/abcdefghij0.mp4': '' },
    clips: { abcdefghij0: ['data/media/abcdefghij0.mp4', 'own'] },
  },
  'v2m-20k': {
    files: { 'V2M-20k.txt': 'abcdefghij0\r\n\r\n', 'abcdefghij0.mp4': '', 'abcdefghij0.wav': '' },
    clips: { abcdefghij0: ['abcdefghij0.mp4', 'abcdefghij0.wav'] },
  },
  'v2m-subset': {
    files: { 'my-ids.txt': 'abcdefghij0\n', 'V2M.txt': 'x\n', 'abcdefghij0.mp4': '', 'zzzzzzzzzzz.mp4': '' },
    clips: { abcdefghij0: ['abcdefghij0.mp4', 'own'] },
    unmatched: ['zzzzzzzzzzz.mp4'],
    indexFile: 'my-ids.txt',
  },
  symmv: {
    files: {
      'SymMV.csv':
        'index\tyoutube_url\ttonality\tshazam_id\n00001\thttps://www.youtube.com/watch?v=SJOKlqJho8U\tC major\t5\n00002\thttps://www.youtube.com/watch?v=b-eYbUVZedY\tc minor\n',
      'midi/00001.mid': 'MThd',
      'videos/00001.mp4': '',
      'videos/b-eYbUVZedY.mp4': '',
    },
    clips: { '00001': ['videos/00001.mp4', 'own'], '00002': ['videos/b-eYbUVZedY.mp4', 'own'] },
    unmatched: ['midi/00001.mid'],
  },
  bgm909: {
    files: { 'video/001.mp4': '', 'video/002.mkv': '', 'audio/001.wav': '', 'notes.mp4.txt': 'x' },
    clips: { '001': ['video/001.mp4', 'audio/001.wav'], '002': ['video/002.mkv', 'own'] },
  },
  'muvi-sync': {
    files: {
      'vevo_meta/split/v1/test.txt': '005\n011\n',
      'vevo/005.mp4': '',
      'vevo/006.mp4': '',
      'audio/005.wav': '',
    },
    clips: {
      '005': ['vevo/005.mp4', 'audio/005.wav'],
      '011': ['there is no file with its video', 'there is no usable video'],
    },
    unmatched: ['vevo/006.mp4'],
  },
  'loris-25s': {
    files: {
      'dance_audio_s25_test_segment.txt': 'yourpath/dataset/LORIS/dance/audio_s25/gKR_sFM_c09_d28_mKR1_ch02.wav\n',
      'fs_audio_s25_test_segment.txt': 'yourpath/dataset/LORIS/fs/audio_s25/266_seg1.wav\n',
      'dance/video_s25/gKR_sFM_c09_d28_mKR1_ch02.mp4': '',
      'dance/audio_s25/gKR_sFM_c09_d28_mKR1_ch02.wav': '',
      'fs/frames/266_seg1.mp4': '',
      'fs/audio_s25/266_seg1.wav': '',
    },
    clips: {
      'dance-gKR_sFM_c09_d28_mKR1_ch02': [
        'dance/video_s25/gKR_sFM_c09_d28_mKR1_ch02.mp4',
        'dance/audio_s25/gKR_sFM_c09_d28_mKR1_ch02.wav',
      ],
      'fs-266_seg1': ['fs/frames/266_seg1.mp4', 'fs/audio_s25/266_seg1.wav'],
    },
  },
  'aist-plus-plus': {
    files: {
      'splits/crossmodal_test.txt':
        'gBR_sBM_cAll_d04_mBR0_ch01\ngBR_sBM_cAll_d05_mBR0_ch02\ngPO_sBM_cAll_d10_mPO1_ch01\n',
      'ignore_list.txt': 'gPO_sBM_cAll_d10_mPO1_ch01\n',
      'videos/gBR_sBM_c01_d04_mBR0_ch01.mp4': '',
      'videos/gBR_sBM_c01_d05_mBR0_ch02.mp4': '',
      'music/mBR0.wav': '',
    },
    clips: {
      gBR_sBM_c01_d04_mBR0_ch01: ['videos/gBR_sBM_c01_d04_mBR0_ch01.mp4', 'music/mBR0.wav'],
      gBR_sBM_c01_d05_mBR0_ch02: ['videos/gBR_sBM_c01_d05_mBR0_ch02.mp4', 'music/mBR0.wav'],
    },
  },
  ossl: named,
  oes: named,
  lvs: named,
  reelbench: named,
  harmonyset: {
    files: { 'videos/a.mp4': '' },
    clips: { a: ['videos/a.mp4', 'own'] },
  },
  'moviegenbench-music': {
    files: {
      'MovieGenAudioBenchSfxMusic.jsonl':
        '{"id": 0, "video_prompt": "an apple", "music_prompt": "a piano"}\n{"id": 12, "video_prompt": "a fork"}\n',
      'MovieGenAudioBenchSfxMusic/0.mp4': '',
      'MovieGenAudioBenchSfxMusic/12.mp4': '',
    },
    clips: {
      '0': ['MovieGenAudioBenchSfxMusic/0.mp4', 'the set has no music of its own'],
      '12': ['MovieGenAudioBenchSfxMusic/12.mp4', 'the set has no music of its own'],
    },
  },
};

async function importMiniature(
  id: string,
  { files, indexFile }: Miniature,
): Promise<{ lock: SuiteLock; suite: string }> {
  const definition = await readSuiteDefinition(join(benchmarksFolder, id, 'suite.json'));
  if (definition.media === undefined) throw new Error(`${id} has no media`);
  const mediaFolder = await makeMiniature(files);
  const suite = await mkdtemp(join(tmpdir(), 'bench-imported-'));
  const lock = await importSuite(
    {
      definition: { ...definition, media: definition.media },
      mediaFolder,
      suiteFolder: suite,
      ...(indexFile === undefined ? {} : { indexFile: join(mediaFolder, indexFile) }),
    },
    { cache: uncachedDecodedContent, jobs: 2 },
  );
  return { lock, suite };
}

function shown({ video, reference }: LockedClip): readonly [string, string] {
  const part = (of: LockedClip['video'] | LockedClip['reference']): string =>
    of.status === 'ok' ? of.file.path : of.status === 'in-video' ? 'own' : of.reason;
  return [part(video), part(reference)];
}

describe('importing the sets that come with bench', { timeout: 60_000 }, () => {
  it('has a miniature of each', async () => {
    const external = (await benchmarkIds()).filter((id) => id !== 'demo');
    expect(Object.keys(miniatures).sort()).toEqual(external);
  });

  it.each(Object.entries(miniatures))('%s', async (id, miniature) => {
    const { lock, suite } = await importMiniature(id, miniature);
    expect(Object.fromEntries(lock.clips.map((clip) => [clip.id, shown(clip)]))).toEqual(miniature.clips);
    expect(lock.unmatched).toEqual(miniature.unmatched ?? []);
    const loaded = await loadSuite(suite, { cacheDir: tmpdir() });
    expect(loaded.id).toBe(id);
    expect(loaded.clips.map((clip) => clip.id).sort()).toEqual(Object.keys(miniature.clips).sort());
  });

  it('is described by its README and in docs/suites.md as suite.json has it', async () => {
    const docs = await readFile(join(benchmarksFolder, '..', 'docs', 'suites.md'), 'utf8');
    for (const id of Object.keys(miniatures)) {
      const { media, ...suite } = await readSuiteDefinition(join(benchmarksFolder, id, 'suite.json'));
      const { computable, access, uncertain, clipCount = '', sources } = media!;
      const readme = await readFile(join(benchmarksFolder, id, 'README.md'), 'utf8');
      for (const fact of [suite.title, suite.citation, suite.licence, computable, access, ...uncertain])
        expect(readme, id).toContain(fact);
      const from = sources.some(({ kind }) => kind === 'hub') ? 'hub' : 'by hand';
      expect(docs).toContain(
        `| \`${id}\` | ${suite.title} | ${clipCount} | ${suite.window} | ${from} | ${uncertain.length} |`,
      );
    }
  });

  it('says where every published figure was read', async () => {
    for (const id of await benchmarkIds()) {
      for (const figure of await readPublishedFigures(join(benchmarksFolder, id, 'published.csv'))) {
        expect(figure.source).not.toBe('');
        expect(figure.quotedIn).not.toBe('');
      }
    }
  });
});
