import type { Metric } from './metric.js';

const shuffled = {
  reference: 'references held against the reference of another clip',
  video: 'references under the video of another clip',
  caption: 'references under the caption of another clip',
  annotations: 'references under the annotated times of another clip',
} as const;

/** What the chance line of a metric is, or why it has none, in a sentence. */
export function chanceMeaning(metric: Metric): string {
  if (metric.level === 'signal')
    return metric.blindGuess ?? 'none: it describes one sound by itself; read it against the references’ own value';
  if (metric.level === 'paired') {
    const line = shuffled[metric.against];
    return metric.rotate === undefined ? line : `${line}; references rotated in time by a random part of their length`;
  }
  if (metric.against === 'video')
    return `${shuffled.video}${metric.chance === undefined ? '' : '; exactly what blind music scores on N clips'}`;
  return metric.against === 'reference'
    ? 'none: it does not depend on pairing; read it against one half of the references held against the other, at equal N'
    : 'none: it judges a set by itself; read it against the references by themselves, at equal N';
}
