import type { VideoFrames } from '../../core/frames.js';
import { failed, type Outcome, ok } from '../../core/outcome.js';
import { seededRng } from '../../core/rng.js';
import type { Turns } from '../../core/turns.js';
import type { Waveform } from '../../core/waveform.js';
import type { TensorData } from '../../models/session.js';
import { type Compat, sampleRateHz, tokensPerSecond } from './compat.js';
import { decodedTrack } from './decode-codes.js';
import { type Codes, emptyCodes, joinCodes, sliceCodes } from './delay-pattern.js';
import { type FrameMemories, openFrameMemories } from './frame-memories.js';
import { type LoudnessMode, upstreamLoudness } from './loudness.js';
import type { VidmuseNetworks } from './networks.js';
import { planWindows } from './window-plan.js';
import type { WindowQueue } from './window-queue.js';

export interface TrackSettings {
  readonly compat: Compat;
  readonly antialias: boolean;
  readonly loudness: LoudnessMode;
  readonly framesAtATime: number;
}

export interface TrackRequest {
  readonly frames: VideoFrames;
  readonly durationSeconds: number;
  /** Of the clip; each window has draws of its own. */
  readonly seed: number;
  readonly settings: TrackSettings;
  readonly signal?: AbortSignal | undefined;
  /** Told the seconds of music that have been drawn. */
  readonly onSeconds?: ((seconds: number) => void) | undefined;
}

export interface Track {
  readonly waveform: Waveform;
  readonly codes: Codes;
  readonly windows: number;
}

/** What all tracks share. */
export interface TrackEngine {
  readonly networks: VidmuseNetworks;
  readonly queue: WindowQueue;
  /** For pictures: clip after clip, so that the first windows are ready early and the decoder need not wait for all. */
  readonly looking: Turns;
}

/** Raised by any change that can alter the sound. */
export const generationVersion = 1;

/**
 * Music for a whole video: window after window, each seen through its own frames and prompted with the end of the one before, then one decode of all
 * codes. Failed: upstream's way for a video of less than a second.
 */
export async function generateTrack(
  { networks, queue, looking }: TrackEngine,
  { frames, durationSeconds, seed, settings, signal, onSeconds }: TrackRequest,
): Promise<Outcome<Track>> {
  const { compat, loudness } = settings;
  if (compat === 'upstream' && durationSeconds < 1)
    return failed(
      'video-too-short',
      `upstream makes no music for less than a second, and this is ${durationSeconds} s`,
    );
  const windows = planWindows(durationSeconds, { compat });
  const place = queue.join();
  const held: { memories?: FrameMemories } = {};
  /** Opens the video with its first window, in one turn: in two, the first batch would wait until every clip at work is open. */
  const look = async (index: number): Promise<TensorData> => {
    held.memories ??= await openFrameMemories(networks, frames, { ...settings, durationSeconds, signal });
    const { firstFrame, frameCount } = windows[index]!;
    const keepFrom = Math.min(...windows.slice(index + 1).map((next) => next.firstFrame));
    return held.memories.window({ first: firstFrame, count: frameCount, keepFrom });
  };
  try {
    const parts: Codes[] = [];
    let last = emptyCodes(networks.dimensions.decoder.codebooks, 0);
    let done = 0;
    for (const [index, { promptTokens, tokens }] of windows.entries()) {
      signal?.throwIfAborted();
      const memory = await looking(() => look(index));
      const draws = seededRng('vidmuse', seed, index);
      last = await queue.decode({
        ...{ memory, tokens, signal, uniform: () => draws.next() },
        prompt: sliceCodes(last, last.length - promptTokens),
        onTokens: (drawn) => onSeconds?.((done + drawn) / tokensPerSecond),
      });
      done += tokens - promptTokens;
      parts.push(sliceCodes(last, promptTokens));
    }
    place.leave();
    const codes = joinCodes(parts);
    const sound = await decodedTrack(networks, codes, { signal });
    // Codes end on a fiftieth of a second, the video wherever it does.
    const whole = compat === 'upstream' ? sound : sound.subarray(0, Math.round(durationSeconds * sampleRateHz));
    const samples = loudness === 'upstream' ? upstreamLoudness(whole, sampleRateHz) : whole;
    return ok({ waveform: { sampleRateHz, channels: [samples] }, codes, windows: windows.length });
  } finally {
    place.leave();
    await held.memories?.[Symbol.asyncDispose]();
  }
}
