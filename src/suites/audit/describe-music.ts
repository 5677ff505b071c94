import type { Clip } from '../../core/clip.js';
import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { lengthOf, type Waveform } from '../../core/waveform.js';
import { findLandmarks, type Landmarks, landmarkRateHz } from '../../dsp/landmarks.js';
import { integratedLoudness } from '../../dsp/loudness.js';
import { toMono } from '../../dsp/mono.js';
import { createResampler } from '../../dsp/resample.js';
import { truePeakDb } from '../../dsp/true-peak.js';
import { decodeAudio } from '../../media/decode-audio.js';
import { type MediaInfo, probeMedia } from '../../media/probe.js';

/** The music of a clip as an audit sees it. */
export interface MusicDescription {
  readonly clipId: string;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly codec: string;
  readonly durationSeconds: number;
  readonly loudnessLufs: Outcome<number>;
  readonly truePeakDb: Outcome<number>;
}

export interface DescribedMusic {
  readonly description: MusicDescription;
  readonly landmarks: Landmarks;
}

/** Decodes a clip's reference and measures it. Skipped: no reference. Failed: it does not decode. */
export async function describeMusic(clip: Clip, signal?: AbortSignal): Promise<Outcome<DescribedMusic>> {
  const path = clip.referencePath ?? clip.videoPath;
  if (path === undefined) return skipped(clip.missing ?? 'the clip is not there');
  if (clip.referenceMissing !== undefined) return skipped(clip.referenceMissing);
  const decoded = await decodeAudio(path, {
    startSeconds: clip.startSeconds,
    ...(clip.durationSeconds === undefined ? {} : { durationSeconds: clip.durationSeconds }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (decoded.status !== 'ok') return decoded;
  return ok(describe(clip.id, decoded.value, await probeMedia(path)));
}

function describe(clipId: string, waveform: Waveform, { audio }: MediaInfo): DescribedMusic {
  const { sampleRateHz, channels } = waveform;
  const resampler = createResampler({ fromHz: sampleRateHz, toHz: landmarkRateHz, kind: 'torchaudioHann' });
  return {
    description: {
      clipId,
      sampleRateHz,
      channels: channels.length,
      codec: audio?.codec ?? 'unknown',
      durationSeconds: lengthOf(waveform) / sampleRateHz,
      loudnessLufs: integratedLoudness(waveform),
      truePeakDb: truePeakDb(waveform),
    },
    landmarks: findLandmarks(resampler.process(toMono(waveform))),
  };
}
