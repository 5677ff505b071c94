import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { packageRoot } from './helpers/cli.js';

it('the entry that package.json exports is there and has the public names', async () => {
  const { exports } = JSON.parse(await readFile(`${packageRoot}package.json`, 'utf8'));
  const entry = await import(`${packageRoot}${exports['.'].default}`);
  for (const name of ['executeRun', 'loadSuite', 'metrics', 'baselines', 'createEncoders'])
    expect(entry).toHaveProperty(name);
  await readFile(`${packageRoot}${exports['.'].types}`);
});
