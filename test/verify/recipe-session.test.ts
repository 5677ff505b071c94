import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCnn14 } from '../../src/models/architectures/cnn14.js';
import { sourcesOf } from '../../src/models/import/check-tensors.js';
import type { TensorData } from '../../src/models/session.js';
import type { CaseRequest } from '../../src/verify/case-runner.js';
import { runLogMelNetwork } from '../../src/verify/encoders/log-mel-network.js';
import type { AudioInput, GoldenOutput, ManifestRow } from '../../src/verify/golden.js';
import { groupByInput } from '../../src/verify/group-outputs.js';
import { openRecipeSession } from '../../src/verify/recipe-session.js';

const architecture = createCnn14('cnn14-16k');
const dimensions = { melBands: 64, channels: [2, 3, 2, 3, 2, 4], embedding: 5, classes: 6 };

/** A CNN14 with a few channels. */
const tensors = [...sourcesOf(architecture.buildGraph(dimensions))].map(
  ([name, shape]): ManifestRow => ({
    name,
    shape,
    kind: 'any',
    // Positive enough that the ReLUs let signals through.
    center: name.endsWith('running_var') ? 1 : name.endsWith('weight') ? 0.08 : 0.1,
    scale: 0.3,
  }),
);

const sound = (id: string, n: number): AudioInput => ({
  ...{ id, sr: 16000, n, sha256: '' },
  parts: [{ type: 'noise', amp: 1, name: id }],
});

const output = (file: string): GoldenOutput => ({ file, shape: [], what: '', limits: { absolute: 0 } });

let workFolder: string;
beforeEach(async () => {
  workFolder = await mkdtemp(join(tmpdir(), 'bench-recipe-session-'));
});
afterEach(() => rm(workFolder, { recursive: true }));

function request(files: readonly string[], dtype: 'f32' | 'f16' = 'f32'): CaseRequest {
  const inputs = [sound('a_1.5s', 64 * 32), sound('b', 64 * 48)];
  const golden = { encoder: 'cnn14_16k', seed: 3, inputs, outputs: files.map(output), facts: {} };
  const manifest = { encoder: 'cnn14_16k', seed: 3, sha256: '', tensors };
  return {
    fixture: { name: 'cnn14_16k', folder: workFolder, golden, manifest },
    ...{ wanted: golden.outputs, settings: { provider: 'cpu', dtype }, workFolder },
  };
}

/** Stands for a front end: the samples themselves as frames of 64 values. */
const logMel = (mono: Float32Array): TensorData => ({ data: mono, dims: [1, mono.length / 64, 64] });

async function outputsOf(caseRequest: CaseRequest): Promise<Record<string, TensorData>> {
  const found: Record<string, TensorData> = {};
  for await (const { file, outcome } of runLogMelNetwork(caseRequest, { architecture, logMel })) {
    if (outcome.status === 'ok') found[file] = outcome.value;
  }
  return found;
}

describe('openRecipeSession', () => {
  it('imports the network with the probes that are asked for, and no other', async () => {
    const options = { architecture, kinds: ['embedding', 'block1', 'nothing'] };
    await using session = await openRecipeSession(request([]), options);
    expect([...session.outputNames].sort()).toEqual(['block1', 'embedding', 'logits']);
    expect(await readdir(join(workFolder, 'cnn14-16k'))).toContain('model.onnx');
  });

  it('says what is missing', async () => {
    const caseRequest = request([]);
    const { manifest: _, ...fixture } = caseRequest.fixture;
    const without = openRecipeSession({ ...caseRequest, fixture }, { architecture, kinds: [] });
    await expect(without).rejects.toMatchObject({ code: 'no-manifest' });
    const manifest = { ...caseRequest.fixture.manifest!, tensors: tensors.filter(({ name }) => name !== 'fc1.bias') };
    const damaged = openRecipeSession(
      { ...caseRequest, fixture: { ...fixture, manifest } },
      { architecture, kinds: [] },
    );
    await expect(damaged).rejects.toThrow('fc1.bias');
  });
});

describe('runLogMelNetwork', () => {
  const files = ['a_1.5s.embedding.npy', 'a_1.5s.block1.npy', 'b.embedding.npy', 'b.block1.npy', 'b.scene.npy'];

  it('gives every known output of every input whole, and leaves unknown kinds out', async () => {
    const found = await outputsOf(request(files));
    expect(Object.keys(found)).toEqual(files.slice(0, 4));
    expect(found['a_1.5s.block1.npy']?.dims).toEqual([1, 2, 16, 32]);
    expect(found['b.embedding.npy']?.dims).toEqual([1, 5]);
    const sumOf = (file: string): number => found[file]!.data.reduce((sum, value) => sum + value, 0);
    expect(sumOf('b.embedding.npy')).not.toBe(sumOf('a_1.5s.embedding.npy'));
  });

  it('computes about the same in float16, but not quite', async () => {
    const [exact, half] = [await outputsOf(request(files)), await outputsOf(request(files, 'f16'))];
    const [a, b] = [exact['b.embedding.npy']!.data, half['b.embedding.npy']!.data];
    const largest = Math.max(...a.map(Math.abs));
    const difference = Math.max(...a.map((value, index) => Math.abs(value - b[index]!)));
    expect(difference).toBeLessThan(0.02 * largest);
    expect(difference).toBeGreaterThan(0);
  });
});

describe('groupByInput', () => {
  it('gives each file to the longest name that it begins with', () => {
    const groups = groupByInput(
      [sound('tone', 1), sound('tone.2', 1), sound('other', 1)],
      [...['tone.2.embedding.npy', 'tone.embedding.npy', 'stray.npy'].map(output)],
    );
    expect(groups.map(({ input, outputs }) => [input.id, outputs.map(({ kind }) => kind)])).toEqual([
      ['tone', ['embedding']],
      ['tone.2', ['embedding']],
    ]);
  });
});
