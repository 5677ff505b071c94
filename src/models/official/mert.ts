import type { OfficialModel } from './official-model.js';

const repo = 'm-a-p/MERT-v1-95M';
const revision = '12af15fef9d0ac838c3f475bfbbf26d2060dd4f5';

/**
 * Facts: config.json and preprocessor_config.json of the model repository at the revision (`do_normalize` true; false in copies of 2023:
 * yizhilll/MERT issue 20); size and hash as its large-file pointer states them.
 */
export const mertV1At95M: OfficialModel = {
  facts: {
    id: 'mert-v1-95m',
    title: 'MERT v1, 95 million parameters',
    origin: `https://huggingface.co/${repo}`,
    revision,
    licence: 'CC-BY-NC-4.0',
    nonCommercial: true,
    citation:
      'Li et al., MERT: Acoustic music understanding model with large-scale self-supervised training, ICLR 2024',
    frontEnd: '24 kHz mono, the waveform brought to mean 0 and variance 1; 75 frames a second, 13 layers of 768 values',
  },
  networks: [{ id: 'mert-v1-95m', architecture: 'mert' }],
  layout:
    'feature_extractor.*, feature_projection.*, encoder.*, no prefix; positions under weight norm in either spelling',
  files: [
    {
      name: 'pytorch_model.bin',
      role: 'weights',
      source: { kind: 'hub', repo, revision, path: 'pytorch_model.bin' },
      bytes: 377_552_987,
      sha256: 'a2b8b747f72c06e0595aeae41ae5473f4364938c6b39b2c58be38c48e6bd3fcd',
    },
  ],
};
