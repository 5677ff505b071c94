import type { FeatureMatrix } from '../../core/features.js';
import { failed, mapOutcome, type Outcome, ok, skipped } from '../../core/outcome.js';
import { nonFiniteRow } from '../../linalg/matrix.js';
import { meanRow } from '../clip-sets.js';
import { type KlForm, klOfLogits } from '../kl-of-logits.js';
import { klOfWindowsUnder } from '../kl-of-windows.js';
import type { PairedMetric } from '../metric.js';
import type { ClassSpace } from '../spaces.js';

type Direction = 'ref-gen' | 'gen-ref';

interface Variant {
  readonly direction: Direction;
  readonly form: Exclude<KlForm, 'jensen-shannon'>;
  readonly epsilon: number;
}

const directionTexts: Readonly<Record<Direction, string>> = {
  'ref-gen': 'reference ‖ generated',
  'gen-ref': 'generated ‖ reference',
};

const formTexts: Readonly<Record<Variant['form'], string>> = {
  softmax: 'softmax',
  sigmoid: 'sigmoid without the terms of 1 - σ',
  bernoulli: 'each class by itself',
};

const variants: readonly Variant[] = (['ref-gen', 'gen-ref'] as const).flatMap((direction) => [
  { direction, form: 'softmax' as const, epsilon: 0 },
  { direction, form: 'softmax' as const, epsilon: 1e-6 },
  { direction, form: 'sigmoid' as const, epsilon: 0 },
  { direction, form: 'sigmoid' as const, epsilon: 1e-6 },
  { direction, form: 'bernoulli' as const, epsilon: 0 },
]);

/** `kl-CLASSIFIER-DIRECTION`, with `-eps1e-6`, `-sigmoid` or `-bernoulli` behind it where a tool has them. */
export function klOver(space: ClassSpace): PairedMetric[] {
  return variants.map((variant) => klMetric(space, variant));
}

function klMetric({ id, encoder, name, classes, citation }: ClassSpace, variant: Variant): PairedMetric {
  const { direction, form, epsilon } = variant;
  const suffix = `${epsilon === 0 ? '' : '-eps1e-6'}${form === 'softmax' ? '' : `-${form}`}`;
  const epsilonText = epsilon === 0 ? 'no epsilon' : 'epsilon 1e-6 added to the second, without scaling';
  const need = { encoder, output: 'logits' };
  const metric: PairedMetric = {
    id: `kl-${id}-${direction}${suffix}`,
    version: 1,
    level: 'paired',
    title: `KL of classes (${name}, ${directionTexts[direction]}${form === 'softmax' ? '' : `, ${form}`}${epsilon === 0 ? '' : ', epsilon'})`,
    summary: `KL(${directionTexts[direction]}) of the ${classes} of ${name}: ${formTexts[form]} of the mean logits over windows, ${epsilonText}.`,
    aliases: ['KL', 'KLD', 'KL divergence'],
    direction: 'lower',
    range: form === 'sigmoid' ? '-infinity to infinity' : '0 to infinity',
    unit: 'nats',
    citation: `${sourceOf(variant)}; classes: ${citation}`,
    knownFailure: failureOf(form),
    need,
    against: 'reference',
    targetNeed: need,
    compare(audio, target): Outcome<number> {
      const generated = meanLogits(audio, 'the music');
      if (generated.status !== 'ok') return generated;
      const reference = meanLogits(target, 'the reference');
      if (reference.status !== 'ok') return reference;
      const [first, second] = direction === 'ref-gen' ? [reference, generated] : [generated, reference];
      if (first.value.columns !== second.value.columns)
        return failed('dimensions-differ', `the music has ${audio.columns} classes, the reference ${target.columns}`);
      const divergence = klOfLogits(first.value, second.value, { form, epsilon });
      // Equal but for rounding can come out a hair below 0; the sigmoid form is below 0 by itself.
      return mapOutcome(divergence, ({ mean }) => (form === 'sigmoid' ? mean : Math.max(0, mean)));
    },
  };
  return { ...metric, under: (numerics) => klOfWindowsUnder(metric.compare, numerics) };
}

function sourceOf({ direction, form, epsilon }: Variant): string {
  if (form === 'bernoulli') return 'Sum over classes of the KL of two Bernoulli variables';
  if (direction === 'gen-ref') return 'Direction as in stable-audio-metrics (src/passt_kld.py) and audiocraft kld_qp';
  return epsilon === 0 ? 'As in av-benchmark (av_bench/evaluate.py)' : 'As in audioldm_eval (metrics/kl.py)';
}

function failureOf(form: Variant['form']): string {
  if (form === 'sigmoid')
    return 'It lacks half of its terms: no divergence, and negative where the music is surer than the reference.';
  return 'Nearly all music has the class Music on top, so randomly paired real songs come to about 0.7: read it against the chance line.';
}

/** One row: the mean over the windows of a clip. */
function meanLogits(
  logits: FeatureMatrix,
  name: string,
): Outcome<{ rows: number; columns: number; data: Float64Array }> {
  if (logits.rows === 0) return skipped(`${name} has no windows`);
  const badRow = nonFiniteRow(logits);
  if (badRow !== undefined) return failed('not-finite', `window ${badRow} of ${name} holds a value that is not finite`);
  return ok({ rows: 1, columns: logits.columns, data: meanRow(logits) });
}
