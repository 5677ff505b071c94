import type { FeatureMatrix } from '../../core/features.js';
import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { pitchClasses } from '../../dsp/chroma-filterbank.js';
import type { PairedMetric } from '../metric.js';
import { commonFrames, frameOf, rotateFrames } from './aligned-frames.js';

const need = { encoder: 'chroma', output: 'chroma' };
/** The encoder scales the strongest pitch class of a frame to 1, unless there is next to nothing. */
const leastStrength = 0.999;

/** Whether the music has the harmony of the reference at the same time. */
export const chromaCosine: PairedMetric = {
  id: 'chroma-cosine',
  version: 1,
  level: 'paired',
  title: 'Chroma cosine',
  summary: 'Mean over frames of 128 ms of the cosine between the twelve pitch classes of music and reference.',
  aliases: ['chroma similarity'],
  direction: 'higher',
  range: '0 to 1',
  citation: 'Own definition on the chromagram of audiocraft (audiocraft/modules/chroma.py), without argmax',
  knownFailure:
    'All values are positive, so unrelated music comes to 0.5 to 0.8: read it against the chance lines. Another key or a shift of half a second costs as much as other music.',
  need,
  against: 'reference',
  targetNeed: need,
  compare(audio, target): Outcome<number> {
    const frames = commonFrames({ music: audio, reference: target }, pitchClasses);
    if (frames.status !== 'ok') return frames;
    let sum = 0;
    let heard = 0;
    for (let frame = 0; frame < frames.value; frame++) {
      const [music, reference] = [heardFrame(audio, frame), heardFrame(target, frame)];
      if (music === undefined && reference === undefined) continue;
      heard += 1;
      // Sound beside silence has nothing in common.
      if (music !== undefined && reference !== undefined) sum += cosine(music, reference);
    }
    return heard === 0 ? skipped('music and reference are silent in all frames') : ok(Math.min(1, sum / heard));
  },
  rotate: rotateFrames,
};

function heardFrame(chroma: FeatureMatrix, frame: number): Float32Array | undefined {
  const strengths = frameOf(chroma, frame);
  return Math.max(...strengths) < leastStrength ? undefined : strengths;
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = a.reduce((sum, value, pitch) => sum + value * b[pitch]!, 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}
