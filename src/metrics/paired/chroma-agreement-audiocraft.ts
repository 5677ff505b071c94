import type { FeatureMatrix } from '../../core/features.js';
import { type Outcome, ok } from '../../core/outcome.js';
import { pitchClasses } from '../../dsp/chroma-filterbank.js';
import type { PairedMetric } from '../metric.js';
import { commonFrames, frameOf, rotateFrames } from './aligned-frames.js';

const need = { encoder: 'chroma', output: 'chroma' };

/** audiocraft's chroma cosine: of one-hot vectors, so the share of frames with one and the same strongest pitch class. */
export const chromaAgreementAudiocraft: PairedMetric = {
  id: 'chroma-agreement-audiocraft',
  version: 1,
  level: 'paired',
  title: 'Chroma agreement (audiocraft)',
  summary: 'Share of frames of 128 ms whose strongest pitch class is that of the reference.',
  aliases: ['chroma cosine similarity'],
  direction: 'higher',
  range: '0 to 1',
  citation: 'Copet et al. 2023 (MusicGen), arXiv:2306.05284; audiocraft/metrics/chroma_cosinesim.py with argmax',
  knownFailure:
    'Chance is 1/12 and more for music in one key. Silent frames count as C, so rests at the same time agree; octaves, chords and everything but one pitch are lost.',
  need,
  against: 'reference',
  targetNeed: need,
  compare(audio, target): Outcome<number> {
    const frames = commonFrames({ music: audio, reference: target }, pitchClasses);
    if (frames.status !== 'ok') return frames;
    let equal = 0;
    for (let frame = 0; frame < frames.value; frame++)
      if (strongestPitch(audio, frame) === strongestPitch(target, frame)) equal += 1;
    return ok(equal / frames.value);
  },
  rotate: rotateFrames,
};

/** The first of equally strong ones. */
function strongestPitch(chroma: FeatureMatrix, frame: number): number {
  const strengths = frameOf(chroma, frame);
  return strengths.indexOf(Math.max(...strengths));
}
