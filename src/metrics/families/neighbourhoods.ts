import { mapOutcome, type Outcome } from '../../core/outcome.js';
import { clipMeans } from '../clip-sets.js';
import type { SetMetric } from '../metric.js';
import { neighbourhoodsWithout } from '../neighbourhoods-without.js';
import {
  type PrecisionRecallDensityCoverage,
  precisionRecallDensityCoverage,
} from '../precision-recall-density-coverage.js';

import type { EmbeddingSpace } from '../spaces.js';

/** The customary size of a neighbourhood (Naeem et al. 2020). */
const k = 5;

const kynkaanniemi = 'Kynkäänniemi et al. 2019, arXiv:1904.06991';
const naeem = 'Naeem et al. 2020, arXiv:2002.09797';

interface Texts {
  readonly title: string;
  readonly summary: string;
  readonly aliases: readonly string[];
  readonly range: string;
  readonly citation: string;
  readonly knownFailure: string;
}

const texts: Readonly<Record<keyof PrecisionRecallDensityCoverage, Texts>> = {
  precision: {
    title: 'Precision',
    summary: 'Share of generated clips that lie among the references: how plausible single clips are.',
    aliases: ['improved precision'],
    range: '0 to 1',
    citation: kynkaanniemi,
    knownFailure: 'One reference far from all others has a huge ball and lets everything in. Says nothing of variety.',
  },
  recall: {
    title: 'Recall',
    summary: 'Share of references that lie among the generated clips: how much of the variety is reached.',
    aliases: ['improved recall'],
    range: '0 to 1',
    citation: kynkaanniemi,
    knownFailure: 'A few generated clips far from all others have huge balls and raise it: noise can look diverse.',
  },
  density: {
    title: 'Density',
    summary:
      'How many reference neighbourhoods hold a generated clip, on average, divided by k; about 1 for real music.',
    aliases: [],
    range: '0 to infinity',
    citation: naeem,
    knownFailure: 'Exceeds 1 when all clips sit where references are dense: a collapsed system can beat real music.',
  },
  coverage: {
    title: 'Coverage',
    summary: 'Share of references with a generated clip in their neighbourhood.',
    aliases: [],
    range: '0 to 1',
    citation: naeem,
    knownFailure:
      'Two halves of one set reach 1 - 2^-5, about 0.97, not 1. Repeated references shrink their balls and lower it.',
  },
};

/** `precision-SPACE`, `recall-SPACE`, `density-SPACE`, `coverage-SPACE`. */
export function neighbourhoodsOver(space: EmbeddingSpace): SetMetric[] {
  return (['precision', 'recall', 'density', 'coverage'] as const).map((name) => neighbourhoodMetric(name, space));
}

/** One of the four numbers, on one vector a clip: windows of one clip would be each other's nearest neighbours. */
function neighbourhoodMetric(
  name: keyof PrecisionRecallDensityCoverage,
  { id, encoder, output, name: network }: EmbeddingSpace,
): SetMetric {
  return {
    ...texts[name],
    id: `${name}-${id}`,
    version: 1,
    level: 'set',
    title: `${texts[name].title} (${network}, k = ${k})`,
    direction: 'higher',
    need: { encoder, output },
    minClips: k + 1,
    against: 'reference',
    compute(system, reference): Outcome<number> {
      const generated = clipMeans({ clips: system, name: 'system' });
      if (generated.status !== 'ok') return generated;
      const real = clipMeans({ clips: reference, name: 'reference' });
      if (real.status !== 'ok') return real;
      return mapOutcome(precisionRecallDensityCoverage(real.value, generated.value, { k }), (all) => all[name]);
    },
    leaveOut({ system, target }, groups): Outcome<readonly number[]> {
      const generated = clipMeans({ clips: system, name: 'system' });
      if (generated.status !== 'ok') return generated;
      const real = clipMeans({ clips: target, name: 'reference' });
      if (real.status !== 'ok') return real;
      const without = neighbourhoodsWithout(real.value, generated.value, { k, groups });
      return mapOutcome(without, (values) => values.map((all) => all[name]));
    },
  };
}
