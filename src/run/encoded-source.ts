import { join } from 'node:path';
import type { Features } from '../core/features.js';
import { failed, mapOutcome, type Outcome, skipped } from '../core/outcome.js';
import type { GenerationRecord } from '../core/record.js';
import type { Waveform } from '../core/waveform.js';
import type { Encoder } from '../encoders/encoder.js';
import { decodeAudio } from '../media/decode-audio.js';
import type { ClipSource } from './clip-sources.js';
import { type EmbeddingTask, generationKey } from './plan.js';
import { type PreparedAudio, prepareAudio } from './prepare-audio.js';
import type { RunContext } from './run-context.js';

/** One sound or video that several encoders read: opened at most once, and not at all when the cache has everything. */
export interface EncodedSource {
  encode(encoder: Encoder): Promise<Outcome<Features>>;
}

export function openEncodedSource(
  context: RunContext,
  task: EmbeddingTask,
  generations: ReadonlyMap<string, GenerationRecord>,
): EncodedSource {
  const clip = context.sources.get(task.clipId)!;
  if (task.source.kind === 'video') return videoSource(context, clip);
  if (task.source.kind === 'caption') return captionSource(context, clip);
  if (task.source.kind === 'reference') {
    return soundSource(context, () => clip.referenceHash(), {
      clip,
      decode: () => clip.reference(),
      leadingSilenceSeconds: 0,
    });
  }
  const { systemId, seed } = task.source;
  const wanted = generationKey({ systemId, seed, clipId: task.clipId });
  const record = generations.get(wanted);
  return record === undefined ? unavailable(wanted) : generationSource(context, clip, record);
}

function videoSource(context: RunContext, clip: ClipSource): EncodedSource {
  return {
    encode: async (encoder) => {
      const frames = await context.features.framesOf(clip);
      return frames.status === 'ok' ? context.features.ofFrames(frames.value, encoder.id) : frames;
    },
  };
}

function generationSource(context: RunContext, clip: ClipSource, { outcome }: GenerationRecord): EncodedSource {
  if (outcome.status !== 'ok') return { encode: async () => outcome };
  const path = join(context.folder, outcome.value.path);
  const late = outcome.value.startSeconds ?? 0;
  return soundSource(context, () => clip.windowHash(outcome.value.sha256, 0), {
    clip,
    leadingSilenceSeconds: late,
    decode: async () => {
      const duration = await clip.durationSeconds();
      if (duration.status !== 'ok') return duration;
      const range = { startSeconds: 0, durationSeconds: Math.max(0, duration.value - late) };
      return mapOutcome(await decodeAudio(path, range), (sound) => delayed(sound, late));
    },
  });
}

/** Puts silence in front, so that sample 0 is the video's start. */
function delayed({ sampleRateHz, channels }: Waveform, seconds: number): Waveform {
  const lead = Math.round(seconds * sampleRateHz);
  const shift = (samples: Float32Array): Float32Array => {
    const out = new Float32Array(lead + samples.length);
    out.set(samples, lead);
    return out;
  };
  return { sampleRateHz, channels: lead === 0 ? channels : channels.map(shift) };
}

interface SoundOpening {
  /** Whose pictures a pair encoder holds the sound against. */
  readonly clip: ClipSource;
  readonly decode: () => Promise<Outcome<Waveform>>;
  readonly leadingSilenceSeconds: number;
}

/** Decoded once for all encoders, and prepared once for those that read prepared sound. */
function soundSource(
  context: RunContext,
  inputHash: () => Promise<string>,
  { clip, decode, leadingSilenceSeconds }: SoundOpening,
): EncodedSource {
  let decoded: Promise<Outcome<Waveform>> | undefined;
  let sound: Promise<Outcome<PreparedAudio>> | undefined;
  const decodedOnce = (): Promise<Outcome<Waveform>> => {
    decoded ??= decode();
    return decoded;
  };
  const preparedOnce = (): Promise<Outcome<PreparedAudio>> => {
    sound ??= decodedOnce().then((waveform) => prepared(context, waveform, leadingSilenceSeconds));
    return sound;
  };
  return {
    encode: async (encoder) => {
      if (encoder.modality === 'audio' || encoder.modality === 'stereo')
        return context.features.ofSound(await inputHash(), encoder, preparedOnce);
      if (encoder.modality === 'signal') return context.features.ofSignal(await inputHash(), encoder, decodedOnce);
      if (encoder.modality === 'pair')
        return context.features.ofPair(await inputHash(), encoder, { sound: preparedOnce, clip });
      return failed('wrong-modality', `encoder ${encoder.id} does not read sound`);
    },
  };
}

function captionSource(context: RunContext, { clip }: ClipSource): EncodedSource {
  return {
    encode: async (encoder) => {
      if (encoder.modality !== 'text') return failed('wrong-modality', `encoder ${encoder.id} does not read text`);
      if (clip.caption === undefined) return skipped('the suite has no caption for this clip');
      return context.features.ofText(clip.caption, encoder);
    },
  };
}

function prepared(
  { protocol }: RunContext,
  sound: Outcome<Waveform>,
  leadingSilenceSeconds: number,
): Outcome<PreparedAudio> {
  return sound.status === 'ok' ? prepareAudio(sound.value, { protocol, leadingSilenceSeconds }) : sound;
}

function unavailable(key: string): EncodedSource {
  return { encode: async () => failed('no-generation', `${key} was not generated`) };
}
