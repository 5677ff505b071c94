import { describe, expect, it } from 'vitest';
import type { Features } from '../../src/core/features.js';
import { failed, type Outcome, ok, skipped } from '../../src/core/outcome.js';
import type { Protocol } from '../../src/core/protocol.js';
import { bench1, protocolById } from '../../src/core/protocols/index.js';
import type { AudioEncoder, Encoder, PairEncoder, VideoEncoder } from '../../src/encoders/encoder.js';
import type { ClipSource } from '../../src/run/clip-sources.js';
import { createFeatureStore, type FeatureStore } from '../../src/run/feature-store.js';
import type { PreparedAudio } from '../../src/run/prepare-audio.js';
import { memoryFeatureCache } from '../../src/store/memory-feature-cache.js';
import { createMemoryFrames } from '../../src/testing/memory-frames.js';
import { okValue } from '../helpers/ok-value.js';
import { matrix } from '../helpers/scoring-world.js';

const basics = { version: 1, summary: '', parameters: {}, outputs: [] };

interface World {
  readonly store: FeatureStore;
  readonly pair: PairEncoder;
  /** Which encoder ran, in order. */
  readonly ran: string[];
}

/** A pair encoder that adds what one encoder heard and another saw. */
function world(options: { readonly heard?: Outcome<Features>; readonly protocol?: Protocol } = {}): World {
  const { heard = ok({ value: matrix([[1]]) }), protocol = bench1 } = options;
  const ran: string[] = [];
  const ears: AudioEncoder = {
    ...{
      ...basics,
      id: 'ears',
      modality: 'audio',
      sampleRateHz: 16_000,
      loudnessMatched: false,
      family: 'synchformer',
    },
    encode: async () => {
      ran.push('ears');
      return heard;
    },
  };
  const eyes: VideoEncoder = {
    ...{ ...basics, id: 'eyes', modality: 'video' },
    encode: async ({ durationSeconds }) => {
      ran.push('eyes');
      return ok({ value: matrix([[durationSeconds]]) });
    },
  };
  const pair: PairEncoder = {
    ...{ ...basics, id: 'both', modality: 'pair', reads: { sound: 'ears', pictures: 'eyes' } },
    encode: async ({ sound, pictures }) => {
      ran.push('both');
      return ok({ value: matrix([[sound.value!.data[0]! + pictures.value!.data[0]!]]) }, ['of the pair']);
    },
  };
  const encoders: readonly Encoder[] = [ears, eyes, pair];
  const store = createFeatureStore({
    ...{ cache: memoryFeatureCache(), protocol },
    encoderById: (id) => encoders.find((encoder) => encoder.id === id)!,
  });
  return { store, pair, ran };
}

const sound = async (): Promise<Outcome<PreparedAudio>> =>
  ok({ channelsFor: () => [], forEncoder: () => new Float32Array(4) });

function clip(name: string, { durationSeconds = 7, broken = false } = {}): ClipSource {
  const frames = createMemoryFrames({ durationSeconds, framesPerSecond: 5, paint: () => 0 });
  return {
    framesHash: async () => name,
    frames: async () => (broken ? failed('no-video', 'the file is broken') : ok(frames)),
  } as unknown as ClipSource;
}

describe('features of a pair', () => {
  it('are made of what both encoders made, with the remarks on all three', async () => {
    const { store, pair } = world({ heard: ok({ value: matrix([[1]]) }, ['of the sound']) });
    const outcome = await store.ofPair('a', pair, { sound, clip: clip('v') });
    expect([...okValue(outcome).value!.data]).toEqual([8]);
    expect(outcome).toMatchObject({ warnings: ['of the sound', 'of the pair'] });
  });

  it('see the pictures once, however many sounds are held against them, and come from the cache after that', async () => {
    const { store, pair, ran } = world();
    for (const hash of ['a', 'b', 'a', 'b']) await store.ofPair(hash, pair, { sound, clip: clip('v') });
    expect(ran).toEqual(['ears', 'eyes', 'both', 'ears', 'both']);
    await store.ofPair('a', pair, { sound, clip: clip('other', { durationSeconds: 2 }) });
    expect(ran.slice(5)).toEqual(['eyes', 'both']);
  });

  it('have a key for both inputs and for the way that the sound is prepared', () => {
    const key = ({ store, pair }: World, sound: string, pictures: string): string =>
      store.keyOf(store.pairHash({ sound, pictures }, pair), pair);
    const [own, other] = [world(), world({ protocol: protocolById('stable-audio-metrics') })];
    const keys = [key(own, 'a', 'v'), key(own, 'b', 'v'), key(own, 'a', 'w'), key(own, 'v', 'a'), key(other, 'a', 'v')];
    expect(new Set(keys).size).toBe(keys.length);
    // Without the level, av-benchmark prepares this sound as bench-1 does.
    for (const same of [world(), world({ protocol: protocolById('av-benchmark') })])
      expect(key(same, 'a', 'v')).toBe(keys[0]);
  });

  it('are missing with the reason of the side that is missing', async () => {
    const deaf = world({ heard: skipped('too short') });
    expect(await deaf.store.ofPair('a', deaf.pair, { sound, clip: clip('v') })).toEqual(skipped('too short'));
    expect(deaf.ran).toEqual(['ears']);
    const blind = world();
    expect(await blind.store.ofPair('a', blind.pair, { sound, clip: clip('v', { broken: true }) })).toEqual(
      failed('no-video', 'the file is broken'),
    );
  });
});
