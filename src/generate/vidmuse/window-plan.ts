import { type Compat, localFramesPerSecond, officialWindows, tokensPerSecond, type WindowLengths } from './compat.js';

/** The codec reflects sound at its edges, which takes a few frames; what is too long is cut off behind it. */
const leastTokens = 8;

/** One window of music: which local frames it sees, how many tokens it begins with and how many it has in all. */
export interface MusicWindow {
  /** Place of its first local frame in the selection. */
  readonly firstFrame: number;
  readonly frameCount: number;
  /** Tokens taken over from the window before. */
  readonly promptTokens: number;
  /** The prompt included. */
  readonly tokens: number;
}

/**
 * The windows of a video, each prompted with what the one before ends with (VidMuse 1e9296e, audiocraft/models/vidmuse.py:364-407). `upstream`
 * takes whole seconds, and gives the last, shorter window the first of the last 30 s of frames, so that it sees frames 0.5 to 29 s too early
 * (vidmuse.py:391,401-402). `fixed` gives each window its own frames and makes music to the end.
 */
export function planWindows(
  durationSeconds: number,
  { compat, lengths = officialWindows }: { readonly compat: Compat; readonly lengths?: WindowLengths },
): readonly MusicWindow[] {
  const isUpstream = compat === 'upstream';
  const totalTokens = isUpstream
    ? Math.trunc(durationSeconds) * tokensPerSecond
    : Math.max(leastTokens, Math.ceil(durationSeconds * tokensPerSecond - 1e-6));
  const windowTokens = Math.round(lengths.windowSeconds * tokensPerSecond);
  const strideTokens = Math.round(lengths.strideSeconds * tokensPerSecond);
  const windowFrames = Math.round(lengths.windowSeconds * localFramesPerSecond);
  const frames = isUpstream
    ? Math.trunc(durationSeconds) * localFramesPerSecond
    : Math.ceil(durationSeconds * localFramesPerSecond - 1e-6);
  const windows: MusicWindow[] = [];
  for (let offset = 0, promptTokens = 0; offset + promptTokens < totalTokens; offset += strideTokens) {
    const tokens = Math.min(totalTokens - offset, windowTokens);
    const ownFirst = Math.round((offset * localFramesPerSecond) / tokensPerSecond);
    const slips = isUpstream && tokens < windowTokens && windows.length > 0;
    const frameCount = isUpstream
      ? Math.trunc((tokens * localFramesPerSecond) / tokensPerSecond)
      : Math.min(frames - ownFirst, Math.ceil((tokens * localFramesPerSecond) / tokensPerSecond));
    const firstFrame = slips ? Math.max(0, frames - windowFrames) : ownFirst;
    windows.push({ firstFrame, frameCount: Math.max(1, frameCount), promptTokens, tokens });
    promptTokens = windowTokens - strideTokens;
  }
  return windows;
}
