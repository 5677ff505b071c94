import { ok } from '../../core/outcome.js';
import { clapFrontEnd, clapLogMel, clapWindowAt, quantisedToInt16, repeatPadded } from '../../dsp/clap-sound.js';
import { clapText } from '../../models/architectures/clap-text.js';
import { htsat } from '../../models/architectures/htsat.js';
import type { ModelSession, TensorData } from '../../models/session.js';
import type { CaseOutput, CaseRequest, CaseRunner } from '../case-runner.js';
import { type IdsInput, isAudioInput, isIdsInput } from '../golden.js';
import { groupByInput, type InputGroup } from '../group-outputs.js';
import { audioSamples } from '../recipe.js';
import { openRecipeSession } from '../recipe-session.js';
import { runLogMelNetwork } from './log-mel-network.js';

/** The golden files of LAION CLAP, both towers. */
export const clapRunner: CaseRunner = {
  name: 'clap',
  handles: (encoder) => /^clap_(tiny|base)$/.test(encoder),
  async *run(request) {
    const texts = groupByInput(request.fixture.golden.inputs.filter(isIdsInput), request.wanted);
    const ofText = new Set(texts.flatMap(({ outputs }) => outputs.map(({ output }) => output.file)));
    const ofSound = request.wanted.filter(({ file }) => !ofText.has(file));
    if (ofSound.length > 0) yield* runSound({ ...request, wanted: ofSound });
    if (texts.length > 0) yield* runText(request, texts);
  },
};

/** The spectrogram of transformers' ClapFeatureExtractor, which has no network. */
export const clapFeatureExtractorRunner: CaseRunner = {
  name: 'clap_hf_frontend',
  handles: (encoder) => encoder === 'clap_hf_frontend',
  async *run({ fixture, wanted }) {
    const inputs = fixture.golden.inputs.filter(isAudioInput);
    for (const { input, outputs } of groupByInput(inputs, wanted)) {
      const { dims, data } = logMelInput(audioSamples(input));
      for (const { kind, output } of outputs) {
        if (kind === 'input_features') yield { file: output.file, outcome: ok({ dims: dims.slice(1), data }) };
      }
    }
  },
};

function runSound(request: CaseRequest): AsyncGenerator<CaseOutput, void, undefined> {
  return runLogMelNetwork(request, {
    architecture: htsat,
    logMel: logMelInput,
    prepare: (mono, what) => (what.includes('int16-quantised') ? quantisedToInt16(mono) : mono),
    special: {
      logmel: async (mono) => {
        const { data, dims } = logMelInput(mono);
        // The official code keeps an axis for the one channel.
        return { data, dims: [1, ...dims] };
      },
      windows: windowEmbeddings,
    },
  });
}

function logMelInput(mono: Float32Array): TensorData {
  const { rows, columns, data } = clapLogMel(repeatPadded(mono));
  return { data, dims: [1, rows, columns] };
}

/** One row for each start that the text names: "starts [0, 48000] samples", then "starts 3, 8, 11 s". */
async function windowEmbeddings(mono: Float32Array, session: ModelSession, what: string): Promise<TensorData> {
  const rows: Float32Array[] = [];
  for (const start of statedStarts(what)) {
    const { rows: frames, columns, data } = clapLogMel(clapWindowAt(mono, start));
    const { embedding } = await session.run({ logmel: { data, dims: [1, frames, columns] } }, ['embedding']);
    rows.push(embedding.data);
  }
  return { data: Float32Array.from(rows.flatMap((row) => [...row])), dims: [rows.length, rows[0]?.length ?? 0] };
}

function statedStarts(what: string): number[] {
  const numbers = (list: string | undefined): number[] => (list?.match(/\d+/g) ?? []).map(Number);
  const samples = numbers(/starts \[([\d, ]+)\] samples/.exec(what)?.[1]);
  const seconds = numbers(/starts ([\d, ]+) s\b/.exec(what)?.[1]);
  return [...samples, ...seconds.map((second) => second * clapFrontEnd.sampleRateHz)];
}

async function* runText(
  request: CaseRequest,
  groups: readonly InputGroup<IdsInput>[],
): AsyncGenerator<CaseOutput, void, undefined> {
  const kinds = groups.flatMap(({ outputs }) => outputs.map(({ kind }) => kind));
  await using session = await openRecipeSession(request, { architecture: clapText, kinds });
  for (const { input, outputs } of groups) {
    const data = BigInt64Array.from(input.ids.flat(), BigInt);
    const results = await session.run<string>({ ids: { data, dims: [input.ids.length, input.ids[0]?.length ?? 0] } });
    for (const { kind, output } of outputs) {
      const tensor = results[kind];
      if (tensor !== undefined) yield { file: output.file, outcome: ok(tensor) };
    }
  }
}
