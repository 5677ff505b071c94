import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Suite } from '../../src/core/suite.js';
import { bench } from './cli.js';

/** The demo suite with every reference under the video of another clip, written in the documented suite format. */
export async function shuffledSuite(): Promise<string> {
  const made = await bench(['suites', 'make', 'demo', '--json', '--quiet']);
  const suite = JSON.parse(made.stdout) as Suite;
  const clips = suite.clips.filter(({ split }) => split === 'test');
  // Half a suite away: far from both the clip itself and its neighbours.
  const rows = clips.map((clip, index) => ({
    id: clip.id,
    video: clips[(index + clips.length / 2) % clips.length]!.videoPath,
    reference: clip.referencePath,
    split: 'test',
  }));
  const folder = await mkdtemp(join(tmpdir(), 'shuffled-suite-'));
  const { schemaVersion, title, description, licence, citation, protocol, metrics, primaryMetric, systems } = suite;
  await writeFile(
    join(folder, 'suite.json'),
    JSON.stringify({
      ...{ schemaVersion, title, description, licence, citation, protocol, metrics, primaryMetric, systems },
      id: 'shuffled-demo',
      version: '1',
    }),
  );
  await writeFile(join(folder, 'clips.csv'), Papa.unparse(rows));
  return folder;
}
