import type { ClipAnnotations } from '../core/clip.js';
import type { Waveform } from '../core/waveform.js';

/** The place of a script, for error messages. */
export interface ScriptPlace {
  readonly file: string;
  readonly line: number;
}

/** What a row of a made suite's clips.csv says, read and checked; nothing is rendered yet. */
export interface ClipScript {
  readonly id: string;
  readonly split: 'test' | 'pool';
  readonly durationSeconds: number;
  readonly annotations: ClipAnnotations;
  /** SHA-256 that `render` must reproduce: all frames' bytes in order, and the 16-bit sound. */
  readonly framesSha256: string;
  readonly pcmSha256: string;
  render(): RenderedClip;
}

export interface RenderedClip {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly framesPerSecond: number;
  /** RGB24, each an array of its own. */
  readonly frames: Iterable<Uint8Array>;
  /** Already on the 16-bit grid (multiples of 1/32768). */
  readonly music: Waveform;
  readonly pcmSha256: string;
}

/** Makes clips from scripts, the same bytes on every machine. */
export interface ClipMaker {
  readonly id: string;
  /** Raised whenever the same script would give other bytes; names the cache folder. */
  readonly version: number;
  /** Throws a BenchError that names file, line and column. */
  read(cells: Readonly<Record<string, string>>, place: ScriptPlace): ClipScript;
}
