import { frechetOfWindows } from './frechet-of-windows.js';
import { frechetWithout } from './frechet-without.js';
import type { SetMetric } from './metric.js';

interface Space {
  readonly id: string;
  readonly encoder: string;
  readonly output: string;
  /** Network and layer, as titles have them. */
  readonly name: string;
  readonly citation: string;
}

/** A Fréchet distance over all windows of all clips in the space of an imported network. */
function frechetOver({ id, encoder, output, name, citation }: Space): SetMetric {
  return {
    id,
    version: 1,
    level: 'set',
    title: `Fréchet distance (${name})`,
    summary: `Distance of Gaussians fitted to all windows of all clips in the space of ${name}.`,
    aliases: ['FAD', 'FD', 'Fréchet audio distance'],
    direction: 'lower',
    range: '0 to infinity',
    citation: `Kilgour et al. 2019, arXiv:1812.08466; features: ${citation}`,
    knownFailure:
      'Too large for small sets, most of all with fewer windows than dimensions; only values at equal numbers of clips compare. Windows, level and resampler are those of the protocol, not those of the tools that papers quote.',
    need: { encoder, output },
    minClips: 2,
    against: 'reference',
    compute: frechetOfWindows,
    leaveOut: frechetWithout,
  };
}

export const frechetVggish: SetMetric = frechetOver({
  id: 'frechet-vggish',
  encoder: 'vggish',
  output: 'embedding',
  name: 'VGGish embedding',
  citation: 'Hershey et al. 2017, arXiv:1609.09430',
});

export const frechetCnn14: SetMetric = frechetOver({
  id: 'frechet-cnn14-16k',
  encoder: 'cnn14-16k',
  output: 'embedding',
  name: 'PANNs CNN14 embedding, 16 kHz',
  citation: 'Kong et al. 2020, arXiv:1912.10211',
});

export const frechetPasst: SetMetric = frechetOver({
  id: 'frechet-passt-s-10s',
  encoder: 'passt-s-10s',
  output: 'features',
  name: 'PaSST features, 10 s',
  citation: 'Koutini et al. 2022, arXiv:2110.05069',
});

export const frechetClapMusic: SetMetric = frechetOver({
  id: 'frechet-clap-music',
  encoder: 'clap-music-audio',
  output: 'embedding',
  name: 'LAION CLAP music embedding',
  citation: 'Wu et al. 2023, arXiv:2211.06687',
});
