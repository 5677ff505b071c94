import type { OfficialModel } from './official-model.js';

const origin = 'https://huggingface.co/facebook/encodec_32khz';

/** Facts: config.json of the repository and Copet et al. 2023 (arXiv:2306.05284), section 3.1; licence of MusicGen's weights, with which it was published. */
export const encodec32khz: OfficialModel = {
  facts: {
    id: 'encodec-32khz',
    title: 'EnCodec 32 kHz mono, decoder: the codec of MusicGen and VidMuse',
    origin,
    revision: 'main',
    licence: 'CC-BY-NC-4.0',
    nonCommercial: true,
    citation:
      'Défossez et al., High fidelity neural audio compression, TMLR 2023; Copet et al., Simple and controllable music generation, 2023',
    frontEnd: 'none: 4 codebooks of 2048 codes at 50 Hz in, 32 kHz mono out',
    notes: [
      'The encoder of the file is not imported.',
      'How edges are padded is read from config.json beside the weights.',
    ],
  },
  networks: [
    { id: 'encodec-32khz-latent', architecture: 'encodec-latent' },
    { id: 'encodec-32khz-samples', architecture: 'encodec-samples' },
  ],
  layout:
    'decoder.layers.* and quantizer.layers.* of transformers, or decoder.model.* and quantizer.vq.* of audiocraft',
  files: [
    {
      name: 'model.safetensors',
      role: 'weights',
      source: { kind: 'url', url: `${origin}/resolve/main/model.safetensors` },
    },
    { name: 'config.json', role: 'settings', source: { kind: 'url', url: `${origin}/resolve/main/config.json` } },
  ],
};
