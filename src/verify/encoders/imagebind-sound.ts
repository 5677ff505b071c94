import { ok } from '../../core/outcome.js';
import type { Waveform } from '../../core/waveform.js';
import { imagebindSound } from '../../dsp/imagebind-sound.js';
import { kaldiFrontEnd } from '../../dsp/kaldi-fbank.js';
import { createResampler } from '../../dsp/resample.js';
import { imagebindAudio } from '../../models/architectures/imagebind-audio.js';
import type { ModelSession, TensorData } from '../../models/session.js';
import type { CaseOutput, CaseRequest } from '../case-runner.js';
import { type AudioInput, isAudioInput } from '../golden.js';
import { groupByInput } from '../group-outputs.js';
import { audioSamples } from '../recipe.js';
import { openRecipeSession } from '../recipe-session.js';
import { meanOfRows, withFirstAxesSwapped } from './mean-row.js';

/** Probes by the kind of file. */
const probes: Readonly<Record<string, string>> = { audio_tokens: 'tokens', audio_block0: 'block0' };

/** `INPUT.audio`, `.fbank`, `.audio_tokens`, `.audio_block0` and `.audio_clips_head`. */
export async function* imagebindSoundCases(request: CaseRequest): AsyncGenerator<CaseOutput, void, undefined> {
  if (request.wanted.length === 0) return;
  const sounds = soundsOf(request.fixture.golden.inputs.filter(isAudioInput));
  const groups = groupByInput(
    sounds.map((sound) => ({ ...sound.inputs[0]!, id: sound.id })),
    request.wanted,
  );
  const kinds = groups.flatMap(({ outputs }) => outputs.map(({ kind }) => probes[kind] ?? kind));
  await using session = await openRecipeSession(request, { architecture: imagebindAudio, kinds });
  for (const { input, outputs } of groups) {
    const { inputs } = sounds.find(({ id }) => id === input.id)!;
    const mel = imagebindSound(waveformOf(inputs));
    const results = await session.run<string>({ mel });
    for (const { kind, output } of outputs) {
      const tensor = tensorOf(kind, { mel, results, session });
      if (tensor !== undefined) yield { file: output.file, outcome: ok(tensor) };
    }
  }
}

interface Sound {
  readonly id: string;
  readonly inputs: readonly AudioInput[];
}

/** Each input is a mono sound; `stereo_left_NAME` and `stereo_right_NAME` together are `stereo_NAME` too. */
function soundsOf(inputs: readonly AudioInput[]): Sound[] {
  const stereo = inputs.flatMap((left) => {
    const name = /^stereo_left_(.+)$/.exec(left.id)?.[1];
    const right = inputs.find(({ id }) => id === `stereo_right_${name}`);
    return name === undefined || right === undefined ? [] : [{ id: `stereo_${name}`, inputs: [left, right] }];
  });
  return [...inputs.map((input) => ({ id: input.id, inputs: [input] })), ...stereo];
}

function waveformOf(inputs: readonly AudioInput[]): Waveform {
  const { sampleRateHz } = kaldiFrontEnd;
  const resampler = createResampler({ fromHz: inputs[0]!.sr, toHz: sampleRateHz, kind: 'torchaudioHannFloat32' });
  return { sampleRateHz, channels: inputs.map((input) => resampler.process(audioSamples(input))) };
}

interface Computed {
  readonly mel: TensorData;
  readonly results: Readonly<Record<string, TensorData>>;
  readonly session: ModelSession;
}

function tensorOf(kind: string, { mel, results }: Computed): TensorData | undefined {
  if (kind === 'fbank') return { data: mel.data, dims: [1, ...mel.dims] };
  if (kind === 'audio') return meanOfRows(results.embedding!);
  if (kind === 'audio_clips_head') return results.head;
  if (kind === 'audio_tokens') return results.tokens;
  // The official trunk has the tokens before the batch.
  return kind === 'audio_block0' ? withFirstAxesSwapped(results.block0!) : undefined;
}
