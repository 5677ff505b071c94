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
  title: 'Chroma cosine (centred)',
  summary:
    'Mean over frames of 128 ms of the cosine between the twelve pitch classes of music and reference, less their mean.',
  aliases: ['chroma similarity'],
  direction: 'higher',
  range: '-1 to 1',
  citation:
    'Own definition on the chromagram of audiocraft (audiocraft/modules/chroma.py), without argmax and less the mean of the pitch classes, so that noise scores 0',
  knownFailure:
    'Unrelated music in a related key is above 0: read it against the chance lines. Another key or a shift of half a second costs as much as other music.',
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
    if (heard === 0) return skipped('music and reference are silent in all frames');
    return ok(Math.min(1, Math.max(-1, sum / heard)));
  },
  rotate: rotateFrames,
};

/** The strengths less their mean: without this, noise is nearer to all music than other music is. */
function heardFrame(chroma: FeatureMatrix, frame: number): Float64Array | undefined {
  const strengths = Float64Array.from(frameOf(chroma, frame));
  if (Math.max(...strengths) < leastStrength) return undefined;
  const mean = strengths.reduce((sum, value) => sum + value, 0) / pitchClasses;
  return strengths.map((value) => value - mean);
}

/** 0 where all pitch classes are equally strong, which has no direction. */
function cosine(a: Float64Array, b: Float64Array): number {
  const dot = a.reduce((sum, value, pitch) => sum + value * b[pitch]!, 0);
  const lengths = Math.hypot(...a) * Math.hypot(...b);
  return lengths === 0 ? 0 : dot / lengths;
}
