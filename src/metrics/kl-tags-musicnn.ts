import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { nonFiniteRow } from '../linalg/matrix.js';
import { meanRow } from './clip-sets.js';
import { klDivergence, logDistribution } from './kl-divergence.js';
import type { PairedMetric } from './metric.js';

/** Added to each tag's mean activation, so that a tag that is never active costs much but not infinitely much. */
const epsilon = 1e-6;

/** How far the tags of the music are from those of the clip's own music. */
export const klTagsMusicnn: PairedMetric = {
  id: 'kl-tags-musicnn-mtt-ref-gen',
  version: 1,
  level: 'paired',
  title: 'KL of tags (MusiCNN MTT, reference ‖ generated)',
  summary:
    'KL(reference ‖ generated) of the 50 MagnaTagATune tags: the mean over windows of the sigmoid outputs, normalised to sum 1 with epsilon 1e-6.',
  aliases: ['KL', 'KLD', 'KL divergence'],
  direction: 'lower',
  range: '0 to infinity',
  unit: 'nats',
  citation:
    'Direction as in Kreuk et al. 2023 (AudioGen), arXiv:2209.15352; tagger: Pons & Serra 2019, arXiv:1909.06654',
  knownFailure:
    'Music that is tagged alike counts as equal, however different it is: read it against the chance line. Tags do not exclude each other, so the scale is not that of papers on AudioSet classes.',
  need: { encoder: 'musicnn-mtt', output: 'tags' },
  against: 'reference',
  targetNeed: { encoder: 'musicnn-mtt', output: 'tags' },
  compare(audio, target): Outcome<number> {
    if (audio.columns !== target.columns) {
      return failed('dimensions-differ', `the music has ${audio.columns} tags, the reference ${target.columns}`);
    }
    const generated = tagDistribution(audio, 'the music');
    if (generated.status !== 'ok') return generated;
    const reference = tagDistribution(target, 'the reference');
    if (reference.status !== 'ok') return reference;
    // Equal but for rounding can come out a hair below 0.
    return ok(Math.max(0, klDivergence(reference.value, generated.value)));
  },
};

/** Log-probabilities of the tags of one clip. */
function tagDistribution(tags: FeatureMatrix, name: string): Outcome<Float64Array> {
  if (tags.rows === 0) return skipped(`${name} has no windows`);
  const badRow = nonFiniteRow(tags);
  if (badRow !== undefined) return failed('not-finite', `window ${badRow} of ${name} holds a value that is not finite`);
  if (tags.data.some((value) => value < 0)) return failed('negative-activation', `a tag of ${name} is below 0`);
  return ok(logDistribution(meanRow(tags), epsilon));
}
