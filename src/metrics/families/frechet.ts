import { frechetOfWindows } from '../frechet-of-windows.js';
import { frechetWithout } from '../frechet-without.js';
import type { SetMetric } from '../metric.js';
import type { EmbeddingSpace } from '../spaces.js';

/** The first space was named by its layer before others came. */
const olderNames: Readonly<Record<string, string>> = { 'musicnn-mtt': 'musicnn-mtt-penultimate' };

/** The Fréchet distance over all windows of all clips: `frechet-SPACE`. */
export function frechetOver({ id, encoder, output, name, citation }: EmbeddingSpace): SetMetric {
  return {
    id: `frechet-${olderNames[id] ?? id}`,
    version: 1,
    level: 'set',
    title: `Fréchet distance (${name})`,
    summary: `Distance of Gaussians fitted to all windows of all clips in the space of ${name} (${output}).`,
    aliases: ['FAD', 'FD', 'Fréchet audio distance'],
    direction: 'lower',
    range: '0 to infinity',
    citation: `Kilgour et al. 2019, arXiv:1812.08466; features: ${citation}`,
    knownFailure:
      'Too large for small sets, most of all with fewer windows than dimensions; only values at equal numbers of clips compare. Windows, level and resampler are those of the protocol: not comparable with values of other tools unless the protocol is theirs.',
    need: { encoder, output },
    minClips: 2,
    against: 'reference',
    compute: frechetOfWindows,
    leaveOut: frechetWithout,
  };
}
