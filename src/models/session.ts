import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { BenchError } from '../core/errors.js';
import type { Model } from './catalogue.js';

// Errors of loading a provider are thrown, too.
env.logLevel = 'fatal';

/** A dense row-major array with its dimensions. */
export interface TensorData<Data = Float32Array> {
  readonly data: Data;
  readonly dims: readonly number[];
}

export type InputData = Float32Array | Float64Array | Uint8Array | Int32Array | BigInt64Array;

/** A loaded network. Outputs are float32, freshly allocated in each run; whole numbers (int64) become float32, which is exact up to 2^24. */
export interface ModelSession extends AsyncDisposable {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Computes `fetch` (all outputs where left out). Blocks the thread while it computes. */
  run<Name extends string>(
    feeds: Readonly<Record<string, TensorData<InputData>>>,
    fetch?: readonly Name[],
  ): Promise<Record<Name, TensorData>>;
}

/**
 * An array that stays where it was computed: on the device with WebGPU, in the host's memory on the CPU. Its values cannot be read; its memory is held
 * until it is disposed of. It belongs to the thread that made it, and must go before the session that made it.
 */
export interface ResidentTensor extends Disposable {
  readonly dims: readonly number[];
}

export type ResidentTensors = Readonly<Record<string, ResidentTensor>>;

/** A loaded network whose outputs, all of them, stay where they were computed. */
export interface ResidentSession extends AsyncDisposable {
  run(feeds: Readonly<Record<string, TensorData<InputData>>>): Promise<ResidentTensors>;
}

/** A loaded network that writes some outputs into arrays that are there already, which may be its inputs too, and hands the others to the host. */
export interface InPlaceSession extends AsyncDisposable {
  run(
    feeds: Readonly<Record<string, TensorData<InputData> | ResidentTensor>>,
    into: ResidentTensors,
  ): Promise<Record<string, TensorData>>;
}

export type ExecutionProvider = 'cpu' | 'cuda' | 'webgpu';

export interface SessionOptions {
  /**
   * Threads inside one operator; 2 if left out. Fixed, and not the number of cores, so that sums are taken in the same order on
   * every machine: measured on the shipped models, 1 and 2 threads give the same bits, 4 differ by up to 1.4e-6. The call blocks
   * its JavaScript thread, so several runs at a time would gain nothing.
   */
  readonly threads?: number;
  /** What computes; `cpu` if left out, which also takes over what another provider has no kernel for. */
  readonly provider?: ExecutionProvider;
  /** Run weights as they lie in the file instead of laying copies out for speed: for one run of a model that may be larger than memory. */
  readonly asStored?: boolean;
  /**
   * Measure every operator of every run: onnxruntime writes its profile (JSON) into a file whose name begins so and ends in a time of day, whole once the
   * session is disposed of. Left out: nothing is measured.
   */
  readonly profilePrefix?: string;
  /** Refuse the file unless its SHA-256 is this. */
  readonly expectedSha256?: string;
}

/** Opens the weights of a model once their hash is checked against the card. Throws a BenchError for missing or changed weights. */
export function openModel(model: Model, options: Pick<SessionOptions, 'threads'> = {}): Promise<ModelSession> {
  return openSession(model.path, { ...options, expectedSha256: model.card.sha256 });
}

/** Opens an ONNX file; what is hashed and what is run are the same bytes. */
export async function openSession(path: string, options: SessionOptions = {}): Promise<ModelSession> {
  const bytes = await readWeights(path);
  if (options.expectedSha256 !== undefined) checkHash(path, bytes, options.expectedSha256);
  return modelSession(await createSession(path, { ...options, model: bytes }), path, options);
}

/** The bytes of a model once their hash is checked against the card. Throws as `openModel`. */
export async function readModel({ path, card }: Model): Promise<Uint8Array> {
  const bytes = await readWeights(path);
  checkHash(path, bytes, card.sha256);
  return bytes;
}

/** Opens a model that is in memory; `path` is what messages name. */
export async function openSessionBytes(
  { bytes, path }: { readonly bytes: Uint8Array; readonly path: string },
  options: Omit<SessionOptions, 'expectedSha256'> = {},
): Promise<ModelSession> {
  return modelSession(await createSession(path, { ...options, model: bytes }), path, options);
}

/** Opens an ONNX file whose weights lie in a file beside it: onnxruntime maps them into memory itself, so no hash is taken. */
export async function openSessionFile(
  path: string,
  options: Omit<SessionOptions, 'expectedSha256'> = {},
): Promise<ModelSession> {
  return modelSession(await createSession(path, { ...options, model: path }), path, options);
}

/** As `openSessionFile`, for outputs that stay where they are computed. Not for CUDA, of which onnxruntime-node has no such outputs. */
export async function openResidentSession(
  path: string,
  options: Omit<SessionOptions, 'expectedSha256'> = {},
): Promise<ResidentSession> {
  const session = await createSession(path, { ...options, model: path, isResident: options.provider === 'webgpu' });
  return {
    run: async (feeds) => {
      const outputs = Object.entries(await session.run(tensors(feeds)));
      return Object.fromEntries(outputs.map(([name, tensor]) => [name, residentTensor(tensor)]));
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}

/** As `openSessionFile`, for outputs in place. */
export async function openInPlaceSession(
  path: string,
  options: Omit<SessionOptions, 'expectedSha256'> = {},
): Promise<InPlaceSession> {
  const session = await createSession(path, { ...options, model: path });
  return {
    run: async (feeds, into) => {
      const places = Object.fromEntries(session.outputNames.map((name) => [name, heldBy(into[name])]));
      const outputs = await session.run(tensors(feeds), places);
      const hosted = Object.entries(outputs).filter(([name, tensor]) => {
        if (into[name] === undefined) return true;
        // A second handle of the same memory.
        tensor.dispose();
        return false;
      });
      return floatOutputs(Object.fromEntries(hosted), path);
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}

/** What onnxruntime knows an array by. */
const residents = new WeakMap<ResidentTensor, Tensor>();

function residentTensor(tensor: Tensor): ResidentTensor {
  const resident = { dims: tensor.dims, [Symbol.dispose]: () => tensor.dispose() };
  residents.set(resident, tensor);
  return resident;
}

function heldBy(resident: ResidentTensor | undefined): Tensor | null {
  if (resident === undefined) return null;
  const tensor = residents.get(resident);
  if (tensor === undefined) throw new TypeError('the array was not made by a session of this thread');
  return tensor;
}

function modelSession(session: InferenceSession, path: string, { profilePrefix }: SessionOptions): ModelSession {
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async (feeds, fetch) => floatOutputs(await session.run(tensors(feeds), fetch ?? session.outputNames), path),
    async [Symbol.asyncDispose]() {
      if (profilePrefix !== undefined) session.endProfiling();
      await session.release();
    },
  };
}

/** Version of the onnxruntime that runs the models. */
export function onnxruntimeVersion(): string {
  return env.versions.node ?? env.versions.common;
}

async function readWeights(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new BenchError({
      code: 'weights-not-readable',
      kind: 'environment',
      file: path,
      problem: 'the model weights cannot be read',
      got: cause instanceof Error ? cause.message : String(cause),
      remedy: 'Reinstall the package, or restore the file from the repository',
      cause,
    });
  }
}

function checkHash(path: string, bytes: Uint8Array, expected: string): void {
  const got = createHash('sha256').update(bytes).digest('hex');
  if (got === expected) return;
  throw new BenchError({
    code: 'weights-changed',
    kind: 'environment',
    file: path,
    problem: 'the model weights are not those of the card, so figures made with them would not be comparable',
    expected: `SHA-256 ${expected}`,
    got,
    remedy: 'Reinstall the package, or restore the file from the repository',
  });
}

/** A model in memory or by its path. */
interface SessionSource extends SessionOptions {
  readonly model: string | Uint8Array;
  /** Outputs stay on the device. */
  readonly isResident?: boolean;
}

async function createSession(path: string, source: SessionSource): Promise<InferenceSession> {
  const { model, threads = 2, provider = 'cpu', asStored = false, profilePrefix, isResident = false } = source;
  const options: InferenceSession.SessionOptions = {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Only what is fatal: every error is thrown, too.
    logSeverityLevel: 4,
    ...(profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
    ...(isResident ? { preferredOutputLocation: 'gpu-buffer' } : {}),
    // Optimisations would compute with weights ahead of time, into copies.
    ...(asStored ? { graphOptimizationLevel: 'disabled', extra: { session: { disable_prepacking: '1' } } } : {}),
  };
  try {
    // Written twice, because the types of `create` tell a path from bytes.
    return await (typeof model === 'string'
      ? InferenceSession.create(model, options)
      : InferenceSession.create(model, options));
  } catch (cause) {
    if (provider !== 'cpu') throw providerMissing(path, provider, cause);
    throw new BenchError({
      code: 'model-not-loadable',
      kind: 'environment',
      file: path,
      problem: `onnxruntime cannot load the model: ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'Check that the file is an ONNX model that onnxruntime supports',
      cause,
    });
  }
}

function providerMissing(file: string, provider: ExecutionProvider, cause: unknown): BenchError {
  return new BenchError({
    code: 'provider-not-available',
    kind: 'environment',
    file,
    problem: `onnxruntime cannot compute this with ${provider}: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'Use --provider cpu, or see docs/gpu.md',
    cause,
  });
}

function tensors(feeds: Readonly<Record<string, TensorData<InputData> | ResidentTensor>>): Record<string, Tensor> {
  const entries = Object.entries(feeds).map(([name, feed]) => {
    return [name, 'data' in feed ? new Tensor(feed.data, feed.dims) : heldBy(feed)!] as const;
  });
  return Object.fromEntries(entries);
}

function floatOutputs<Name extends string>(
  outputs: InferenceSession.OnnxValueMapType,
  path: string,
): Record<Name, TensorData> {
  const entries = Object.entries(outputs).map(([name, { data, dims }]) => {
    if (data instanceof BigInt64Array) return [name, { data: Float32Array.from(data, Number), dims }] as const;
    if (!(data instanceof Float32Array)) throw new TypeError(`${path}: output ${name} is not float32`);
    return [name, { data, dims }] as const;
  });
  return Object.fromEntries(entries) as Record<Name, TensorData>;
}
