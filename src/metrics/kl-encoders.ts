import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { nonFiniteRow } from '../linalg/matrix.js';
import { meanRow } from './clip-sets.js';
import { klDivergence } from './kl-divergence.js';
import { klOfWindowsUnder } from './kl-of-windows.js';
import type { PairedMetric } from './metric.js';

interface Classifier {
  readonly id: string;
  readonly encoder: string;
  readonly name: string;
  readonly citation: string;
}

/** KL(reference ‖ generated) of the softmax over AudioSet classes; the logits of a clip's windows are averaged before it. */
function klOver({ id, encoder, name, citation }: Classifier): PairedMetric {
  const need = { encoder, output: 'logits' };
  const metric: PairedMetric = {
    id,
    version: 1,
    level: 'paired',
    title: `KL of AudioSet classes (${name}, reference ‖ generated)`,
    summary: `KL(reference ‖ generated) of the 527 AudioSet classes of ${name}: softmax of the mean logits over windows, no epsilon.`,
    aliases: ['KL', 'KLD', 'KL divergence'],
    direction: 'lower',
    range: '0 to infinity',
    unit: 'nats',
    citation: `Direction and softmax as in av-benchmark (av_bench/evaluate.py); classes: ${citation}`,
    knownFailure:
      'Nearly all music has the class Music on top, so randomly paired real songs come to about 0.7: read it against the chance line.',
    need,
    against: 'reference',
    targetNeed: need,
    compare(audio, target): Outcome<number> {
      if (audio.columns !== target.columns)
        return failed('dimensions-differ', `the music has ${audio.columns} classes, the reference ${target.columns}`);
      const generated = logSoftmax(audio, 'the music');
      if (generated.status !== 'ok') return generated;
      const reference = logSoftmax(target, 'the reference');
      if (reference.status !== 'ok') return reference;
      // Equal but for rounding can come out a hair below 0.
      return ok(Math.max(0, klDivergence(reference.value, generated.value)));
    },
  };
  return { ...metric, under: (numerics) => klOfWindowsUnder(metric.compare, numerics) };
}

/** Logs of the probabilities of one clip's classes. */
function logSoftmax(logits: FeatureMatrix, name: string): Outcome<Float64Array> {
  if (logits.rows === 0) return skipped(`${name} has no windows`);
  const badRow = nonFiniteRow(logits);
  if (badRow !== undefined) return failed('not-finite', `window ${badRow} of ${name} holds a value that is not finite`);
  const mean = meanRow(logits);
  const largest = mean.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const total = mean.reduce((sum, value) => sum + Math.exp(value - largest), 0);
  return ok(mean.map((value) => value - largest - Math.log(total)));
}

export const klPasst: PairedMetric = klOver({
  id: 'kl-passt-s-10s-ref-gen',
  encoder: 'passt-s-10s',
  name: 'PaSST, 10 s',
  citation: 'Koutini et al. 2022, arXiv:2110.05069',
});

export const klCnn14: PairedMetric = klOver({
  id: 'kl-cnn14-16k-ref-gen',
  encoder: 'cnn14-16k',
  name: 'PANNs CNN14, 16 kHz',
  citation: 'Kong et al. 2020, arXiv:1912.10211',
});
