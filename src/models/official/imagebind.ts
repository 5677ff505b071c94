import type { OfficialModel } from './official-model.js';

/** Facts: imagebind/models/imagebind_model.py (`imagebind_huge`) and LICENSE at 53680b0. */
export const imagebindHuge: OfficialModel = {
  facts: {
    id: 'imagebind-huge',
    title: 'ImageBind huge: audio, vision and text towers',
    origin: 'https://github.com/facebookresearch/ImageBind',
    revision: 'imagebind_huge.pth',
    licence: 'CC-BY-NC-SA-4.0',
    nonCommercial: true,
    citation: 'Girdhar et al., ImageBind: One embedding space to bind them all, CVPR 2023',
    frontEnd: '16 kHz sound as 3 clips of 2 s, 128 x 204 log-mel; video as 5 clips x 3 crops of 224 x 224; 1024 values',
    notes: ['The depth, thermal and IMU towers of the file are not imported.'],
  },
  networks: [
    { id: 'imagebind-huge-audio', architecture: 'imagebind-audio' },
    { id: 'imagebind-huge-vision', architecture: 'imagebind-vision' },
    { id: 'imagebind-huge-text', architecture: 'imagebind-text', takesText: true },
  ],
  layout: 'modality_preprocessors.*, modality_trunks.*, modality_heads.*, modality_postprocessors.*, no prefix',
  files: [
    {
      name: 'imagebind_huge.pth',
      role: 'weights',
      source: { kind: 'url', url: 'https://dl.fbaipublicfiles.com/imagebind/imagebind_huge.pth' },
      bytes: 4_803_584_173,
      sha256: 'd6f6c22bedcc90708448d5d2fbb7b2db9c73f505dc89bd0b2e09b23af1b62157',
    },
    {
      name: 'tokenizer.json',
      role: 'tokenizer',
      source: {
        kind: 'hub',
        repo: 'openai/clip-vit-base-patch32',
        revision: '3d74acf9a28c67741b2f4f2ea7635f0aaf6f0268',
        path: 'tokenizer.json',
      },
      sha256: 'b556ac8c99757ffb677208af34bc8c6721572114111a6e0aaf5fa69ff0b8d842',
    },
  ],
};
