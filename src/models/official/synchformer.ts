import type { OfficialModel } from './official-model.js';

/**
 * Facts: av-benchmark 050a5cd, av_bench/extraction_models.py and synchformer/LICENSE; size and hash as hkchengrex/MMAudio on the Hugging Face
 * hub states them of ext_weights/synchformer_state_dict.pth.
 */
export const synchformer: OfficialModel = {
  facts: {
    id: 'synchformer',
    title: 'Synchformer: towers for sound and pictures, and the network over both',
    origin: 'https://github.com/hkchengrex/MMAudio',
    revision: 'release v0.1 (experiment 24-01-04T16-39-21 of v-iashin/Synchformer, AudioSet)',
    licence: 'MIT (of the code; none stated for the weights)',
    nonCommercial: false,
    citation: 'Iashin et al., Synchformer: Efficient synchronization from sparse cues, ICASSP 2024',
    frontEnd: '16 kHz mono as segments of 0.64 s, log-mel of 128 bands; pictures at 25 a second, 224 x 224',
    notes: ['The weights have no licence of their own: ask the authors before commercial use.'],
  },
  networks: [
    { id: 'synchformer-audio', architecture: 'synchformer-audio' },
    { id: 'synchformer-video', architecture: 'synchformer-video' },
    { id: 'synchformer-sync', architecture: 'synchformer-sync' },
  ],
  layout: 'vfeat_extractor.*, afeat_extractor.*, vproj.*, aproj.*, transformer.*, no prefix',
  files: [
    {
      name: 'synchformer_state_dict.pth',
      role: 'weights',
      source: {
        kind: 'url',
        url: 'https://github.com/hkchengrex/MMAudio/releases/download/v0.1/synchformer_state_dict.pth',
      },
      bytes: 950_058_171,
      sha256: '8aff082f2df5c3bc52759db0c865c7ee772ae6400b860d1b7e90413f2defb67c',
    },
  ],
};
