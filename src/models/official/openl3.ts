import type { OfficialModel } from './official-model.js';

interface Variant {
  readonly melBands: 128 | 256;
  readonly content: 'music' | 'env';
}

/**
 * Facts: openl3 b0bf9b6, openl3/models.py and README.md; the files lie on the branch `models` (c2321e8). Both kadtk 8bda71d (model_loader.py) and the package openl3 0.4
 * take those of v0_4_0.
 */
function openl3({ melBands, content }: Variant): OfficialModel {
  const id = `openl3-mel${melBands}-${content}`;
  const name = `openl3_audio_mel${melBands}_${content}-v0_4_0.h5.gz`;
  return {
    facts: {
      id,
      title: `OpenL3, ${content === 'music' ? 'music' : 'environmental sound'}, ${melBands} mel bands`,
      origin: 'https://github.com/marl/openl3',
      revision: 'branch models at c2321e8, v0_4_0',
      licence: 'CC-BY-4.0',
      nonCommercial: false,
      citation: 'Cramer et al., Look, listen and learn more: Design choices for deep audio embeddings, ICASSP 2019',
      frontEnd: `48 kHz, windows of 1 s every 0.5 s, ${melBands} mel bands in dB below the window's largest; embedding of 512`,
      notes: [
        'The code is MIT, the weights CC BY 4.0: name the authors.',
        'Files of 128 and of 256 mel bands have the same shapes: only their names tell them apart.',
      ],
    },
    networks: [{ id, architecture: `openl3-mel${melBands}` }],
    layout: 'HDF5 of Keras, by the order of its layers; packed with gzip or not',
    files: [
      { name, role: 'weights', source: { kind: 'url', url: `https://github.com/marl/openl3/raw/models/${name}` } },
    ],
  };
}

export const openl3Mel256Music: OfficialModel = openl3({ melBands: 256, content: 'music' });
export const openl3Mel256Env: OfficialModel = openl3({ melBands: 256, content: 'env' });
export const openl3Mel128Music: OfficialModel = openl3({ melBands: 128, content: 'music' });
export const openl3Mel128Env: OfficialModel = openl3({ melBands: 128, content: 'env' });
