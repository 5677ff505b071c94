import { failed, mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import { pooledWindows } from '../clip-sets.js';
import { frechetFromStatistics, statisticsWarnings } from '../frechet-distance.js';
import { type GaussianStatistics, gaussianStatistics } from '../gaussian-statistics.js';
import type { SetMetric } from '../metric.js';
import type { EmbeddingSpace } from '../spaces.js';

export interface StatisticsTarget {
  readonly space: EmbeddingSpace;
  /** How the id calls them: letters, digits, `.`, `_`, `-`. */
  readonly name: string;
}

/** What a distance to published statistics is, without the statistics: `frechet-SPACE-to-NAME`. */
export function describeFrechetToStatistics({ space, name }: StatisticsTarget): Omit<SetMetric, 'compute'> {
  return {
    id: `frechet-${space.id}-to-${name}`,
    version: 1,
    level: 'set',
    title: `Fréchet distance to ${name} (${space.name})`,
    summary: `Distance of a Gaussian fitted to all windows of all clips in the space of ${space.name} to the published statistics ${name}.`,
    aliases: ['FAD', 'FD', 'Fréchet audio distance'],
    direction: 'lower',
    range: '0 to infinity',
    citation: `Kilgour et al. 2019, arXiv:1812.08466; features: ${space.citation}; statistics: the file that the run was given`,
    knownFailure:
      'How the publisher prepared sound, cut windows and rounded features is not in the file: only statistics made under the run’s own protocol mean what they say. The suite’s references do not enter.',
    need: { encoder: space.encoder, output: space.output },
    minClips: 2,
    against: 'nothing',
  };
}

/** The Fréchet distance to statistics in place of the suite's references. */
export function frechetToStatistics(target: StatisticsTarget & { readonly statistics: GaussianStatistics }): SetMetric {
  const { statistics } = target;
  return {
    ...describeFrechetToStatistics(target),
    compute(system): Outcome<number> {
      const windows = pooledWindows({ clips: system, name: 'system' });
      if (windows.status !== 'ok') return windows;
      const own = gaussianStatistics(windows.value, 'the system set');
      if (own.status !== 'ok') return own;
      if (own.value.dimensions !== statistics.dimensions)
        return failed(
          'dimensions-differ',
          `the features have ${own.value.dimensions} dimensions, the statistics ${statistics.dimensions}`,
        );
      const distance = ok(
        frechetFromStatistics(statistics, own.value),
        statisticsWarnings(own.value, 'the system set'),
      );
      return mapOutcome(distance, ({ value }) => value);
    },
  };
}
