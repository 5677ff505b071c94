import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCnn14 } from '../../../src/models/architectures/cnn14.js';
import { architectures } from '../../../src/models/architectures/index.js';
import { sourcesOf } from '../../../src/models/import/check-tensors.js';
import { listImportedModels, modelsDirectory, removeModel, tokenizerPath } from '../../../src/models/models-folder.js';
import { importOfficial } from '../../../src/models/official/import-official.js';
import { findOfficialModel, officialModels } from '../../../src/models/official/index.js';
import { memoryCheckpoint, waves } from '../../helpers/memory-checkpoint.js';

describe('official models', () => {
  it('have different ids, and different networks in the list of networks', () => {
    const ids = officialModels.map(({ facts }) => facts.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(architectures.map(({ id }) => id)).size).toBe(architectures.length);
  });

  it.each(officialModels.map((model) => [model.facts.id, model] as const))('%s has a sound card', (_, model) => {
    const { facts, files, unsupported } = model;
    expect(facts.id).toMatch(/^[a-z0-9-]+$/);
    expect(facts.nonCommercial).toBe(/-NC\b/.test(facts.licence));
    expect(files.filter(({ role }) => role === 'weights')).toHaveLength(1);
    for (const { name, source, bytes, sha256 } of files) {
      expect(name).toMatch(/^[\w.=-]+$/);
      if (source.kind === 'url') expect(source.url).toMatch(/^https:\/\//);
      else expect(source.revision).toMatch(/^[0-9a-f]{40}$/);
      if (bytes !== undefined) expect(Number.isInteger(bytes)).toBe(true);
      if (sha256 !== undefined) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    if (unsupported !== undefined) expect(unsupported.length).toBeGreaterThan(20);
  });

  it('are found by id, or by a near one in the message', () => {
    expect(findOfficialModel('vggish').facts.title).toContain('VGGish');
    expect(() => findOfficialModel('clap-musik')).toThrow('Did you mean clap-music');
  });
});

describe('the folder of models', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-models-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is the option, the environment or the platform’s, in this order', () => {
    const before = process.env.BENCH_MODELS_DIR;
    process.env.BENCH_MODELS_DIR = '/elsewhere';
    expect([modelsDirectory('/given'), modelsDirectory(undefined)]).toEqual(['/given', '/elsewhere']);
    delete process.env.BENCH_MODELS_DIR;
    expect(modelsDirectory(undefined)).toMatch(/v2m-bench.*models$/);
    if (before !== undefined) process.env.BENCH_MODELS_DIR = before;
  });

  it('takes an import under the official card, lists it, and gives it up again', async () => {
    const network = createCnn14('cnn14-16k');
    const graph = network.buildGraph({ melBands: 64, channels: [2, 2, 2, 2, 2, 2], embedding: 3, classes: 4 });
    const tensors = [...sourcesOf(graph)].map(([name, shape], phase) => {
      const { data } = waves(shape, { phase, scale: 0.5 });
      return [`model.${name}`, { shape, data: name.endsWith('_var') ? data.map((value) => 1 + value) : data }] as const;
    });
    const checkpoint = memoryCheckpoint(Object.fromEntries(tensors));
    const tokenizer = join(folder, 'words.json');
    await writeFile(tokenizer, '{}');
    const official = findOfficialModel('cnn14-16k');
    const model = { ...official, networks: official.networks.map((network) => ({ ...network, takesText: true })) };
    await importOfficial(model, { checkpoint, modelsFolder: folder, tokenizer });
    await mkdir(join(folder, 'downloads/cnn14-16k'), { recursive: true });
    await mkdir(join(folder, 'damaged'));

    const listed = await listImportedModels(folder);
    expect(listed.map(({ id, model: { status } }) => [id, status])).toEqual([
      ['cnn14-16k', 'ok'],
      ['damaged', 'failed'],
    ]);
    expect(listed[0]?.model).toMatchObject({ value: { card: { licence: 'CC-BY-4.0', trained: false } } });
    expect(await readFile(tokenizerPath(folder, 'cnn14-16k'), 'utf8')).toBe('{}');

    expect(await removeModel(folder, 'cnn14-16k')).toBe(true);
    expect(await removeModel(folder, 'cnn14-16k')).toBe(false);
    expect(await removeModel(join(folder, 'damaged'), '..')).toBe(false);
    expect((await listImportedModels(folder)).map(({ id }) => id)).toEqual(['damaged']);
  });

  it('may not exist yet', async () => {
    expect(await listImportedModels(join(folder, 'none'))).toEqual([]);
  });

  it('takes no import of a network that is not built', async () => {
    const fusion = findOfficialModel('clap-630k-audioset-fusion');
    const attempt = importOfficial(fusion, { checkpoint: memoryCheckpoint({}), modelsFolder: folder });
    await expect(attempt).rejects.toMatchObject({ code: 'model-not-supported' });
  });
});
