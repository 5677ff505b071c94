import type { OfficialModel } from './official-model.js';

/** Facts: the model repository at the revision; transformers' CLIPVisionModelWithProjection names the tensors. */
export const clipVitB32: OfficialModel = {
  facts: {
    id: 'clip-vit-b32',
    title: 'CLIP ViT-B/32, vision tower',
    origin: 'https://huggingface.co/openai/clip-vit-base-patch32',
    revision: '3d74acf9a28c67741b2f4f2ea7635f0aaf6f0268',
    licence: 'MIT',
    nonCommercial: false,
    citation: 'Radford et al., Learning transferable visual models from natural language supervision, ICML 2021',
    frontEnd: 'bicubic resize of the short side to 224, centre crop, CLIP mean and deviation; 512 values',
    notes: ['The text tower of the file is not imported.'],
  },
  networks: [{ id: 'clip-vit-b32', architecture: 'clip-vit' }],
  layout: 'vision_model.* and visual_projection.weight, no prefix',
  files: [
    {
      name: 'pytorch_model.bin',
      role: 'weights',
      source: {
        kind: 'hub',
        repo: 'openai/clip-vit-base-patch32',
        revision: '3d74acf9a28c67741b2f4f2ea7635f0aaf6f0268',
        path: 'pytorch_model.bin',
      },
      bytes: 605_247_071,
      sha256: 'a63082132ba4f97a80bea76823f544493bffa8082296d62d71581a4feff1576f',
    },
  ],
};
