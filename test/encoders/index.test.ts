import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEncoders, encoderById } from '../../src/encoders/index.js';
import { listModels } from '../../src/models/catalogue.js';

const encoders = createEncoders();

describe('createEncoders', () => {
  it('lists every encoder once', () => {
    expect(encoders.map(({ id }) => id)).toEqual([
      'musicnn-mtt',
      'musicnn-msd',
      'onset',
      'loudness-curve',
      'efficientnet-lite0',
      'motion',
      'optical-flow',
      'beats',
      'onset-seconds',
      'cuts',
      'colour-mood',
      'signal-duration',
      'signal-clipping',
      'signal-silence',
      'signal-loudness',
      'signal-loudness-range',
      'signal-true-peak',
      'signal-bandwidth',
      'signal-centroid',
      'signal-dc-offset',
      'signal-stereo-width',
      'landmarks',
      'chroma',
      'log-mel',
      'video-duration',
    ]);
  });

  it('uses every shipped model, with outputs as wide as its card says', () => {
    for (const { card } of listModels()) {
      const encoder = encoders.find(({ weightsSha256 }) => weightsSha256 === card.sha256);
      for (const { name, columns } of encoder?.outputs ?? []) {
        expect(card.outputs.find((output) => output.name === name)?.columns, `${card.id} ${name}`).toBe(columns);
      }
      expect(encoder?.id).toBe(card.id);
    }
  });

  it('has a row in docs/encoders.md for every encoder, with its version and its outputs', () => {
    const docs = readFileSync(new URL('../../docs/encoders.md', import.meta.url), 'utf8');
    for (const { id, version, outputs } of encoders) {
      const row = docs.split('\n').find((line) => line.startsWith(`| \`${id}\` `));
      expect(row, id).toContain(`| ${version} |`);
      for (const { name, columns } of outputs) expect(row, id).toContain(`\`${name}\` ${columns}`);
    }
  });
});

describe('encoderById', () => {
  it('finds an encoder in the given list', () => {
    expect(encoderById('video-duration', encoders)).toBe(encoders.at(-1));
  });

  it('offers near names for an unknown id', () => {
    expect(() => encoderById('onsett', encoders)).toThrow(/no encoder 'onsett'.*Did you mean onset/);
  });
});
