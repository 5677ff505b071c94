import { type Outcome, ok } from '../../core/outcome.js';
import type { Architecture } from '../../models/architectures/architecture.js';
import type { ModelSession, TensorData } from '../../models/session.js';
import type { CaseOutput, CaseRequest } from '../case-runner.js';
import { type AudioInput, isAudioInput } from '../golden.js';
import { groupByInput, type InputGroup } from '../group-outputs.js';
import { audioSamples } from '../recipe.js';
import { openRecipeSession } from '../recipe-session.js';

/** How the golden files of a network on log-mel spectrograms are computed. */
export interface LogMelNetwork<Dimensions> {
  readonly architecture: Architecture<Dimensions>;
  /** Sound to the network's input. */
  readonly logMel: (mono: Float32Array) => TensorData;
  /** The name of the graph's output (or probe) for a kind of file; kinds that are not here are taken as they are named. */
  readonly outputOf?: Readonly<Record<string, string>>;
  /** Kinds of files that are no output of the graph on the whole sound. */
  readonly special?: Readonly<Record<string, (mono: Float32Array, session: ModelSession) => Promise<TensorData>>>;
}

/** Runs the network once for each input, with all outputs that are asked for. */
export async function* runLogMelNetwork<Dimensions>(
  request: CaseRequest,
  network: LogMelNetwork<Dimensions>,
): AsyncGenerator<CaseOutput, void, undefined> {
  const { outputOf = {} } = network;
  const groups = groupByInput(request.fixture.golden.inputs.filter(isAudioInput), request.wanted);
  const kinds = groups.flatMap(({ outputs }) => outputs.map(({ kind }) => outputOf[kind] ?? kind));
  await using session = await openRecipeSession(request, { architecture: network.architecture, kinds });
  for (const group of groups) yield* runGroup(group, { session, network });
}

async function* runGroup<Dimensions>(
  { input, outputs }: InputGroup<AudioInput>,
  { session, network }: { readonly session: ModelSession; readonly network: LogMelNetwork<Dimensions> },
): AsyncGenerator<CaseOutput, void, undefined> {
  const { outputOf = {}, special = {} } = network;
  const mono = audioSamples(input);
  const named = outputs.map(({ kind, output }) => ({ kind, name: outputOf[kind] ?? kind, file: output.file }));
  const fetched = [...new Set(named.map(({ name }) => name).filter((name) => session.outputNames.includes(name)))];
  const results = fetched.length > 0 ? await session.run({ logmel: network.logMel(mono) }, fetched) : {};
  for (const { kind, name, file } of named) {
    const own = special[kind];
    const tensor = own === undefined ? results[name] : await own(mono, session);
    const outcome: Outcome<TensorData> | undefined = tensor === undefined ? undefined : ok(tensor);
    if (outcome !== undefined) yield { file, outcome };
  }
}
