import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';

const fixtures = fileURLToPath(new URL('../fixtures/verify', import.meta.url));

/** The program in this process, with its own terminal. */
async function bench(...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
    isInteractive: false,
  };
  const exitCode = await main(args, { ...terminal, columns: 120 });
  return { exitCode, stdout: out.join('\n'), stderr: err.join('\n') };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-verify-cli-'));
  await cp(join(fixtures, 'resample'), join(folder, 'golden/resample'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

describe('bench verify', () => {
  it('prints a line a case and the sum, and exits 0 where all passed', async () => {
    const { exitCode, stdout } = await bench('verify', join(folder, 'golden'), '--only', 'torchaudio');
    const lines = stdout.split('\n');
    expect(lines[1]).toMatch(/^resample\/48000_16000\.torchaudio_default +\d\.\d\de-\d +\d\.\d\de-\d +6\.00e-6 ok$/);
    expect(lines.at(-1)).toBe('verify: 2 passed, 0 failed, 0 skipped');
    expect(exitCode).toBe(0);
  });

  it('exits 3 for skipped cases, unless they are allowed', async () => {
    const strict = await bench('verify', join(folder, 'golden'), '--only', 'unheard_of');
    expect([strict.exitCode, strict.stdout]).toEqual([3, expect.stringContaining('0 passed, 0 failed, 1 skipped')]);
    expect((await bench('verify', join(folder, 'golden'), '--only', 'unheard_of', '--allow-skips')).exitCode).toBe(0);
  });

  it('exits 100 for a failed case, allowed skips or not', async () => {
    const damaged = join(folder, 'damaged');
    await cp(join(folder, 'golden'), damaged, { recursive: true });
    const file = (kind: string): string => join(damaged, `resample/48000_16000.${kind}.npy`);
    await cp(file('torchaudio_kaiser_fadtk'), file('torchaudio_default'));
    const { exitCode, stdout } = await bench('verify', damaged, '--allow-skips');
    expect(exitCode).toBe(100);
    expect(stdout).toMatch(/torchaudio_default .* FAIL: the largest difference is/);
    expect(stdout.split('\n').at(-1)).toBe('verify: 1 passed, 1 failed, 1 skipped');
  });

  it('prints the same as JSON, and nothing else', async () => {
    const { stdout } = await bench('verify', join(folder, 'golden'), '--json');
    const { cases, ...counts } = JSON.parse(stdout);
    expect(counts).toMatchObject({ passed: 2, failed: 0, skipped: 1, provider: 'cpu', dtype: 'f32' });
    expect(cases[0]).toMatchObject({ status: 'passed', difference: { cells: 4001 }, tolerance: { absolute: 6e-6 } });
    expect(cases[2]).toMatchObject({ status: 'skipped', reason: expect.any(String) });
  });

  it.each([
    [['verify', 'nowhere'], /cannot be read/],
    [['verify', fixtures, '--only', 'nothing-like-this'], /no case matches/],
    [['verify', fixtures, '--dtype', 'f64'], /Allowed choices are f32, f16/],
  ])('%j is a mistake of the user', async (args, message) => {
    const { exitCode, stderr } = await bench(...args);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('bench models', () => {
  const models = (...args: string[]) => bench('models', ...args, '--models', join(folder, 'models'));

  it('lists shipped and official models, non-commercial ones loudly', async () => {
    const { stdout } = await models('list');
    expect(stdout).toContain('musicnn-mtt');
    expect(stdout).toMatch(/imagebind-huge[^│]*│[^│]*│ CC-BY-NC-SA-4\.0[^\n]*\n[^\n]*NON-COMMERCIAL/);
    expect(stdout).toMatch(/clap-630k-audioset-fusion │ not supported/);
    const rows = JSON.parse((await models('list', '--json')).stdout);
    expect(rows.find(({ id }: { id: string }) => id === 'vggish')).toMatchObject({
      state: 'official',
      bytes: 288567937,
    });
  });

  it('tells everything of one', async () => {
    const { stdout } = await models('info', 'imagebind-huge');
    expect(stdout).toMatch(/licence +CC-BY-NC-SA-4\.0 NON-COMMERCIAL/);
    expect(stdout).toContain('dl.fbaipublicfiles.com');
    expect(JSON.parse((await models('info', 'musicnn-mtt', '--json')).stdout)).toMatchObject({ state: 'shipped' });
    expect((await models('info', 'vggsh')).stderr).toContain('Did you mean vggish?');
  });

  it('verifies a model that ships with bench', async () => {
    expect(await models('verify', 'musicnn-mtt')).toMatchObject({ exitCode: 0, stdout: 'musicnn-mtt: ok' });
  });

  it.each([
    [['verify', 'vggish'], 2, /no imported model/],
    [['remove', 'vggish'], 2, /no imported model "vggish"/],
    [['remove', '..'], 2, /no imported model/],
    [['pull', 'nothing'], 2, /no official model "nothing"/],
    [['pull', 'clap-630k-audioset-fusion'], 2, /cannot be imported: the fusion network takes random crops/],
  ])('%j says what is wrong', async (args, code, message) => {
    const { exitCode, stderr } = await models(...args);
    expect([exitCode, stderr]).toEqual([code, expect.stringMatching(message)]);
  });
});
