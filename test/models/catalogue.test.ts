import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findModel, listModels, shippedModelsFolder } from '../../src/models/catalogue.js';

describe('listModels', () => {
  it('lists the shipped models by id', () => {
    expect(listModels().map(({ card }) => card.id)).toEqual(['efficientnet-lite0', 'musicnn-msd', 'musicnn-mtt']);
  });

  it('has weights of the stated size and every licence text', () => {
    for (const { card, folder, path } of listModels()) {
      expect(statSync(path).size, card.id).toBe(card.bytes);
      for (const file of card.licenceFiles) expect(existsSync(join(folder, file)), `${card.id}: ${file}`).toBe(true);
    }
  });

  it('has a label for each column of the tags', () => {
    for (const id of ['musicnn-mtt', 'musicnn-msd']) {
      const { card } = findModel(id);
      expect(card.labels?.length).toBe(card.outputs.find(({ name }) => name === 'tags')?.columns);
    }
  });

  it('ships no weights without a card', () => {
    const weights = readdirSync(shippedModelsFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.onnx'),
    );
    expect(weights.map((name) => join(shippedModelsFolder, name)).sort()).toEqual(
      listModels()
        .map(({ path }) => path)
        .sort(),
    );
  });

  it('names the file of a card that cannot be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'models-'));
    try {
      await mkdir(join(folder, 'broken'));
      await writeFile(join(folder, 'broken', 'broken.card.json'), '{}');
      expect(() => listModels(folder)).toThrow(join(folder, 'broken', 'broken.card.json'));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('findModel', () => {
  it('finds a model', () => {
    expect(findModel('musicnn-mtt').card.title).toBe('MusicNN (MagnaTagATune)');
  });

  it('offers near names for an unknown id', () => {
    expect(() => findModel('musicn-mtt')).toThrow(/no model "musicn-mtt".*Did you mean musicnn-mtt/);
  });

  it('lists all ids where none is near', () => {
    expect(() => findModel('zzzzzzzzzzzzzzzzzzzzzzz')).toThrow(
      /Use one of efficientnet-lite0, musicnn-msd, musicnn-mtt/,
    );
  });
});
