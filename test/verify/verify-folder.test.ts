import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok, skipped } from '../../src/core/outcome.js';
import { type CaseLine, countCases, matchesPattern, statusOf } from '../../src/verify/case-line.js';
import type { CaseRunner } from '../../src/verify/case-runner.js';
import { caseRunners } from '../../src/verify/encoders/index.js';
import { verifyFolder } from '../../src/verify/verify-folder.js';

const fixtures = fileURLToPath(new URL('../fixtures/verify', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-verify-test-'));
  await cp(join(fixtures, 'resample'), join(folder, 'resample'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function verify(
  options: { only?: string; runners?: readonly CaseRunner[]; path?: string } = {},
): Promise<CaseLine[]> {
  const { only, runners = caseRunners, path = folder } = options;
  const settings = { runners, settings: { provider: 'cpu', dtype: 'f32' } } as const;
  const lines: CaseLine[] = [];
  for await (const line of verifyFolder(path, only === undefined ? settings : { ...settings, only })) lines.push(line);
  return lines;
}

const statuses = (lines: readonly CaseLine[]): Record<string, string> =>
  Object.fromEntries(lines.map((line) => [line.name, statusOf(line)]));

async function editGolden(change: (golden: Record<string, unknown>) => void): Promise<void> {
  const path = join(folder, 'resample/golden.json');
  const golden = JSON.parse(await readFile(path, 'utf8'));
  change(golden);
  await writeFile(path, JSON.stringify(golden));
}

/** Gives fixed values, or what the test says. */
function fixedRunner(run: CaseRunner['run']): CaseRunner {
  return { name: 'fixed', handles: (encoder) => encoder === 'resample', run };
}

describe('verifyFolder', () => {
  it('checks real values of the official resamplers', async () => {
    expect(statuses(await verify({ only: 'torchaudio' }))).toEqual({
      'resample/48000_16000.torchaudio_default': 'passed',
      'resample/48000_16000.torchaudio_kaiser_fadtk': 'passed',
    });
  });

  it.each([
    ['vidmuse', 'vidmuse/frames'],
    ['encoders', 'openl3_mel128/'],
    ['metrics', 'stats/mcnemar'],
  ])('knows the folder of %s by its files', async (name, only) => {
    const path = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
    const lines = await verify({ path, only });
    expect([...new Set(lines.map(statusOf))]).toEqual(['passed']);
  });

  it('takes the folder of one encoder too', async () => {
    expect(countCases(await verify({ only: 'default', path: join(folder, 'resample') })).passed).toBe(1);
  });

  it('fails where the golden values are others', async () => {
    const path = join(folder, 'resample/48000_16000.torchaudio_default.npy');
    const bytes = await readFile(path);
    bytes.writeFloatLE(bytes.readFloatLE(bytes.length - 4) + 0.01, bytes.length - 4);
    await writeFile(path, bytes);
    const [line] = await verify({ only: 'default' });
    expect(line?.outcome).toMatchObject({
      status: 'ok',
      value: { broken: [expect.stringMatching(/0\.0100, allowed/)] },
    });
    expect(statusOf(line!)).toBe('failed');
  });

  it('fails where input, file or shape is not as stated', async () => {
    await editGolden((golden) => {
      (golden.inputs as { n: number }[])[0]!.n = 12000;
    });
    expect((await verify({ only: 'default' }))[0]?.outcome).toMatchObject({ error: { code: 'recipe-differs' } });
    await editGolden((golden) => {
      (golden.inputs as { n: number }[])[0]!.n = 12001;
    });
    const file = join(folder, 'resample/48000_16000.torchaudio_default.npy');
    await cp(file, join(folder, 'copy.npy'));
    await rm(file);
    expect((await verify({ only: 'default' }))[0]?.outcome).toMatchObject({ status: 'failed' });
    await cp(join(folder, 'copy.npy'), file);
    await editGolden((golden) => {
      (golden.outputs as { slice: string }[])[0]!.slice = '[::2]';
    });
    expect((await verify({ only: 'default' }))[0]?.outcome).toMatchObject({ error: { code: 'wrong-shape' } });
  });

  it('skips what no runner does, with the reason, and says what a runner left out', async () => {
    const [unknown] = await verify({ runners: [] });
    expect(unknown?.outcome).toEqual(skipped('no graph for resample yet'));
    const silent = fixedRunner(async function* () {});
    expect((await verify({ runners: [silent] }))[0]?.outcome).toEqual(skipped('fixed does not compute this value yet'));
  });

  it('fails the cases that a broken runner has not given, and keeps those that it has', async () => {
    const breaking = fixedRunner(async function* ({ wanted }) {
      yield {
        file: wanted[0]!.file,
        outcome: ok({ data: new Float32Array(wanted[0]!.shape[0]!), dims: wanted[0]!.shape }),
      };
      throw new Error('the network fell over');
    });
    const lines = await verify({ runners: [breaking] });
    expect(lines.map(statusOf)).toEqual(['failed', 'failed', 'failed']);
    expect(lines[0]?.outcome).toMatchObject({ status: 'ok' });
    expect(lines[1]?.outcome).toMatchObject({ status: 'failed', error: { message: 'the network fell over' } });
  });

  it('gives runners an empty folder and removes it, also after a failure', async () => {
    let seen = '';
    const writing = fixedRunner(async function* ({ workFolder, wanted }) {
      seen = workFolder;
      await writeFile(join(workFolder, 'weights'), 'x');
      yield { file: wanted[0]!.file, outcome: skipped('not now') };
      throw new Error('no');
    });
    await verify({ runners: [writing] });
    await expect(readFile(join(seen, 'weights'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('goes on with the other encoders where one folder is damaged', async () => {
    await mkdir(join(folder, 'broken'));
    await writeFile(join(folder, 'broken/golden.json'), '{"encoder": "x"');
    await mkdir(join(folder, 'wrong'));
    await writeFile(
      join(folder, 'wrong/golden.json'),
      '{"encoder": "x", "seed": 1, "inputs": [{"id": "a"}], "outputs": []}',
    );
    const lines = await verify();
    expect(countCases(lines)).toEqual({ passed: 2, failed: 2, skipped: 1 });
    expect(lines.find(({ name }) => name === 'broken')?.outcome).toMatchObject({ error: { code: 'invalid-fixture' } });
    expect(lines.find(({ name }) => name === 'wrong')?.outcome).toMatchObject({
      error: { message: expect.stringContaining('inputs.0') },
    });
  });

  it('does not follow names out of the folder', async () => {
    await editGolden((golden) => {
      (golden.outputs as { file: string }[])[0]!.file = '../secret.npy';
    });
    expect((await verify())[0]?.outcome).toMatchObject({
      error: { message: expect.stringContaining('outputs.0.file') },
    });
  });

  it('names the cases of families that are not checked yet', async () => {
    const metrics = join(folder, 'metrics');
    await mkdir(metrics);
    const cases = ['one', 'two'].map((id) => ({ id, outcome: 'value' }));
    await writeFile(join(metrics, 'astrology.json'), JSON.stringify({ family: 'astrology', cases }));
    expect(statuses(await verify({ path: metrics }))).toEqual({
      'astrology/one': 'skipped',
      'astrology/two': 'skipped',
    });
  });

  it('refuses a folder that is none of these', async () => {
    await expect(verify({ path: join(folder, 'resample', 'x') })).rejects.toMatchObject({
      code: 'fixtures-not-readable',
    });
    await mkdir(join(folder, 'empty'));
    await expect(verify({ path: join(folder, 'empty') })).rejects.toMatchObject({ code: 'fixtures-not-recognised' });
  });
});

describe('matchesPattern', () => {
  it.each([
    ['embedding', true],
    ['cnn14*block1', true],
    ['tone1_5.3s', true],
    ['tone1_5x3s', false],
    ['cnn14_32k', false],
    ['[a]', false],
  ])('%s', (pattern, expected) => {
    expect(matchesPattern('cnn14_16k/tone1_5.3s.block1', pattern) || matchesPattern('x.embedding', pattern)).toBe(
      expected,
    );
  });
});
