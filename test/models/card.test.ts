import { describe, expect, it } from 'vitest';
import { BenchError } from '../../src/core/errors.js';
import { type ModelCard, parseModelCard } from '../../src/models/card.js';

const card: ModelCard = {
  schemaVersion: 1,
  id: 'small-net',
  title: 'Small net',
  role: 'Tests.',
  file: 'small.onnx',
  sha256: 'ab'.repeat(32),
  bytes: 12,
  licence: 'MIT',
  licenceFiles: ['LICENSE'],
  citation: 'Nobody, 2020.',
  source: 'made by hand',
  conversion: 'none',
  frontEnd: 'none',
  inputs: [{ name: 'x', shape: ['batch', 3], summary: 'numbers' }],
  outputs: [{ name: 'y', columns: 2, summary: 'more numbers' }],
  notes: [],
};

function refusal(json: string): BenchError {
  try {
    parseModelCard(json, 'models/small/small-net.card.json');
  } catch (error) {
    if (error instanceof BenchError) return error;
  }
  throw new Error('the card was accepted');
}

describe('parseModelCard', () => {
  it('gives the card back, with and without labels', () => {
    expect(parseModelCard(JSON.stringify(card), 'card')).toEqual(card);
    const labelled = { ...card, labels: ['a', 'b'] };
    expect(parseModelCard(JSON.stringify(labelled), 'card')).toEqual(labelled);
  });

  it('names the file and the wrong field', () => {
    const error = refusal(JSON.stringify({ ...card, sha256: 'ABC' }));
    expect(error.code).toBe('invalid-model-card');
    expect(error.message).toContain(
      'models/small/small-net.card.json: sha256: expected 64 lower-case hexadecimal digits',
    );
  });

  it('names every wrong field at once', () => {
    const { licence: _, ...unlicensed } = card;
    const { message } = refusal(
      JSON.stringify({ ...unlicensed, bytes: 0, outputs: [{ ...card.outputs[0], columns: 1.5 }] }),
    );
    for (const field of ['licence', 'bytes', 'outputs.0.columns']) expect(message).toContain(field);
  });

  it('refuses a weights file outside the folder, unknown fields and text that is not JSON', () => {
    expect(refusal(JSON.stringify({ ...card, file: '../other.onnx' })).fields.field).toBe('file');
    expect(refusal(JSON.stringify({ ...card, sha265: 'typo' })).message).toContain('sha265');
    expect(refusal('{').message).toContain('not JSON');
  });
});
