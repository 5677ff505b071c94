import type { OfficialModel } from './official-model.js';

/** Facts: torchvggish/vggish.py and hubconf.py at f3f9096; Google's weights converted by H. Taylor. */
export const vggish: OfficialModel = {
  facts: {
    id: 'vggish',
    title: 'VGGish, PyTorch port (torchvggish)',
    origin: 'https://github.com/harritaylor/torchvggish',
    revision: 'release v0.1',
    licence: 'Apache-2.0',
    nonCommercial: false,
    citation: 'Hershey et al., CNN architectures for large-scale audio classification, ICASSP 2017',
    frontEnd: '16 kHz mono, log-mel of 64 bands, examples of 96 frames; 128 values before the last ReLU',
    notes: ['The 8-bit PCA post-processing of the hub model is not applied: it is wrong for Fréchet distances.'],
  },
  networks: [{ id: 'vggish', architecture: 'vggish' }],
  layout: 'features.* and embeddings.*, no prefix',
  files: [
    {
      name: 'vggish-10086976.pth',
      role: 'weights',
      source: {
        kind: 'url',
        url: 'https://github.com/harritaylor/torchvggish/releases/download/v0.1/vggish-10086976.pth',
      },
      bytes: 288_567_937,
    },
  ],
};
