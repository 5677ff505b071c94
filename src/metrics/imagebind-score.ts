import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { nonFiniteRow } from '../linalg/matrix.js';
import { meanRow } from './clip-sets.js';
import type { PairedMetric } from './metric.js';

/** How near the music is to the pictures in ImageBind's space. */
export const imagebindScore: PairedMetric = {
  id: 'imagebind-score',
  version: 1,
  level: 'paired',
  title: 'ImageBind score (sound against pictures)',
  summary:
    'Cosine of the mean embedding of three clips of 2 s of the music and the mean embedding of 15 views of the video, both as ImageBind samples them.',
  aliases: ['IB', 'IB-score', 'ImageBind similarity'],
  direction: 'higher',
  range: '-1 to 1',
  citation: 'Girdhar et al. 2023, arXiv:2305.05665; as a score: Cheng et al. 2025 (MMAudio), arXiv:2412.15322',
  knownFailure:
    'Knows sounds of things better than moods of music: read it against the shuffled chance level. The weights are for non-commercial use only.',
  need: { encoder: 'imagebind-huge-audio', output: 'embedding' },
  against: 'video',
  targetNeed: { encoder: 'imagebind-huge-vision', output: 'embedding' },
  compare: cosineOfMeans,
};

/** Cosine of the mean row of the music and the mean row of the video; refuses what has no direction. */
export function cosineOfMeans(audio: FeatureMatrix, target: FeatureMatrix): Outcome<number> {
  const sound = meanEmbedding(audio, 'the music');
  if (sound.status !== 'ok') return sound;
  const pictures = meanEmbedding(target, 'the video');
  if (pictures.status !== 'ok') return pictures;
  if (sound.value.length !== pictures.value.length)
    return failed('dimensions-differ', `sound has ${sound.value.length} values, pictures ${pictures.value.length}`);
  const dot = sound.value.reduce((sum, value, index) => sum + value * pictures.value[index]!, 0);
  return ok(dot / (Math.hypot(...sound.value) * Math.hypot(...pictures.value)));
}

function meanEmbedding(rows: FeatureMatrix, name: string): Outcome<Float64Array> {
  if (rows.rows === 0) return skipped(`${name} has no embedding`);
  const badRow = nonFiniteRow(rows);
  if (badRow !== undefined) return failed('not-finite', `row ${badRow} of ${name} holds a value that is not finite`);
  const mean = meanRow(rows);
  if (mean.every((value) => value === 0))
    return failed('zero-embedding', `the embedding of ${name} is zero, which has no direction`);
  return ok(mean);
}
