import type { OfficialModel } from './official-model.js';

/**
 * Facts: the model card and `audiocraft/utils/export.py` of VidMuse at 1e9296e; the size follows from the 1,967,993,088 parameters that the authors'
 * builder gives (docs/vidmuse.md). The card says cc-by-4.0; code and base weights (MusicGen) are CC-BY-NC, which is what counts here.
 */
export const vidmuse: OfficialModel = {
  facts: {
    id: 'vidmuse',
    title: 'VidMuse: visual encoder, Long-Short-Term Visual Module, music token decoder',
    origin: 'https://huggingface.co/HKUSTAudio/VidMuse',
    revision: 'main',
    licence: 'CC-BY-NC-4.0',
    nonCommercial: true,
    citation:
      'Tian et al., VidMuse: A simple video-to-music generation framework with long-short-term modeling, CVPR 2025',
    frontEnd:
      '224 x 224 pictures without antialias, 2 a second and 32 over the whole video; 4 codebooks of 2048 codes at 50 Hz',
    notes: [
      'Needs the codec encodec-32khz: compression_state_dict.bin of the same repository is only a pointer to it.',
      'The text conditioner of the file is not imported.',
    ],
  },
  networks: [
    { id: 'vidmuse-visual-encoder', architecture: 'vidmuse-visual-encoder' },
    { id: 'vidmuse-long-term', architecture: 'vidmuse-long-term' },
    { id: 'vidmuse-short-term', architecture: 'vidmuse-short-term' },
    { id: 'vidmuse-decoder', architecture: 'vidmuse-decoder' },
  ],
  layout: 'best_state.* and the training settings as YAML text in xp.cfg',
  files: [
    {
      name: 'state_dict.bin',
      role: 'weights',
      source: { kind: 'url', url: 'https://huggingface.co/HKUSTAudio/VidMuse/resolve/main/state_dict.bin' },
      aboutBytes: 7_872_000_000,
    },
  ],
};
