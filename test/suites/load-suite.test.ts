import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { uncachedDecodedContent } from '../../src/store/decoded-content-cache.js';
import { benchmarkIds } from '../../src/suites/benchmarks-folder.js';
import { listSuites } from '../../src/suites/list-suites.js';
import { loadSuite } from '../../src/suites/load-suite.js';
import { suiteIdentity } from '../../src/suites/suite-identity.js';

const root = mkdtempSync(join(tmpdir(), 'bench-suites-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const options = { cacheDir: join(root, 'cache'), make: false };

const definition = {
  ...{ schemaVersion: 1, id: 'mine', version: '1.2', title: 'Mine', description: 'Two clips.', licence: 'CC0-1.0' },
  ...{ metrics: ['a', 'b'], primaryMetric: 'b', systems: ['reference'] },
};

/** A folder with these files; contents that are not text are written as JSON. */
function suiteFolder(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(root, 'suite-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

function withClips(csv: string, more: object = {}): string {
  const media = { 'media/a.mp4': 'a', 'media/b.mp4': 'b', 'media/b.wav': 'sound' };
  return suiteFolder({ 'suite.json': { ...definition, ...more }, 'clips.csv': csv, ...media });
}

describe('loadSuite of suite.json and clips.csv', () => {
  it('reads every field', async () => {
    const folder = withClips(
      [
        '\uFEFFid,video,reference,start_seconds,duration_seconds,split,licence,beat_seconds,cut_seconds,valence,arousal,x_note',
        'a,media/a.mp4,,,,,,,,,,"mine, all\nmine"',
        '',
        'b,media/b.mp4,media/b.wav,1.5,10,pool,CC-BY-4.0,0.5;1;1.5,2,-0.25,1,',
      ].join('\r\n'),
    );
    const suite = await loadSuite(folder, options);
    expect(suite).toEqual({
      ...{ ...definition, citation: '', protocol: 'bench-1' },
      clips: [
        { id: 'a', videoPath: join(folder, 'media/a.mp4'), startSeconds: 0, split: 'test' },
        {
          ...{ id: 'b', videoPath: join(folder, 'media/b.mp4'), referencePath: join(folder, 'media/b.wav') },
          ...{ startSeconds: 1.5, durationSeconds: 10, split: 'pool', licence: 'CC-BY-4.0' },
          annotations: { beatSeconds: [0.5, 1, 1.5], cutSeconds: [2], valence: -0.25, arousal: 1 },
        },
      ],
    });
  });

  it.each([
    [
      'id,video\na b,media/a.mp4',
      /clips\.csv: line 2: id: has a wrong value \(expected 1 to 100 letters.* got "a b"\)/,
    ],
    ['id,video\na,media/a.mp4\nA,media/b.mp4', /line 3: id: line 2 has the same id/],
    ['id,video\n\na,media/none.mp4', /line 3: video: there is no such file \(got .*media\/none\.mp4\)/],
    ['id,video,reference\na,media/a.mp4,x.wav', /line 2: reference: there is no such file/],
    ['id,video\na,', /line 2: video: is missing \(expected a path\)/],
    [
      'id,video,start_second\na,media/a.mp4,1',
      /line 1: start_second: is not a known column \(expected start_seconds\)/,
    ],
    ['id,video,start_seconds\na,media/a.mp4,-1', /line 2: start_seconds: .*expected seconds, such as 12\.5, got "-1"/],
    ['id,video,duration_seconds\na,media/a.mp4,0', /duration_seconds: .*expected more than 0 seconds/],
    ['id,video,split\na,media/a.mp4,train', /line 2: split: .*expected test or pool, got "train"/],
    ['id,video,valence\na,media/a.mp4,0.5', /line 2: arousal: is missing/],
    ['id,video,beat_seconds,valence,arousal\na,media/a.mp4,2;1,0,0', /beat_seconds: .*expected times that rise/],
    ['id,video\na,media/a.mp4,extra', /line 2: row: .*expected 2, got 3/],
    ['id,video,id\na,media/a.mp4,a', /line 1: id: this column is there twice/],
    ['id,video\n"a,media/a.mp4', /CSV: /],
    ['id,video\n', /rows: there are none/],
    ['', /has no column names/],
  ])('refuses %j', async (csv, message) => {
    const error = await loadSuite(withClips(csv), options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'BenchError', kind: 'input' });
    expect((error as Error).message).toMatch(message);
  });

  it.each([
    [{ schemaVersion: 2 }, /suite\.json: schemaVersion: has a wrong value \(expected 1, got 2\)/],
    [{ title: undefined }, /suite\.json: title: is missing/],
    [{ titel: 'x' }, /titel: is not a known field \(expected title/],
    [{ primaryMetric: 'c' }, /primaryMetric: is not among the metrics \(expected one of a, b, got c\)/],
    [{ metrics: [] }, /metrics: .*expected at least one name/],
    [{ protocol: 'bench-9' }, /protocol: .*got "bench-9"/],
    [{ maker: 'other' }, /maker: .*expected "demo-world"/],
  ])('refuses suite.json with %j', async (change, message) => {
    await expect(loadSuite(withClips('id,video\na,media/a.mp4', change), options)).rejects.toThrow(message);
  });

  it('refuses what is no suite', async () => {
    await expect(loadSuite(suiteFolder({ 'suite.json': '{' }), options)).rejects.toThrow(/suite\.json: JSON: /);
    await expect(loadSuite(suiteFolder({ 'suite.json': definition }), options)).rejects.toThrow(
      /clips\.csv: .*missing/,
    );
    await expect(loadSuite(suiteFolder({ 'clips.csv': 'id,video' }), options)).rejects.toThrow(
      /suite\.json: .*missing/,
    );
    const video = join(suiteFolder({ 'a.mp4': 'a' }), 'a.mp4');
    await expect(loadSuite(video, options)).rejects.toMatchObject({ code: 'suite-not-found', kind: 'usage' });
  });
});

describe('loadSuite of a folder of videos', () => {
  it('makes a clip of each video', async () => {
    const folder = suiteFolder({
      'Été au bord.mp4': 'a',
      'b.MOV': 'b',
      'notes.txt': '',
      '.c.mp4': '',
      'sub/d.mp4': '',
    });
    const suite = await loadSuite(folder, options);
    expect(suite.clips).toEqual([
      { id: 'Ete-au-bord', videoPath: join(folder, 'Été au bord.mp4'), startSeconds: 0, split: 'test' },
      { id: 'b', videoPath: join(folder, 'b.MOV'), startSeconds: 0, split: 'test' },
    ]);
    expect(suite.systems).toEqual(['reference', 'shuffled', 'composer', 'noise', 'silence']);
    expect(suite.metrics).toContain(suite.primaryMetric);
  });

  it('refuses names that give the same id, or none', async () => {
    const twins = suiteFolder({ 'a b.mp4': '', 'A-b.mkv': '' });
    await expect(loadSuite(twins, options)).rejects.toThrow(/A-b\.mkv and a b\.mp4 both give the clip id a-b/);
    await expect(loadSuite(suiteFolder({ '音楽.mp4': '' }), options)).rejects.toThrow(/no clip id can be made/);
  });

  it('refuses a folder without videos', async () => {
    await expect(loadSuite(suiteFolder({ 'a.txt': '' }), options)).rejects.toMatchObject({ code: 'suite-empty' });
  });
});

describe('loadSuite by id', () => {
  it('names near suites', async () => {
    const [id] = await benchmarkIds();
    await expect(loadSuite('no-such-suite-at-all', options)).rejects.toMatchObject({ code: 'suite-not-found' });
    if (id !== undefined) await expect(loadSuite(`${id}x`, options)).rejects.toThrow(`Did you mean ${id}?`);
  });

  it('loads every suite of the package', async () => {
    for (const summary of await listSuites()) {
      if (summary.media !== undefined) {
        const elsewhere = { ...options, suitesDir: join(tmpdir(), 'no-suites-here') };
        await expect(loadSuite(summary.id, elsewhere)).rejects.toMatchObject({ code: 'suite-not-imported' });
        continue;
      }
      const { clips, id } = await loadSuite(summary.id, options);
      expect(id).toBe(summary.id);
      expect(clips).toHaveLength(summary.clipCounts.test + summary.clipCounts.pool);
    }
  });
});

describe('suiteIdentity', () => {
  const csv = 'id,video,reference\na,media/a.mp4,\nb,media/b.mp4,media/b.wav';
  const identityOf = async (text: string, more: object = {}): Promise<string> =>
    suiteIdentity(await loadSuite(withClips(text, more), options), { cache: uncachedDecodedContent });

  it('does not depend on the place, the order of the clips or the words about them', async () => {
    const swapped = 'id,video,reference\nb,media/b.mp4,media/b.wav\na,media/a.mp4,';
    expect(await identityOf(swapped, { title: 'Ours' })).toBe(await identityOf(csv));
  });

  it.each([
    [
      'the window',
      csv.replace('reference\n', 'reference,start_seconds\n').replace('mp4,\n', 'mp4,,1\n').replace('.wav', '.wav,'),
      {},
    ],
    ['the content', csv.replace('a,media/a.mp4', 'a,media/b.mp4'), {}],
    ['the reference', csv.replace('media/b.wav', ''), {}],
    ['the ids', csv.replace('\na,', '\nc,'), {}],
    ['the version', csv, { version: '1.3' }],
  ])('changes with %s', async (_, text, more) => {
    expect(await identityOf(text, more)).not.toBe(await identityOf(csv));
  });
});
