import type { FeatureMatrix } from '../../core/features.js';
import { failed, mapOutcome, type Outcome, skipped } from '../../core/outcome.js';
import { klOfLogits } from '../kl-of-logits.js';
import type { PairedMetric } from '../metric.js';
import type { ClassSpace } from '../spaces.js';

const directions = {
  'ref-gen': 'reference ‖ generated',
  'gen-ref': 'generated ‖ reference',
} as const;

/** KL window by window: `kl-segments-CLASSIFIER-DIRECTION-eps1e-6`, audiocraft's `kld` and `kld_qp`. */
export function klSegmentsOver(space: ClassSpace): PairedMetric[] {
  return (['ref-gen', 'gen-ref'] as const).map((direction) => klSegmentsMetric(space, direction));
}

function klSegmentsMetric(
  { id, encoder, name, classes, citation }: ClassSpace,
  direction: keyof typeof directions,
): PairedMetric {
  const need = { encoder, output: 'logits' };
  return {
    id: `kl-segments-${id}-${direction}-eps1e-6`,
    version: 1,
    level: 'paired',
    title: `KL of classes by window (${name}, ${directions[direction]}, epsilon)`,
    summary: `Mean over windows of KL(${directions[direction]}) of the ${classes} of ${name}: softmax of each window, epsilon 1e-6 added to the second.`,
    aliases: ['KLD', direction === 'ref-gen' ? 'kld_pq' : 'kld_qp'],
    direction: 'lower',
    range: '-infinity to infinity',
    unit: 'nats',
    citation: `audiocraft (audiocraft/metrics/kld.py), which counts windows where this counts clips; classes: ${citation}`,
    knownFailure:
      'Windows are held against the reference’s window of the same time, so a shift in time costs; long clips weigh no more here, but they do in audiocraft. The epsilon without scaling lets it fall a hair below 0.',
    need,
    against: 'reference',
    targetNeed: need,
    compare(audio, target): Outcome<number> {
      if (audio.columns !== target.columns)
        return failed('dimensions-differ', `the music has ${audio.columns} classes, the reference ${target.columns}`);
      const rows = Math.min(audio.rows, target.rows);
      if (rows === 0) return skipped('no windows in common');
      const [first, second] = direction === 'ref-gen' ? [target, audio] : [audio, target];
      const common = ({ columns, data }: FeatureMatrix): FeatureMatrix => ({
        rows,
        columns,
        data: data.subarray(0, rows * columns),
      });
      const divergence = klOfLogits(common(first), common(second), { form: 'softmax', epsilon: 1e-6 });
      return mapOutcome(divergence, ({ mean }) => mean);
    },
  };
}
