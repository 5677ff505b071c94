import { join } from 'node:path';
import type { Features } from '../core/features.js';
import { failed, type Outcome } from '../core/outcome.js';
import type { GenerationRecord } from '../core/record.js';
import type { Waveform } from '../core/waveform.js';
import type { Encoder } from '../encoders/encoder.js';
import { decodeAudio } from '../media/decode-audio.js';
import { probeMedia } from '../media/probe.js';
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
  if (task.source.kind === 'reference') {
    return soundSource(
      context,
      () => clip.referenceHash(),
      async () => prepared(context, await clip.reference(), 0),
    );
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
  return soundSource(
    context,
    () => clip.windowHash(outcome.value.sha256, 0),
    async () => {
      const duration = await clip.durationSeconds();
      if (duration.status !== 'ok') return duration;
      const decoded = await decodeAudio(path, { startSeconds: 0, durationSeconds: duration.value });
      return prepared(context, decoded, (await probeMedia(path)).audio?.startSeconds ?? 0);
    },
  );
}

function soundSource(
  context: RunContext,
  inputHash: () => Promise<string>,
  open: () => Promise<Outcome<PreparedAudio>>,
): EncodedSource {
  let sound: Promise<Outcome<PreparedAudio>> | undefined;
  return {
    encode: async (encoder) => {
      if (encoder.modality !== 'audio') return failed('wrong-modality', `encoder ${encoder.id} does not read sound`);
      return context.features.ofSound(await inputHash(), encoder, () => {
        sound ??= open();
        return sound;
      });
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
