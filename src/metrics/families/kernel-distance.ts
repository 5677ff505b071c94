import { mapOutcome } from '../../core/outcome.js';
import type { Numerics } from '../../core/protocol.js';
import { pooledSets } from '../clip-sets.js';
import { type KernelDistanceOptions, kernelDistance } from '../kernel-distance.js';
import { kernelDistancesWithoutClips } from '../kernel-distance-without-clips.js';
import type { SetMetric } from '../metric.js';
import type { EmbeddingSpace } from '../spaces.js';

interface Convention {
  /** Part of the id between `kernel-distance-` and the space. */
  readonly part: string;
  readonly title: string;
  readonly options: KernelDistanceOptions;
  readonly failure: string;
}

const conventions: readonly [Convention, ...Convention[]] = [
  {
    part: '',
    title: 'Gaussian kernel',
    options: { kernel: 'gaussian', bandwidth: 'reference' },
    failure:
      'The bandwidth is the median distance within the references: a reference set of near copies makes it blind.',
  },
  {
    part: 'iq-',
    title: 'inverse quadratic kernel',
    options: { kernel: 'iq', bandwidth: 'reference' },
    failure: 'Long tails: far outliers weigh more than with the Gaussian kernel.',
  },
  {
    part: 'imq-',
    title: 'inverse multiquadric kernel',
    options: { kernel: 'imq', bandwidth: 'reference' },
    failure: 'The longest tails of the three: far outliers weigh most.',
  },
  {
    part: 'evaluated-bandwidth-',
    title: 'Gaussian kernel, bandwidth of the evaluated set',
    options: { kernel: 'gaussian', bandwidth: 'evaluated-kadtk' },
    failure:
      'Each system is measured with its own kernel, so that systems do not compare; only for parity with kadtk (its issue 9).',
  },
];

/** Kernel distances of all windows, one for each convention: `kernel-distance-SPACE` and its variants. */
export function kernelDistancesOver(space: EmbeddingSpace): SetMetric[] {
  return conventions.map((convention) => kernelDistanceOver(space, convention));
}

/** The first of them alone, kadtk's default: `kernel-distance-SPACE`. */
export function gaussianKernelDistanceOver(space: EmbeddingSpace): SetMetric {
  return kernelDistanceOver(space, conventions[0]);
}

function kernelDistanceOver(
  { id, encoder, output, name, citation }: EmbeddingSpace,
  convention: Convention,
): SetMetric {
  const { part, title, options, failure } = convention;
  const compute = kernelDistanceOfWindows(options);
  const { kernel, bandwidth } = options;
  return {
    id: `kernel-distance-${part}${id}`,
    version: 1,
    level: 'set',
    title: `Kernel distance (${name}, ${title})`,
    summary: `100 times the unbiased squared maximum mean discrepancy of all windows in the space of ${name}, ${title}.`,
    aliases: ['KAD', 'MMD', 'kernel audio distance'],
    direction: 'lower',
    range: '-infinity to infinity',
    citation: `Chung et al. 2025, arXiv:2502.15602 (kadtk kad.py); Gretton et al. 2012, JMLR 13; features: ${citation}`,
    knownFailure: `${failure} Unbiased, hence below 0 for equal sets: read it against real music.`,
    need: { encoder, output },
    minClips: 2,
    against: 'reference',
    compute,
    // The float32 median of kadtk has no short cut.
    ...(bandwidth !== 'evaluated-kadtk' && {
      leaveOut: (sets, groups) => kernelDistancesWithoutClips(sets, { kernel, bandwidth, groups }),
    }),
    ...(part === ''
      ? { under: ({ kernelBandwidth }: Numerics) => (kernelBandwidth === 'evaluated' ? ofEvaluatedBandwidth : compute) }
      : {}),
  };
}

const ofEvaluatedBandwidth = kernelDistanceOfWindows({ kernel: 'gaussian', bandwidth: 'evaluated-kadtk' });

function kernelDistanceOfWindows(options: KernelDistanceOptions): SetMetric['compute'] {
  return (system, reference) => {
    const sets = pooledSets(system, reference);
    if (sets.status !== 'ok') return sets;
    return mapOutcome(kernelDistance(sets.value.real, sets.value.generated, options), ({ value }) => value);
  };
}
