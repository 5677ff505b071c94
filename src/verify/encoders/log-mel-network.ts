import { ok } from '../../core/outcome.js';
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
  /** Name of the graph's input; `logmel` if left out. */
  readonly inputName?: string;
  /** Sound to the network's input. */
  readonly logMel: (mono: Float32Array) => TensorData;
  /** What is done to the sound before, as the golden file's text says; nothing if left out. */
  readonly prepare?: (mono: Float32Array, what: string) => Float32Array;
  /** The name of the graph's output (or probe) for a kind of file; kinds that are not here are taken as they are named. */
  readonly outputOf?: Readonly<Record<string, string>>;
  /** Kinds of files that are no output of the graph on the prepared sound. */
  readonly special?: Readonly<Record<string, SpecialOutput>>;
}

/** `what` is the text of the golden file. */
export type SpecialOutput = (mono: Float32Array, session: ModelSession, what: string) => Promise<TensorData>;

interface Running<Dimensions> {
  readonly session: ModelSession;
  readonly network: LogMelNetwork<Dimensions>;
}

/** Runs the network once for each input (as prepared), with all outputs that are asked for. */
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
  running: Running<Dimensions>,
): AsyncGenerator<CaseOutput, void, undefined> {
  const { special = {}, prepare = (mono) => mono } = running.network;
  const mono = audioSamples(input);
  const ofNetwork: { readonly mono: Float32Array; readonly outputs: typeof outputs }[] = [];
  for (const entry of outputs) {
    const { file, what } = entry.output;
    const own = special[entry.kind];
    if (own !== undefined) {
      yield { file, outcome: ok(await own(mono, running.session, what)) };
      continue;
    }
    const prepared = prepare(mono, what);
    const place = ofNetwork.findIndex((other) => sameSamples(other.mono, prepared));
    if (place < 0) ofNetwork.push({ mono: prepared, outputs: [entry] });
    else ofNetwork[place] = { mono: prepared, outputs: [...ofNetwork[place]!.outputs, entry] };
  }
  for (const run of ofNetwork) yield* runOnce(run, running);
}

async function* runOnce<Dimensions>(
  { mono, outputs }: { readonly mono: Float32Array; readonly outputs: InputGroup<AudioInput>['outputs'] },
  { session, network }: Running<Dimensions>,
): AsyncGenerator<CaseOutput, void, undefined> {
  const { outputOf = {}, inputName = 'logmel', logMel } = network;
  const named = outputs.map(({ kind, output }) => ({ name: outputOf[kind] ?? kind, file: output.file }));
  const fetched = [...new Set(named.map(({ name }) => name).filter((name) => session.outputNames.includes(name)))];
  if (fetched.length === 0) return;
  const results = await session.run({ [inputName]: logMel(mono) }, fetched);
  for (const { name, file } of named) {
    const tensor = results[name];
    if (tensor !== undefined) yield { file, outcome: ok(tensor) };
  }
}

function sameSamples(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((sample, index) => sample === b[index]);
}
