import type { OfficialModel } from './official-model.js';

interface Variant {
  readonly seconds: number;
  readonly release: string;
  readonly file: string;
  readonly bytes: number;
}

/** Facts: hear21passt/models/passt.py (`default_cfgs`) at 5f1cce6. */
function passt({ seconds, release, file, bytes }: Variant): OfficialModel {
  return {
    facts: {
      id: `passt-s-${seconds}s`,
      title: `PaSST-S, ${seconds} s`,
      origin: 'https://github.com/kkoutini/PaSST',
      revision: `release ${release}`,
      licence: 'Apache-2.0',
      nonCommercial: false,
      citation: 'Koutini et al., Efficient training of audio transformers with patchout, Interspeech 2022',
      frontEnd: `32 kHz mono, pre-emphasis, log-mel of 128 bands, 10 ms hop; at most ${seconds} s`,
    },
    networks: [{ id: `passt-s-${seconds}s`, architecture: 'passt' }],
    layout: 'no prefix; the wrapper of hear21passt puts `net.` in front',
    files: [
      {
        name: file,
        role: 'weights',
        source: { kind: 'url', url: `https://github.com/kkoutini/PaSST/releases/download/${release}/${file}` },
        bytes,
      },
    ],
  };
}

export const passtS10: OfficialModel = passt({
  seconds: 10,
  release: 'v0.0.1-audioset',
  file: 'passt-s-f128-p16-s10-ap.476-swa.pt',
  bytes: 344_665_734,
});

export const passtS20: OfficialModel = passt({
  seconds: 20,
  release: 'v0.0.5',
  file: 'passt-s-f128-20sec-p16-s10-ap.474-swa.pt',
  bytes: 344_975_942,
});

export const passtS30: OfficialModel = passt({
  seconds: 30,
  release: 'v0.0.5',
  file: 'passt-s-f128-30sec-p16-s10-ap.473-swa.pt',
  bytes: 345_283_206,
});
