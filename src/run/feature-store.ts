import type { Features } from '../core/features.js';
import type { VideoFrames } from '../core/frames.js';
import { hashOf } from '../core/hash.js';
import { failed, type Outcome, ok } from '../core/outcome.js';
import { type Protocol, soundStepsFor } from '../core/protocol.js';
import type { Waveform } from '../core/waveform.js';
import type {
  AudioEncoder,
  Encoder,
  PairEncoder,
  SignalEncoder,
  StereoEncoder,
  TextEncoder,
} from '../encoders/encoder.js';
import type { FeatureCache } from '../store/feature-cache.js';
import type { ClipSource } from './clip-sources.js';
import { createFrameMemory } from './frame-memory.js';
import { type PreparedAudio, preparationVersion } from './prepare-audio.js';

/** Features through the cache: what is there is read, what is not is computed and kept. */
export interface FeatureStore {
  /** Of what the encoder makes of an input; for text, `inputHash` is that of `textHash`. */
  keyOf(inputHash: string, encoder: Encoder): string;
  has(key: string): Promise<boolean>;
  /** Reads only; undefined when it is not in the cache. */
  read(key: string): Promise<Outcome<Features> | undefined>;
  ofSound(
    inputHash: string,
    encoder: AudioEncoder | StereoEncoder,
    sound: () => Promise<Outcome<PreparedAudio>>,
  ): Promise<Outcome<Features>>;
  ofSignal(
    inputHash: string,
    encoder: SignalEncoder,
    sound: () => Promise<Outcome<Waveform>>,
  ): Promise<Outcome<Features>>;
  ofText(text: string, encoder: TextEncoder): Promise<Outcome<Features>>;
  /** Of a sound and its clip's pictures, both through the cache as well. */
  ofPair(
    inputHash: string,
    encoder: PairEncoder,
    media: { readonly sound: () => Promise<Outcome<PreparedAudio>>; readonly clip: ClipSource },
  ): Promise<Outcome<Features>>;
  /** The input part of a pair encoder's cache key from those of its sound and its pictures. */
  pairHash(hashes: { readonly sound: string; readonly pictures: string }, encoder: PairEncoder): string;
  /** Opens a clip's frames and remembers their identity, so that `ofFrames` can cache what is computed from them. */
  framesOf(source: ClipSource): Promise<Outcome<VideoFrames>>;
  ofFrames(frames: VideoFrames, encoderId: string): Promise<Outcome<Features>>;
  encoder(id: string): Encoder;
}

/** A half-minute video at 30 frames a second at the size that motion is measured at, or a few short ones. */
const frameMemoryBytes = 48e6;

export function createFeatureStore(options: {
  readonly cache: FeatureCache;
  readonly protocol: Protocol;
  readonly encoderById: (id: string) => Encoder;
  readonly signal?: AbortSignal;
}): FeatureStore {
  const { cache, protocol, encoderById } = options;
  const signalOption = options.signal === undefined ? {} : { signal: options.signal };
  const hashOfFrames = new WeakMap<VideoFrames, string>();
  const memory = createFrameMemory(frameMemoryBytes);
  // Two systems may ask for the same features at the same time: compute once.
  const inFlight = new Map<string, Promise<Outcome<Features>>>();

  const through = (key: string, compute: () => Promise<Outcome<Features>>): Promise<Outcome<Features>> => {
    const running = inFlight.get(key);
    if (running !== undefined) return running;
    const work = computeThroughCache(cache, key, compute).finally(() => inFlight.delete(key));
    inFlight.set(key, work);
    return work;
  };
  const keyOf = (inputHash: string, encoder: Encoder): string =>
    keyOfFeatures(inputHash, encoder, readsPreparedSound(encoder) ? preparationKey(protocol, encoder) : {});
  const pairHash: FeatureStore['pairHash'] = ({ sound, pictures }, { reads }) =>
    hashOf({
      sound: keyOf(sound, encoderById(reads.sound)),
      pictures: keyOf(pictures, encoderById(reads.pictures)),
    });
  const store: FeatureStore = {
    keyOf,
    pairHash,
    has: (key) => cache.has(key),
    read: (key) => cache.get(key),
    encoder: encoderById,
    ofSound: (inputHash, encoder, sound) =>
      through(keyOf(inputHash, encoder), async () => {
        const prepared = await sound();
        if (prepared.status !== 'ok') return prepared;
        return encoder.modality === 'stereo'
          ? encoder.encode(prepared.value.channelsFor(encoder), signalOption)
          : encoder.encode(prepared.value.forEncoder(encoder), signalOption);
      }),
    ofSignal: (inputHash, encoder, sound) =>
      through(keyOf(inputHash, encoder), async () => {
        const decoded = await sound();
        return decoded.status === 'ok' ? encoder.encode(decoded.value, signalOption) : decoded;
      }),
    ofText: (text, encoder) => through(keyOf(textHash(text), encoder), () => encoder.encode(text, signalOption)),
    ofPair: async (inputHash, encoder, media) => {
      const hash = pairHash({ sound: inputHash, pictures: await media.clip.framesHash() }, encoder);
      return through(keyOf(hash, encoder), () => encodePair(encoder, { ...media, inputHash, store, signalOption }));
    },
    framesOf: async (source) => {
      const frames = await source.frames();
      if (frames.status !== 'ok') return frames;
      const hash = await source.framesHash();
      const remembered = memory.remembering(frames.value, hash);
      hashOfFrames.set(remembered, hash);
      return { ...frames, value: remembered };
    },
    ofFrames: async (frames, encoderId) => {
      const encoder = encoderById(encoderId);
      if (encoder.modality !== 'video') return failed('wrong-modality', `encoder ${encoderId} does not read pictures`);
      const inputHash = hashOfFrames.get(frames);
      // Frames that did not come from here have no known content: computed, not cached.
      if (inputHash === undefined) return encoder.encode(frames, signalOption);
      return through(keyOf(inputHash, encoder), () => encoder.encode(frames, signalOption));
    },
  };
  return store;
}

interface PairMedia {
  readonly inputHash: string;
  readonly sound: () => Promise<Outcome<PreparedAudio>>;
  readonly clip: ClipSource;
  readonly store: FeatureStore;
  readonly signalOption: { readonly signal?: AbortSignal };
}

/** Sound first: it is the cheaper of the two, and may be what is missing. Remarks on either stay with the result. */
async function encodePair(encoder: PairEncoder, media: PairMedia): Promise<Outcome<Features>> {
  const { store, inputHash, clip, signalOption } = media;
  const soundEncoder = store.encoder(encoder.reads.sound);
  if (soundEncoder.modality !== 'audio')
    return failed('wrong-modality', `encoder ${soundEncoder.id} does not read prepared sound`);
  const sound = await store.ofSound(inputHash, soundEncoder, media.sound);
  if (sound.status !== 'ok') return sound;
  const frames = await store.framesOf(clip);
  const pictures = frames.status === 'ok' ? await store.ofFrames(frames.value, encoder.reads.pictures) : frames;
  if (pictures.status !== 'ok') return pictures;
  const outcome = await encoder.encode({ sound: sound.value, pictures: pictures.value }, signalOption);
  const remarks = [sound, pictures, outcome].flatMap((one) => (one.status === 'ok' ? (one.warnings ?? []) : []));
  return outcome.status === 'ok' ? ok(outcome.value, remarks) : outcome;
}

/** The input part of the cache key of what is computed from a text. */
export function textHash(text: string): string {
  return hashOf({ text });
}

function readsPreparedSound(encoder: Encoder): encoder is AudioEncoder | StereoEncoder {
  return encoder.modality === 'audio' || encoder.modality === 'stereo';
}

/** What the preparation of sound does, as far as it reaches this encoder. */
function preparationKey(protocol: Protocol, encoder: AudioEncoder | StereoEncoder): object {
  // Steps that do not reach the encoder are not in its key: its features are shared between protocols that differ in nothing else.
  return { preparation: preparationVersion, steps: soundStepsFor(protocol, encoder) };
}

function keyOfFeatures(inputHash: string, encoder: Encoder, preparation: object): string {
  const { id, version, parameters, weightsSha256 } = encoder;
  return hashOf({ inputHash, encoder: { id, version, parameters, weightsSha256 }, preparation });
}

async function computeThroughCache(
  cache: FeatureCache,
  key: string,
  compute: () => Promise<Outcome<Features>>,
): Promise<Outcome<Features>> {
  const known = await cache.get(key);
  if (known !== undefined) return known;
  const outcome = await compute();
  if (outcome.status !== 'failed') await cache.put(key, outcome);
  return outcome;
}
