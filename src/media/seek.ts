import type { MediaInfo } from './probe.js';

export interface Seek {
  /** What `-ss` takes: ffmpeg counts from the container's start. */
  readonly argumentSeconds: number;
  /** Where that lies on the container's clock. */
  readonly landsAtSeconds: number;
}

/** Decoded before the wanted time and dropped: codecs need a run-up, and the picture shown at that time may start before it. */
const leadSeconds = 2;
/** A start this near is reached by decoding from the beginning. */
const nearSeconds = 10;

/**
 * Whether to jump ahead to `wantedSeconds` (container's clock). Only in containers whose index has exact time stamps:
 * in an MP3 or a transport stream ffmpeg would guess the position from the bit rate.
 */
export function planSeek(info: MediaInfo, wantedSeconds: number): Seek | undefined {
  const indexed = /\b(mp4|matroska)\b/.test(info.container);
  const argumentSeconds = wantedSeconds - leadSeconds - info.containerStartSeconds;
  if (!indexed || argumentSeconds < nearSeconds) return undefined;
  return { argumentSeconds, landsAtSeconds: wantedSeconds - leadSeconds };
}
