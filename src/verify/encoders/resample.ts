import { ok, skipped } from '../../core/outcome.js';
import { createResampler, type ResamplerKind } from '../../dsp/resample.js';
import type { CaseOutput, CaseRequest, CaseRunner } from '../case-runner.js';
import { type AudioInput, type GoldenOutput, isAudioInput } from '../golden.js';
import { audioSamples } from '../recipe.js';

/** The converters of the tools by the names that the fixtures give them. */
const kinds: Readonly<Record<string, ResamplerKind>> = {
  torchaudio_default: 'torchaudioHannFloat32',
  torchaudio_kaiser_fadtk: 'kaiserBest',
  resampy_kaiser_best: 'resampyKaiserBest',
  resampy_02_kaiser_best: 'resampy02KaiserBest',
  soxr_hq_librosa: 'soxrHq',
  julius_audiocraft: 'juliusFrac',
};

/** `FROM_TO.KIND.npy`: the input of rate FROM at rate TO. */
export const resample: CaseRunner = {
  name: 'resample',
  handles: (encoder) => encoder === 'resample',
  async *run({ fixture, wanted }: CaseRequest) {
    const inputs = fixture.golden.inputs.filter(isAudioInput);
    for (const output of wanted) yield convert(output, inputs);
  },
};

function convert({ file }: GoldenOutput, inputs: readonly AudioInput[]): CaseOutput {
  const [, from, to, name] = /^(\d+)_(\d+)\.(\w+)\.npy$/.exec(file) ?? [];
  const input = inputs.find(({ sr }) => String(sr) === from);
  const kind = kinds[name ?? ''];
  if (input === undefined || kind === undefined) {
    return { file, outcome: skipped(`no resampler ${name ?? file} yet`) };
  }
  const data = createResampler({ fromHz: input.sr, toHz: Number(to), kind }).process(audioSamples(input));
  return { file, outcome: ok({ data, dims: [data.length] }) };
}
