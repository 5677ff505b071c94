import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasonOf } from '../../../src/core/outcome.js';
import { streamKey, uniformAt } from '../../../src/core/uniform-stream.js';
import { type Codes, emptyCodes } from '../../../src/generate/vidmuse/delay-pattern.js';
import { readVidmuseModels } from '../../../src/generate/vidmuse/imported-networks.js';
import { openWindowDecoder } from '../../../src/generate/vidmuse/loop-decoder.js';
import {
  createResidentDecoder,
  openResidentDecoder,
  type ResidentNetworks,
} from '../../../src/generate/vidmuse/resident-decoder.js';
import type { SamplingOptions } from '../../../src/generate/vidmuse/sampling.js';
import {
  createTokenDecoder,
  type DecodeOptions,
  type TokenDecoder,
  type WindowTask,
} from '../../../src/generate/vidmuse/token-decoder.js';
import type { VidmuseDimensions } from '../../../src/models/architectures/vidmuse/dimensions.js';
import { decoderGraphs } from '../../../src/models/architectures/vidmuse/music-decoder.js';
import {
  type ImportedModel,
  openImportedModel,
  openInPlaceCompanion,
  openResidentCompanion,
} from '../../../src/models/import/imported-model.js';
import { probeProvider } from '../../../src/models/provider-probe.js';
import type { ResidentSession, TensorData } from '../../../src/models/session.js';
import { importUntrainedVidmuse } from '../../../src/models/untrained/vidmuse.js';

const webgpu = await probeProvider('webgpu');
const greedy: SamplingOptions = { temperature: 0, topK: 0, topP: 0 };
const drawn: SamplingOptions = { temperature: 1.2, topK: 20, topP: 0 };
const nothing = emptyCodes(4, 0);
const prompt: Codes = {
  codebooks: 4,
  length: 6,
  data: Int32Array.from({ length: 24 }, (_, index) => (index * 7) % 64),
};

let folder: string;
let model: ImportedModel;
let dimensions: VidmuseDimensions;
let nullMemory: TensorData;
let step: TokenDecoder;
const opened: AsyncDisposable[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-resident-'));
  model = (await readVidmuseModels(await importUntrainedVidmuse({ folder }))).decoder;
  dimensions = model.card.dimensions as unknown as VidmuseDimensions;
  nullMemory = memoryOf('null', 1);
  const decoder = await openImportedModel(model, { threads: 1 });
  const decoderMemory = await openImportedModel(model, { threads: 1, companion: decoderGraphs.memory });
  opened.push(decoder, decoderMemory);
  step = await createTokenDecoder({ dimensions, decoder, decoderMemory }, nullMemory);
});
afterAll(async () => {
  for (const session of opened) await session[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** [frames, tokens, width] between -1 and 1. */
function memoryOf(name: string, frames: number): TensorData {
  const { visual, decoder } = dimensions;
  const key = streamKey(name, 1);
  const data = Float32Array.from(
    { length: frames * visual.tokens * decoder.width },
    (_, index) => 2 * uniformAt(key, index) - 1,
  );
  return { data, dims: [frames, visual.tokens, decoder.width] };
}

/** Windows of clips that differ in what they see and draw. */
function tasksOf(clips: readonly number[], start: Codes): WindowTask[] {
  return clips.map((clip) => {
    const key = streamKey(`draws ${clip}`, 1);
    let draw = 0;
    return { memory: memoryOf(`clip ${clip}`, 3), prompt: start, uniform: () => uniformAt(key, draw++) };
  });
}

async function codesBy(
  decoder: TokenDecoder,
  { clips = [0], start = nothing, ...options }: { clips?: number[]; start?: Codes } & Partial<DecodeOptions>,
): Promise<number[][]> {
  const all = await decoder.decode(tasksOf(clips, start), { tokens: 24, guidance: 3, sampling: greedy, ...options });
  return all.map(({ data }) => [...data]);
}

/** Logits behind each column as the decoder came to them. */
async function logitsBy(decoder: TokenDecoder, options: Partial<DecodeOptions> = {}): Promise<Float32Array[]> {
  const columns: Float32Array[] = [];
  await codesBy(decoder, { clips: [0, 1], ...options, onLogits: (_, logits) => columns.push(logits.slice()) });
  return columns;
}

function largestDifference(one: readonly Float32Array[], other: readonly Float32Array[]): number {
  expect(one.map(({ length }) => length)).toEqual(other.map(({ length }) => length));
  return Math.max(...one.map((logits, at) => Math.max(...logits.map((v, place) => Math.abs(v - other[at]![place]!)))));
}

describe('windows over resident keys and values, on the CPU', () => {
  it.each([
    ['greedy', nothing, greedy],
    ['greedy behind a prompt', prompt, greedy],
    ['drawn', nothing, drawn],
    ['drawn by share behind a prompt', prompt, { ...drawn, topP: 0.7 }],
  ])('get the codes of the step and of the window in one graph: %s', async (_, start, sampling) => {
    await using resident = await openResidentDecoder(model, { threads: 1, nullMemory });
    await using window = await openWindowDecoder(model, { dimensions, nullMemory });
    const options = { clips: [0, 1, 2], start, sampling };
    const codes = await codesBy(resident, options);
    expect(codes).toEqual(await codesBy(step, options));
    expect(codes).toEqual(await codesBy(window, options));
    expect(new Set(codes.map((one) => one.join())).size).toBe(3);
  });

  it('get the same codes side by side as alone, one window after the other', async () => {
    await using resident = await openResidentDecoder(model, { threads: 1, nullMemory });
    const together = await codesBy(resident, { clips: [0, 1, 2], start: prompt, sampling: drawn });
    for (const clip of [2, 0, 1])
      expect(await codesBy(resident, { clips: [clip], start: prompt, sampling: drawn })).toEqual([together[clip]]);
  });

  it('come to the logits of the step within 1e-4', async () => {
    await using resident = await openResidentDecoder(model, { threads: 1, nullMemory });
    expect(largestDifference(await logitsBy(resident), await logitsBy(step))).toBeLessThan(1e-4);
  });
});

it('is refused on CUDA, which keeps nothing on the device', async () => {
  const opening = openResidentDecoder(model, { provider: 'cuda', nullMemory });
  await expect(opening).rejects.toMatchObject({ code: 'nothing-resident-on-provider' });
});

it('asks for another import where the model was imported before these graphs were there', async () => {
  const files = model.card.files.filter(({ name }) => !name.startsWith('resident-'));
  expect(files).toHaveLength(model.card.files.length - 3);
  const opening = openResidentDecoder({ ...model, card: { ...model.card, files } }, { nullMemory });
  await expect(opening).rejects.toMatchObject({ code: 'graph-not-imported' });
});

describe('memory that a window holds', () => {
  /** The networks, and how many arrays of theirs are not given back. */
  async function watched(): Promise<{ networks: ResidentNetworks; held: () => number }> {
    const options = { threads: 1 } as const;
    const memory = await openResidentCompanion(model, { ...options, companion: decoderGraphs.residentMemory });
    const places = await openResidentCompanion(model, { ...options, companion: decoderGraphs.residentPlaces });
    const inPlace = await openInPlaceCompanion(model, { ...options, companion: decoderGraphs.residentStep });
    opened.push(memory, places, inPlace);
    const held = new Set<Disposable>();
    const watch = (session: ResidentSession): ResidentSession => ({
      ...session,
      run: async (feeds) => {
        const made = await session.run(feeds);
        for (const tensor of Object.values(made)) {
          const dispose = tensor[Symbol.dispose].bind(tensor);
          held.add(tensor);
          tensor[Symbol.dispose] = () => {
            dispose();
            held.delete(tensor);
          };
        }
        return made;
      },
    });
    const networks = { dimensions, step: inPlace, memory: watch(memory), places: watch(places) };
    return { networks, held: () => held.size };
  }

  it('is given back when the window is drawn, when it is stopped and when a step fails', async () => {
    const { networks, held } = await watched();
    const ofNull = 2 * dimensions.decoder.depth;
    {
      await using resident = await createResidentDecoder(networks, nullMemory);
      expect(held()).toBe(ofNull);
      const during: number[] = [];
      await codesBy(resident, { onStep: () => during.push(held()) });
      expect(during).toHaveLength(27);
      expect(new Set(during)).toEqual(new Set([3 * ofNull]));
      expect(held()).toBe(ofNull);
      const abort = new AbortController();
      let steps = 0;
      const onStep = (): void => {
        steps += 1;
        if (steps === 5) abort.abort(new Error('enough'));
      };
      await expect(codesBy(resident, { signal: abort.signal, onStep })).rejects.toThrow('enough');
      expect(steps).toBe(5);
      expect(held()).toBe(ofNull);
      await expect(codesBy(resident, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
      const broken: ResidentNetworks = {
        ...networks,
        step: { ...networks.step, run: () => networks.step.run({}, {}) },
      };
      await using failing = await createResidentDecoder(broken, nullMemory);
      await expect(codesBy(failing, {})).rejects.toThrow(/missing in 'feeds'/);
      expect(held()).toBe(2 * ofNull);
    }
    expect(held()).toBe(0);
  });
});

if (webgpu.status === 'ok')
  describe('windows over resident keys and values, with WebGPU', { timeout: 240_000 }, () => {
    it('get the codes of the CPU, from logits within 1e-3', async () => {
      await using resident = await openResidentDecoder(model, { provider: 'webgpu', nullMemory });
      for (const options of [
        { clips: [0, 1], start: prompt, tokens: 12, sampling: greedy },
        { clips: [1], tokens: 8, sampling: drawn },
      ])
        expect(await codesBy(resident, options)).toEqual(await codesBy(step, options));
      const tokens = { tokens: 6 };
      expect(largestDifference(await logitsBy(resident, tokens), await logitsBy(step, tokens))).toBeLessThan(1e-3);
    });

    it('are stopped where asked, and the next window is right', async () => {
      await using resident = await openResidentDecoder(model, { provider: 'webgpu', nullMemory });
      const abort = new AbortController();
      const stopped = codesBy(resident, { signal: abort.signal, onStep: () => abort.abort(new Error('enough')) });
      await expect(stopped).rejects.toThrow('enough');
      expect(await codesBy(resident, { tokens: 5 })).toEqual(await codesBy(step, { tokens: 5 }));
    });
  });
else
  describe('windows over resident keys and values, with WebGPU', () => {
    it(`are not drawn here: ${reasonOf(webgpu).split('\n')[0]}`, async () => {
      const opening = openResidentDecoder(model, { provider: 'webgpu', nullMemory });
      await expect(opening).rejects.toMatchObject({ code: 'provider-not-available' });
    });
  });
