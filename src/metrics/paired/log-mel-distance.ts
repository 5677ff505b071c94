import type { FeatureMatrix } from '../../core/features.js';
import { type Outcome, ok } from '../../core/outcome.js';
import type { PairedMetric } from '../metric.js';
import { commonFrames, frameOf, rotateFrames } from './aligned-frames.js';

const need = { encoder: 'log-mel', output: 'levels' };
const bands = 64;

/** How far the sound is from the reference, band by band and frame by frame. */
export const logMelDistance: PairedMetric = {
  id: 'log-mel-distance',
  version: 1,
  level: 'paired',
  title: 'Log-mel distance',
  summary:
    'Root of the mean squared difference in dB over 64 mel bands, averaged over frames of 50 ms; each sound relative to its own mean power.',
  aliases: ['log-spectral distance', 'LSD', 'mel distance'],
  direction: 'lower',
  range: '0 to infinity',
  unit: 'dB',
  citation: 'Form of Gray & Markel 1976 (IEEE ASSP-24:380), on mel bands; not the LSD of ssr_eval and audioldm_eval',
  knownFailure:
    'Compares waveforms in all but phase: music that fits as well but is not the reference is as far as any other. Silence against sound is bounded by the floor of -80 dB.',
  need,
  against: 'reference',
  targetNeed: need,
  compare(audio, target): Outcome<number> {
    const frames = commonFrames({ music: audio, reference: target }, bands);
    if (frames.status !== 'ok') return frames;
    let sum = 0;
    for (let frame = 0; frame < frames.value; frame++) sum += frameDistance(audio, target, frame);
    return ok(sum / frames.value);
  },
  rotate: rotateFrames,
};

function frameDistance(audio: FeatureMatrix, target: FeatureMatrix, frame: number): number {
  const reference = frameOf(target, frame);
  const squares = frameOf(audio, frame).reduce((sum, level, band) => sum + (level - reference[band]!) ** 2, 0);
  return Math.sqrt(squares / bands);
}
