import type { Features } from '../core/features.js';
import type { VideoFrames } from '../core/frames.js';
import type { Outcome } from '../core/outcome.js';
import type { EncoderFamily } from '../core/protocol.js';
import type { Waveform } from '../core/waveform.js';

interface EncoderDescription {
  readonly id: string;
  /** Raised by any change of the front end or of the computation that can move a number; part of every cache key. */
  readonly version: number;
  readonly summary: string;
  /** False: weights made by a recipe, whose figures mean nothing. Left out: there is nothing to train, or it is trained. */
  readonly trained?: boolean;
  /** SHA-256 of the weights file; left out where there is none. Part of every cache key. */
  readonly weightsSha256?: string;
  /** Everything else that shapes the output; part of every cache key. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly outputs: readonly { readonly name: string; readonly columns: number; readonly summary: string }[];
}

/** Turns sound into features. Gets mono at its own rate, loudness already matched where `loudnessMatched`. */
export interface AudioEncoder extends EncoderDescription {
  readonly modality: 'audio';
  readonly sampleRateHz: number;
  /** Networks that protocols prepare sound for in ways of their own; left out: the protocol's common way. */
  readonly family?: EncoderFamily;
  /** True: the caller brings the sound to the protocol's level first. */
  readonly loudnessMatched: boolean;
  /** Shorter sound is a skipped outcome that says so. */
  encode(mono: Float32Array, options?: { readonly signal?: AbortSignal }): Promise<Outcome<Features>>;
}

/** Turns sound into features that hears its channels apart: gets all of them, at its own rate, loudness matched as for `AudioEncoder`. */
export interface StereoEncoder extends EncoderDescription {
  readonly modality: 'stereo';
  readonly sampleRateHz: number;
  readonly family?: EncoderFamily;
  readonly loudnessMatched: boolean;
  encode(channels: readonly Float32Array[], options?: { readonly signal?: AbortSignal }): Promise<Outcome<Features>>;
}

/** Turns pictures into features. */
export interface VideoEncoder extends EncoderDescription {
  readonly modality: 'video';
  encode(frames: VideoFrames, options?: { readonly signal?: AbortSignal }): Promise<Outcome<Features>>;
}

/** Reads sound as it was decoded: all channels, its own rate, no preparation. For facts about the file itself. */
export interface SignalEncoder extends EncoderDescription {
  readonly modality: 'signal';
  encode(sound: Waveform, options?: { readonly signal?: AbortSignal }): Promise<Outcome<Features>>;
}

/** Turns a clip's caption into features. */
export interface TextEncoder extends EncoderDescription {
  readonly modality: 'text';
  encode(text: string, options?: { readonly signal?: AbortSignal }): Promise<Outcome<Features>>;
}

/** What two other encoders made of a sound and of its clip's pictures. */
export interface PairFeatures {
  readonly sound: Features;
  readonly pictures: Features;
}

/** Holds a sound against the pictures of its clip by a network over both: reads what an encoder of each has made. */
export interface PairEncoder extends EncoderDescription {
  readonly modality: 'pair';
  /** Ids of the two encoders: one of modality `audio`, one of modality `video`. */
  readonly reads: { readonly sound: string; readonly pictures: string };
  encode(features: PairFeatures, options?: { readonly signal?: AbortSignal }): Promise<Outcome<Features>>;
}

export type Encoder = AudioEncoder | StereoEncoder | VideoEncoder | SignalEncoder | TextEncoder | PairEncoder;
