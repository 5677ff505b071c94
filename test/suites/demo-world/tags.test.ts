import { describe, expect, it } from 'vitest';
import { matchLoudness } from '../../../src/dsp/loudness.js';
import { toMono } from '../../../src/dsp/mono.js';
import { createResampler } from '../../../src/dsp/resample.js';
import { createMusicnnEncoder } from '../../../src/encoders/musicnn-encoder.js';
import { makeScene, musicSampleRateHz, type SceneScript } from '../../../src/suites/demo-world/index.js';
import { testScripts } from './demo-clips.js';

/** Places of the MagnaTagATune tags used here in the network's output. */
const tagColumns = {
  guitar: 0,
  classical: 1,
  techno: 3,
  strings: 4,
  drums: 5,
  electronic: 6,
  rock: 7,
  piano: 9,
  beat: 11,
  violin: 12,
  synth: 14,
  flute: 25,
  sitar: 31,
  harp: 42,
} as const;
type Tag = keyof typeof tagColumns;

/** One of these must be among a clip's five strongest tags of all 50. */
const fitting: Readonly<Record<SceneScript['palette'], readonly Tag[]>> = {
  ember: ['guitar', 'drums', 'rock'],
  neon: ['electronic', 'synth', 'techno', 'drums', 'beat'],
  forest: ['flute', 'guitar', 'strings'],
  ocean: ['piano'],
  dusk: ['strings', 'violin', 'classical'],
  sand: ['guitar', 'sitar', 'strings', 'harp'],
};

const encoder = createMusicnnEncoder('mtt');

async function topFive(script: SceneScript): Promise<readonly number[]> {
  const levelled = matchLoudness(makeScene(script).music, -23);
  if (levelled.status !== 'ok') throw new Error(levelled.status);
  const resampler = createResampler({ fromHz: musicSampleRateHz, toHz: encoder.sampleRateHz, kind: 'torchaudioHann' });
  const features = await encoder.encode(resampler.process(toMono(levelled.value)));
  if (features.status !== 'ok') throw new Error(features.status);
  const { data, rows, columns } = features.value.tags!;
  const sums = Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += data[row * columns + column]!;
    return sum;
  });
  return [...sums.keys()].sort((a, b) => sums[b]! - sums[a]!).slice(0, 5);
}

describe('the demo music as a music tagger hears it', () => {
  it.each(testScripts.slice(0, 12))('names an instrument or genre of $palette in $id', async (script) => {
    const strongest = await topFive(script);
    const wanted = fitting[script.palette].map((tag) => tagColumns[tag]);
    expect(strongest.some((column) => wanted.some((want) => want === column))).toBe(true);
  });
});
