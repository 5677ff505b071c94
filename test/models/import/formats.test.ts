import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { imagebindAudio } from '../../../src/models/architectures/imagebind-audio.js';
import type { Checkpoint } from '../../../src/models/checkpoint/checkpoint.js';
import { openCheckpoint } from '../../../src/models/checkpoint/open-checkpoint.js';
import { type StoredTensor, safetensorsFile } from '../../../src/models/checkpoint/write-safetensors.js';
import { importModel } from '../../../src/models/import/import-model.js';
import type { ImportedCard } from '../../../src/models/import/imported-card.js';
import { cardFacts } from '../../helpers/card-facts.js';
import { recipeCheckpointOf } from '../../helpers/recipe-checkpoint.js';
import { floats, type TorchTree, torchLegacy, torchZip } from '../../helpers/torch-file.js';

const recipe = recipeCheckpointOf('test/fixtures/encoders/imagebind_small/manifest.json');
let folder: string;
let tree: TorchTree;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formats-'));
  const names = [...recipe.tensors.values()].filter(({ name }) => !/text\.mask|audio\.1\.log_logit_scale/.test(name));
  const tensors: [string, ReturnType<typeof floats>][] = [];
  for (const { name, shape } of names) {
    const values = await recipe.readFloat32(name).catch(() => undefined);
    if (values !== undefined) tensors.push([name, floats(shape, values)]);
  }
  tree = { tensors: Object.fromEntries(tensors) };
});
afterAll(() => rm(folder, { recursive: true }));

async function imported(checkpoint: Checkpoint, name: string): Promise<ImportedCard> {
  const options = { checkpoint, architecture: imagebindAudio, facts: cardFacts, folder: join(folder, name) };
  return (await importModel(options)).card;
}

async function writeSafetensors(path: string): Promise<void> {
  const stored = Object.entries(tree.tensors).map(
    ([name, { shape }]): StoredTensor => ({ name, type: 'float32', shape }),
  );
  const parts: Uint8Array[] = [];
  const bytesOf = async ({ name }: StoredTensor): Promise<Uint8Array> => tree.tensors[name]!.bytes;
  for await (const part of safetensorsFile(stored, { bytesOf })) parts.push(part);
  await writeFile(path, Buffer.concat(parts));
}

describe('a checkpoint of any format', () => {
  it('gives the same graph and weights as the recipe that it holds', async () => {
    const expected = (await imported(recipe, 'recipe')).files;
    const paths = {
      zip: join(folder, 'a.pt'),
      legacy: join(folder, 'b.pt'),
      safetensors: join(folder, 'c.safetensors'),
    };
    await writeFile(paths.zip, torchZip(tree));
    await writeFile(paths.legacy, torchLegacy(tree));
    await writeSafetensors(paths.safetensors);
    for (const [name, path] of Object.entries(paths)) {
      await using checkpoint = await openCheckpoint(path);
      const card = await imported(checkpoint, name);
      expect(card.files).toEqual(expected);
      expect(card.trained).toBe(true);
    }
  });
});

describe('bench models import', () => {
  const models = async (...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> => {
    const [out, err]: [string[], string[]] = [[], []];
    const terminal = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
    const options = ['--models', join(folder, 'models')];
    const exitCode = await main(['models', ...args, ...options], { ...terminal, isInteractive: false, columns: 120 });
    return { exitCode, stdout: out.join('\n'), stderr: err.join('\n') };
  };

  it('makes every tower of a checkpoint, says whose it is, and gives it up again', async () => {
    const path = join(folder, 'imagebind.pth');
    await writeFile(path, torchZip(tree));
    const { exitCode, stdout, stderr } = await models('import', 'imagebind-huge', path, '--dtype', 'f16');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map((line) => line.slice(folder.length + 8))).toEqual([
      'imagebind-huge-audio',
      'imagebind-huge-vision',
      'imagebind-huge-text',
    ]);
    expect(stderr).toContain('NON-COMMERCIAL');
    expect(stderr).toMatch(/warning: .*imagebind\.pth is not the file that .* publishes/);
    const rows = JSON.parse((await models('list', '--json')).stdout) as { id: string; state: string; dtype?: string }[];
    const states = rows
      .filter(({ id }) => id.startsWith('imagebind'))
      .map(({ id, state, dtype }) => [id, state, dtype]);
    expect(states).toEqual([
      ['imagebind-huge-audio', 'imported', 'f16'],
      ['imagebind-huge-text', 'imported', 'f16'],
      ['imagebind-huge-vision', 'imported', 'f16'],
    ]);
    expect((await models('verify', 'imagebind-huge-audio')).stdout).toBe('imagebind-huge-audio: ok');
    expect((await models('import', 'imagebind-huge', path)).stderr).toContain('the model is there already');
    expect((await models('remove', 'imagebind-huge')).stdout).toContain('imagebind-huge-vision');
  });

  it('leaves nothing behind where the file is another model’s', async () => {
    const path = join(folder, 'other.pth');
    await writeFile(path, torchZip({ tensors: { 'layer.weight': floats([2], [1, 2]) } }));
    const { exitCode, stderr } = await models('import', 'imagebind-huge', path);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/this is not a checkpoint of imagebind-audio .*got tensors layer\.weight/);
    expect(stderr).not.toMatch(/^\s+at /m);
    const rows = JSON.parse((await models('list', '--json')).stdout) as { state: string }[];
    expect(rows.some(({ state }) => state === 'imported' || state === 'damaged')).toBe(false);
  });
});
