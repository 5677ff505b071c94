import type { Outcome } from '../../core/outcome.js';
import { clipMeans } from '../clip-sets.js';
import type { SetMetric } from '../metric.js';
import type { EmbeddingSpace } from '../spaces.js';
import { vendiScore } from '../vendi-score.js';
import { vendiWithout } from '../vendi-without.js';

interface Order {
  readonly order: number;
  /** Part of the id between `vendi-` and the space. */
  readonly part: string;
  readonly text: string;
}

const orders: readonly Order[] = [
  { order: 1, part: '', text: '1' },
  { order: 2, part: 'order-2-', text: '2' },
  { order: Number.POSITIVE_INFINITY, part: 'order-infinity-', text: 'infinity' },
];

/** `vendi-SPACE`, `vendi-order-2-SPACE`, `vendi-order-infinity-SPACE`: higher orders count rare kinds less. */
export function vendiOver(space: EmbeddingSpace): SetMetric[] {
  return orders.map((order) => vendiMetric(space, order));
}

function vendiMetric({ id, encoder, output, name }: EmbeddingSpace, { order, part, text }: Order): SetMetric {
  return {
    id: `vendi-${part}${id}`,
    version: 1,
    level: 'set',
    title: `Vendi score (${name}, order ${text})`,
    summary: `Effective number of different clips by the cosine similarity of their mean features in the space of ${name}.`,
    aliases: ['Vendi', 'VS'],
    direction: 'higher',
    range: '1 to N',
    unit: 'clips',
    citation: 'Friedman & Dieng 2023, arXiv:2210.02410; orders: Pasarkar & Dieng 2024, arXiv:2310.12952',
    knownFailure:
      'Grows with the number of clips, and noise is diverse too: it needs a quality metric beside it. Features with a large common part look alike to a cosine and give values near 1.',
    need: { encoder, output },
    minClips: 2,
    against: 'nothing',
    compute(system): Outcome<number> {
      const means = clipMeans({ clips: system, name: 'system' });
      return means.status === 'ok' ? vendiScore(means.value, { order }) : means;
    },
    leaveOut({ system }, groups): Outcome<readonly number[]> {
      const means = clipMeans({ clips: system, name: 'system' });
      return means.status === 'ok' ? vendiWithout(means.value, { order, groups }) : means;
    },
  };
}
