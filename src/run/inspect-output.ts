import { failed, type Outcome, ok } from '../core/outcome.js';
import { durationSecondsOf, lengthOf } from '../core/waveform.js';
import { firstNonFinite } from '../dsp/mono.js';
import { decodeAudio } from '../media/decode-audio.js';
import { type MediaInfo, probeMedia } from '../media/probe.js';
import { nameOf } from './failure-about.js';

export interface InspectedOutput {
  readonly sampleRateHz: number;
  /** Start and end of the music on the video's clock. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly flags: readonly string[];
}

/**
 * Decodes a ready-made output once, so that a broken file is refused by name before anything is computed from it. Remarks
 * that do not stop scoring (late start, cut end) become flags. Throws `BenchError` for files that are not sound at all.
 */
export async function inspectOutput(path: string, clipSeconds: number): Promise<Outcome<InspectedOutput>> {
  const info = await probeMedia(path);
  if (info.audio === undefined) return failed('no-audio-stream', `${nameOf(path)}: has no sound`);
  const decoded = await decodeAudio(path, {
    startSeconds: 0,
    durationSeconds: Math.max(clipSeconds, info.durationSeconds),
  });
  if (decoded.status !== 'ok') return decoded;
  if (lengthOf(decoded.value) === 0) return failed('no-samples', `${nameOf(path)}: has a sound stream without samples`);
  const broken = firstNonFinite(decoded.value);
  if (broken !== undefined) {
    return failed(
      'non-finite-samples',
      `${nameOf(path)}: sample ${broken.sample} of channel ${broken.channel} is not a finite number`,
    );
  }
  const startSeconds = lateStartOf(info);
  return ok({
    sampleRateHz: decoded.value.sampleRateHz,
    startSeconds,
    durationSeconds: startSeconds + durationSecondsOf(decoded.value),
    flags: [
      ...(decoded.warnings ?? []),
      ...(startSeconds > 0 ? [`starts ${startSeconds.toFixed(1)} s late: scored on the common part`] : []),
    ],
  });
}

/** Below this, a start time is the codec's delay, which the decoder has already taken away. */
const codecDelaySeconds = 0.1;

/** Sound alone carries its start on its container's clock; with pictures, the decoder has padded it already. */
function lateStartOf({ audio, video }: MediaInfo): number {
  const start = audio?.startSeconds ?? 0;
  return video === undefined && start > codecDelaySeconds ? start : 0;
}
