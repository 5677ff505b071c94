import { frechetOfWindows } from './frechet-of-windows.js';
import { frechetWithout } from './frechet-without.js';
import type { SetMetric } from './metric.js';

export const frechetMusicnn: SetMetric = {
  id: 'frechet-musicnn-mtt-penultimate',
  version: 1,
  level: 'set',
  title: 'Fréchet distance (MusiCNN MTT, penultimate layer)',
  summary:
    'Distance of Gaussians fitted to all windows of all clips in the penultimate layer of MusiCNN trained on MagnaTagATune.',
  aliases: ['FAD', 'FD', 'Fréchet audio distance'],
  direction: 'lower',
  range: '0 to infinity',
  citation: 'Kilgour et al. 2019, arXiv:1812.08466; features: Pons & Serra 2019, arXiv:1909.06654',
  knownFailure:
    'Too large for small sets, most of all with fewer windows than dimensions; only values at equal numbers of clips compare. Not comparable with FAD on other features.',
  need: { encoder: 'musicnn-mtt', output: 'penultimate' },
  minClips: 2,
  against: 'reference',
  compute: frechetOfWindows,
  leaveOut: frechetWithout,
};
