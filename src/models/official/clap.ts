import type { OfficialFile, OfficialModel } from './official-model.js';

const repo = 'lukewys/laion_clap';
const revision = 'b3708341862f581175dba5c356a4ebf74a9b6651';

/** The vocabulary that LAION CLAP's text tower was trained with (training/data.py: RobertaTokenizer of `roberta-base`), MIT. */
const robertaTokenizer: OfficialFile = {
  name: 'tokenizer.json',
  role: 'tokenizer',
  source: {
    kind: 'hub',
    repo: 'FacebookAI/roberta-base',
    revision: 'e2da8e2f811d1448a5b465c236feacd80ffbac7b',
    path: 'tokenizer.json',
  },
};

interface Variant {
  readonly id: string;
  readonly title: string;
  readonly file: Pick<OfficialFile, 'name'> & Partial<Pick<OfficialFile, 'bytes' | 'sha256' | 'aboutBytes'>>;
  readonly usedBy: string;
}

/** Facts: CLAP/src/laion_clap/hook.py and clap_module/{htsat,model}.py at 1fd4c37. */
function clap({ id, title, file, usedBy }: Variant): OfficialModel {
  return {
    facts: {
      id,
      title,
      origin: `https://huggingface.co/${repo}`,
      revision,
      licence: 'CC0-1.0',
      nonCommercial: false,
      citation: 'Wu et al., Large-scale contrastive language-audio pretraining, ICASSP 2023',
      frontEnd:
        '48 kHz mono, windows of 10 s (shorter sound is repeated, then padded), log-mel of 64 bands; 512 values',
      notes: [usedBy, 'The official code takes a random 10 s crop of longer sound; here all windows are taken.'],
    },
    networks: [
      { id: `${id}-audio`, architecture: 'clap-htsat' },
      { id: `${id}-text`, architecture: 'clap-text', takesText: true },
    ],
    layout: 'tensors under `state_dict`, each with `module.` in front',
    files: [{ ...file, role: 'weights', source: { kind: 'hub', repo, revision, path: file.name } }, robertaTokenizer],
  };
}

export const clapMusic: OfficialModel = clap({
  id: 'clap-music',
  title: 'LAION CLAP, music and AudioSet (HTSAT-base)',
  file: {
    name: 'music_audioset_epoch_15_esc_90.14.pt',
    bytes: 2_352_471_003,
    sha256: 'fae3e9c087f2909c28a09dc31c8dfcdacbc42ba44c70e972b58c1bd1caf6dedd',
  },
  usedBy: 'Used by audiocraft (text consistency) and fadtk.',
});

export const clapMusicSpeech: OfficialModel = clap({
  id: 'clap-music-speech',
  title: 'LAION CLAP, music, speech and AudioSet (HTSAT-base)',
  file: {
    name: 'music_speech_audioset_epoch_15_esc_89.98.pt',
    bytes: 2_352_471_003,
    sha256: '51c68f12f9d7ea25fdaaccf741ec7f81e93ee594455410f3bca4f47f88d8e006',
  },
  usedBy: 'Used by av-benchmark.',
});

export const clap630kAudioset: OfficialModel = clap({
  id: 'clap-630k-audioset',
  title: 'LAION CLAP, 630k and AudioSet (HTSAT-tiny)',
  file: {
    name: '630k-audioset-best.pt',
    bytes: 1_863_587_645,
    sha256: '8053c9775516af2f4902e1e8281e356cc1bf7a85e8b761908170767b77c3f037',
  },
  usedBy: 'The default of the laion_clap package.',
});

export const clap630kAudiosetFusion: OfficialModel = {
  ...clap({
    id: 'clap-630k-audioset-fusion',
    title: 'LAION CLAP, 630k and AudioSet, feature fusion (HTSAT-tiny)',
    file: { name: '630k-audioset-fusion-best.pt' },
    usedBy: 'Used by stable-audio-metrics.',
  }),
  unsupported: 'the fusion network takes random crops of four mel spectrograms, which no figure can be repeated with',
};
