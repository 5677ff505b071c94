import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseLine, statusOf } from '../../../src/verify/case-line.js';
import { verifyVidmuse } from '../../../src/verify/vidmuse/verify-vidmuse.js';

const golden = fileURLToPath(new URL('../../fixtures/vidmuse', import.meta.url));
const settings = { provider: 'cpu', dtype: 'f32' } as const;

async function linesOf(folder: string, only?: string): Promise<CaseLine[]> {
  const lines: CaseLine[] = [];
  const options = only === undefined ? { settings } : { settings, only };
  for await (const line of verifyVidmuse(folder, options)) lines.push(line);
  return lines;
}

describe('the golden values of the official generator', { timeout: 120_000 }, () => {
  it('hold at every link, from pixels to sound, and codes are equal in all ways of decoding', async () => {
    const lines = await linesOf(golden);
    expect(lines.filter((line) => statusOf(line) !== 'passed').map(({ name }) => name)).toEqual([]);
    const names = lines.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(40);
    for (const part of ['visual/clip_local', 'visual/memory_null', 'logits/logits_cfg', 'long6_tokens', 'audio/'])
      expect(names.some((name) => name.includes(part))).toBe(true);
    const codes = lines.filter(({ name }) => name.includes('_tokens'));
    for (const way of ['resident', 'in one graph'])
      expect(codes.filter(({ name }) => name.endsWith(way))).toHaveLength(codes.length / 3);
    for (const { outcome } of codes) expect(outcome).toMatchObject({ value: { difference: { maxAbsolute: 0 } } });
  });

  describe('with another seed', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'bench-vidmuse-'));
      await cp(golden, folder, { recursive: true });
      const path = join(folder, 'tiny/recipe.json');
      const recipe = JSON.parse(await readFile(path, 'utf8')) as { seed: number };
      await writeFile(path, JSON.stringify({ ...recipe, seed: recipe.seed + 1 }));
    });
    afterAll(() => rm(folder, { recursive: true }));

    it('are refused, because the weights are not those that the values were made with', async () => {
      const [line] = await linesOf(folder, 'vidmuse/tiny/visual/memory_cond');
      expect(line?.outcome).toMatchObject({ status: 'failed', error: { code: 'recipe-differs' } });
    });
  });
});
