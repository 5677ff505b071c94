import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { uncachedDecodedContent } from '../../../src/store/decoded-content-cache.js';
import { importSuite } from '../../../src/suites/import/import-suite.js';
import type { SuiteLock } from '../../../src/suites/import/suite-lock.js';
import { loadSuite } from '../../../src/suites/load-suite.js';
import type { MediaLayout } from '../../../src/suites/media-layout.js';
import { definitionForFolder } from '../../../src/suites/suite-definition.js';
import { suiteIdentity } from '../../../src/suites/suite-identity.js';
import { makeMiniature } from './miniature.js';

const cache = uncachedDecodedContent;
const layout: MediaLayout = {
  clipCount: 3,
  index: { files: ['list.txt'], format: 'lines', id: '{line}' },
  video: ['{id}.mp4'],
  reference: ['{id}.wav'],
  referenceFallback: 'none',
  computable: 'everything',
  access: 'here',
  sources: [{ kind: 'page', url: 'https://example.org/' }],
  uncertain: [],
};

interface Imported {
  readonly lock: SuiteLock;
  readonly mediaFolder: string;
  readonly suiteFolder: string;
}

async function importFiles(
  files: Readonly<Record<string, string>>,
  { media = layout, indexFile }: { readonly media?: MediaLayout; readonly indexFile?: string } = {},
): Promise<Imported> {
  const mediaFolder = await makeMiniature(files);
  const suiteFolder = await mkdtemp(join(tmpdir(), 'bench-imported-'));
  const index = indexFile === undefined ? {} : { indexFile: join(mediaFolder, indexFile) };
  const definition = { ...definitionForFolder('mine'), media };
  const lock = await importSuite({ definition, mediaFolder, suiteFolder, ...index }, { cache, jobs: 2 });
  return { lock, mediaFolder, suiteFolder };
}

async function identityOf(folder: string): Promise<string> {
  return suiteIdentity(await loadSuite(folder, { cacheDir: tmpdir() }), { cache });
}

const pair = { 'list.txt': 'a\nb\n', 'a.mp4': '', 'a.wav': '', 'b.mp4': '', 'b.wav': '' };

describe('importSuite', { timeout: 60_000 }, () => {
  it('says in every later run that the list has another length than the authors state', async () => {
    const { lock, suiteFolder } = await importFiles(pair);
    expect(lock.statedClipCount).toBe(3);
    const { notes = [] } = await loadSuite(suiteFolder, { cacheDir: tmpdir() });
    expect(notes[0]).toBe('2 clips are listed in this copy, but the authors state 3');
  });

  it('expects of a list of one’s own no number of clips', async () => {
    const { lock, suiteFolder } = await importFiles({ ...pair, 'mine.txt': 'b\n' }, { indexFile: 'mine.txt' });
    expect(lock.clips.map(({ id }) => id)).toEqual(['b']);
    expect(lock.statedClipCount).toBeUndefined();
    expect((await loadSuite(suiteFolder, { cacheDir: tmpdir() })).notes).toEqual([]);
  });

  it('refuses two names that give one id before it decodes anything', async () => {
    const { clipCount: _, index: __, ...rest } = layout;
    const media = { ...rest, idExpression: '(?<id>[^/]+)\\.mp4$' };
    await expect(importFiles({ 'scene 1.mp4': 'no video', 'Scene-1.mp4': 'none' }, { media })).rejects.toThrow(
      'Scene-1 and scene 1 both give the clip id scene-1',
    );
  });

  it('has another identity when a row of clips.csv names another file than the lock', async () => {
    const { suiteFolder } = await importFiles(pair);
    const before = await identityOf(suiteFolder);
    const file = join(suiteFolder, 'clips.csv');
    await writeFile(file, (await readFile(file, 'utf8')).replace('a.wav', 'b.wav'));
    expect(await identityOf(suiteFolder)).not.toBe(before);
  });

  it('names the file and the way out where the lock is broken', async () => {
    const { suiteFolder } = await importFiles(pair);
    await writeFile(join(suiteFolder, 'lock.json'), '{"schemaVersion": 1,');
    await expect(loadSuite(suiteFolder, { cacheDir: tmpdir() })).rejects.toThrow(
      /lock\.json: JSON: .*Import the suite again/,
    );
  });
});
