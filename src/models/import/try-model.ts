import { BenchError } from '../../core/errors.js';
import type { InputData, ModelSession, TensorData } from '../session.js';
import { openSessionFile } from '../session.js';

export interface Trial {
  readonly input: Readonly<Record<string, TensorData<InputData>>>;
  readonly outputs: readonly { readonly name: string; readonly columns: number }[];
}

/** Loads a written model and runs it once. Throws a BenchError unless every output has its columns and only finite numbers. */
export async function tryModel(path: string, { input, outputs }: Trial): Promise<void> {
  const session = await openSessionFile(path, { asStored: true });
  try {
    const results = await runOnce(session, { path, input });
    for (const { name, columns } of outputs) {
      const { data, dims } = results[name]!;
      const fault = dims.at(-1) === columns ? firstNotFinite(data) : `dimensions [${dims}]`;
      if (fault !== undefined) throw unsound(path, `output ${name}: ${columns} finite columns`, fault);
    }
  } finally {
    await session[Symbol.asyncDispose]();
  }
}

async function runOnce(
  session: ModelSession,
  { path, input }: { readonly path: string; readonly input: Trial['input'] },
): Promise<Record<string, TensorData>> {
  try {
    return await session.run<string>(input);
  } catch (cause) {
    throw unsound(path, 'a run without an error', cause instanceof Error ? cause.message : String(cause));
  }
}

function firstNotFinite(data: Float32Array): string | undefined {
  const index = data.findIndex((value) => !Number.isFinite(value));
  return index < 0 ? undefined : `${data[index]} at ${index}`;
}

function unsound(file: string, expected: string, got: string): BenchError {
  return new BenchError({
    code: 'imported-model-unsound',
    kind: 'environment',
    file,
    problem: 'the imported model does not compute',
    expected,
    got,
    remedy: 'Import it with --dtype f32; if that fails too, the weights are damaged or not the official ones',
  });
}
