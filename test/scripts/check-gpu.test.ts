import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

function checkGpu(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/check-gpu.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

it('runs the parts that are asked for and ends with a table', () => {
  const { status, output } = checkGpu('--provider', 'cpu', '--size', 'tiny', '--only', 'vidmuse-f32');
  expect(status, output).toBe(0);
  expect(output).toMatch(/verify: \d+ passed, 0 failed, 0 skipped/);
  expect(output).toMatch(/│ 'vidmuse-f32' +│ 0 /);
});

it('names the parts when one is unknown', () => {
  const { status, output } = checkGpu('--only', 'speeds');
  expect(status).toBe(2);
  expect(output).toContain('no part speeds; there are doctor, vidmuse-f32,');
});
