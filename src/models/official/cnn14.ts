import type { OfficialModel } from './official-model.js';

const shared = {
  origin: 'https://github.com/qiuqiangkong/audioset_tagging_cnn',
  revision: 'Zenodo record 3987831',
  licence: 'CC-BY-4.0',
  nonCommercial: false,
  citation:
    'Kong et al., PANNs: Large-scale pretrained audio neural networks for audio pattern recognition, TASLP 2020',
} as const;

const layout = 'tensors under `model`; the STFT kernels and the mel matrix in the file are computed here instead';

/** Facts: audioset_tagging_cnn/pytorch/models.py at d2f4b8c (class Cnn14_16k). The 16 kHz network of audioldm_eval and av-benchmark. */
export const cnn14At16k: OfficialModel = {
  facts: {
    id: 'cnn14-16k',
    title: 'PANNs CNN14, 16 kHz',
    ...shared,
    frontEnd: '16 kHz mono, log-mel of 64 bands from 50 to 8000 Hz, 10 ms hop; at least 32 frames',
  },
  networks: [{ id: 'cnn14-16k', architecture: 'cnn14-16k' }],
  layout,
  files: [
    {
      name: 'Cnn14_16k_mAP=0.438.pth',
      role: 'weights',
      source: { kind: 'url', url: 'https://zenodo.org/record/3987831/files/Cnn14_16k_mAP%3D0.438.pth' },
      bytes: 358_668_570,
    },
  ],
};

/** Facts: audioset_tagging_cnn/pytorch/models.py at d2f4b8c (class Cnn14). */
export const cnn14At32k: OfficialModel = {
  facts: {
    id: 'cnn14-32k',
    title: 'PANNs CNN14, 32 kHz',
    ...shared,
    frontEnd: '32 kHz mono, log-mel of 64 bands from 50 to 14000 Hz, 10 ms hop; at least 32 frames',
  },
  networks: [{ id: 'cnn14-32k', architecture: 'cnn14-32k' }],
  layout,
  files: [
    {
      name: 'Cnn14_mAP=0.431.pth',
      role: 'weights',
      source: { kind: 'url', url: 'https://zenodo.org/record/3987831/files/Cnn14_mAP%3D0.431.pth' },
      bytes: 327_428_481,
      sha256: '0dc499e40e9761ef5ea061ffc77697697f277f6a960894903df3ada000e34b31',
    },
  ],
};
