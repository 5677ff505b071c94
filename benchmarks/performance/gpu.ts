/**
 * `npm run bench:gpu`: VidMuse's decoder at the released size on CUDA, beside PyTorch where python3 has it with a GPU. Weights by recipe: speed does
 * not depend on them. `--clips 1,4,16`, `--columns 1504`, `--only speed,torch,parity,webgpu`, `--provider cuda`.
 *
 * `--profile`: time by operator in a short window instead, and what share of the bandwidth a step comes to (`--clips 1,16 --columns 66` unless told
 * otherwise). `--size tiny --provider cpu` tries the same without a GPU.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, workerData } from 'node:worker_threads';
import type { VidmuseDimensions } from '../../src/models/architectures/vidmuse/dimensions.js';
import { type ExecutionProvider, onnxruntimeVersion, openSessionFile } from '../../src/models/session.js';
import { copySpeed } from './gpu/copy-speed.js';
import {
  type FullSizeModel,
  releasedSize,
  tinySize,
  type WriterJob,
  writeFullSize,
  writePart,
} from './gpu/full-size.js';
import type { ProfileJob } from './gpu/profile.js';
import { measureResident } from './gpu/resident-speed.js';
import { stepBytes } from './gpu/step-bytes.js';
import { compareTeacherForced } from './gpu/teacher-forced.js';
import { compareWithTorch } from './gpu/torch-comparison.js';
import { createWindowRun, framesOfWindow } from './gpu/window-run.js';

if (isMainThread) await main();
else writePart(workerData as WriterJob);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      clips: { type: 'string' },
      columns: { type: 'string' },
      only: { type: 'string' },
      provider: { type: 'string', default: 'cuda' },
      profile: { type: 'boolean', default: false },
      size: { type: 'string', default: 'released' },
    },
  });
  const { profile } = values;
  const wanted = new Set((values.only ?? (profile ? 'profile' : 'speed,torch,parity,webgpu')).split(','));
  const provider = values.provider as ExecutionProvider;
  const dimensions = values.size === 'tiny' ? tinySize : releasedSize;
  const clips = (values.clips ?? (profile ? '1,16' : '1,4,8,16,24,32')).split(',').map(Number);
  const columns = Number(values.columns ?? (profile ? 66 : 1504));
  const folder = mkdtempSync(join(tmpdir(), 'bench-gpu-'));
  try {
    console.log(`onnxruntime ${onnxruntimeVersion()}, ${provider}; ${gpuLine()}`);
    const write = (dtype: 'f16' | 'f32'): Promise<FullSizeModel> =>
      writeFullSize(join(folder, dtype), {
        ...{ dtype, dimensions, threads: availableParallelism(), script: import.meta.url },
      }).then((written) => {
        console.log(`weights ${(written.bytes / 1e9).toFixed(2)} GB in ${dtype === 'f16' ? 'float16' : 'float32'}`);
        return written;
      });
    const isOnGpu = provider !== 'cpu';
    let writing: Promise<FullSizeModel> | undefined;
    const model = (): Promise<FullSizeModel> => {
      writing ??= write(isOnGpu ? 'f16' : 'f32');
      return writing;
    };
    let speeds: Speeds = new Map();
    if (wanted.has('speed') || wanted.has('profile')) {
      const path = (await model()).path(provider === 'cuda' ? 'paged-window' : 'window');
      const subject: Subject = { path, provider, dimensions, columns, bytesOfFloat: isOnGpu ? 2 : 4 };
      speeds = await measureSpeed(subject, clips);
      if (wanted.has('profile')) await explain(subject, { speeds, folder });
    }
    if (wanted.has('torch')) compareWithTorch(speeds);
    if (wanted.has('webgpu')) await measureResident(model, { dimensions, clips, columns });
    // Its codes and memory are those of the released size.
    if (wanted.has('parity') && dimensions === releasedSize)
      await compareTeacherForced({
        halves: isOnGpu ? await model() : await write('f16'),
        floats: await write('f32'),
        provider,
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A graph of a whole window and how it is run. */
interface Subject {
  readonly path: string;
  readonly provider: ExecutionProvider;
  readonly dimensions: VidmuseDimensions;
  readonly columns: number;
  readonly bytesOfFloat: number;
}

/** Milliseconds a step by number of clips. */
type Speeds = ReadonlyMap<number, number>;

async function measureSpeed(
  { path, provider, dimensions, columns }: Subject,
  clips: readonly number[],
): Promise<Speeds> {
  const startedMs = performance.now();
  await using session = await openSessionFile(path, { provider });
  console.log(`loaded in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  console.log('clips  ms per step  ms per clip-step  V2M-bench (1.65 M clip-steps)  GPU memory  same codes twice');
  const speeds = new Map<number, number>();
  for (const count of clips) {
    try {
      const memoryUse = watchMemory();
      const run = createWindowRun(session, { dimensions, clips: count, columns });
      const runs: { readonly ms: number; readonly print: number }[] = [];
      for (let turn = 0; turn < 2; turn++) {
        const begunMs = performance.now();
        const codes = await run();
        const ms = performance.now() - begunMs;
        runs.push({
          ms,
          print: codes.flatMap(({ data }) => [...data]).reduce((hash, code) => (hash * 31 + code) | 0, 0),
        });
      }
      const perStep = Math.min(...runs.map(({ ms }) => ms)) / (columns - 1);
      speeds.set(count, perStep);
      const minutes = (perStep / count) * (1.65e6 / 60_000);
      const same = runs.every(({ print }) => print === runs[0]!.print) ? 'yes' : 'NO';
      console.log(
        `${String(count).padStart(5)}  ${perStep.toFixed(2).padStart(11)}  ${(perStep / count).toFixed(3).padStart(16)}  ${`${minutes.toFixed(1)} min`.padStart(29)}  ${(await memoryUse()).padStart(10)}  ${same}  (runs ${runs.map(({ ms }) => (ms / (columns - 1)).toFixed(2)).join(', ')})`,
      );
    } catch (error) {
      console.log(`${String(count).padStart(5)}  not measured: ${(error as Error).message.slice(0, 200)}`);
    }
  }
  return speeds;
}

/** Where the time of a step goes: what must be read at the speed of the memory, and each kind of operator. */
async function explain(
  subject: Subject,
  { speeds, folder }: { readonly speeds: Speeds; readonly folder: string },
): Promise<void> {
  const { provider, dimensions, columns, bytesOfFloat } = subject;
  const isOnCuda = provider === 'cuda';
  const bytesPerSecond = await copySpeed({
    ...{ folder, provider },
    ...(isOnCuda ? { length: 2 ** 28, turns: 50 } : { length: 2 ** 23, turns: 8 }),
  });
  console.log(`reads and writes ${(bytesPerSecond / 1e12).toPrecision(3)} TB/s (x + 1 in a loop, this run)`);
  for (const [clips, ms] of speeds) {
    const { weights, keysAndValues } = stepBytes({
      ...{ dimensions, clips, columns, bytesOfFloat, frames: framesOfWindow },
    });
    const floorMs = (1000 * (weights + keysAndValues)) / bytesPerSecond;
    console.log(
      `\n${clips} clips: a step has to read ${(weights / 1e9).toPrecision(3)} GB of weights and ${(keysAndValues / 1e9).toPrecision(3)} GB of keys and values: ${floorMs.toPrecision(3)} ms at that speed, ${((100 * floorMs) / ms).toFixed(1)} % of the ${ms.toFixed(3)} ms that it takes unprofiled`,
    );
    console.log(profiled({ ...subject, clips }));
  }
}

function profiled({ path, provider, dimensions, columns, clips }: Subject & { readonly clips: number }): string {
  const job: ProfileJob = { path, provider, dimensions, columns, clips };
  const script = fileURLToPath(new URL('./gpu/profile.ts', import.meta.url));
  try {
    return execFileSync(process.execPath, [...process.execArgv, script, JSON.stringify(job)], {
      encoding: 'utf8',
      env: { ...process.env, CUDA_LAUNCH_BLOCKING: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    }).trim();
  } catch (error) {
    return `not profiled: ${(error as Error).message.split('\n')[0]}`;
  }
}

/** Largest use of GPU memory by all processes until it is asked for. */
function watchMemory(): () => Promise<string> {
  let most = 0;
  const child = spawn('nvidia-smi', ['--query-gpu=memory.used', '--format=csv,noheader,nounits', '-lms', '250']);
  child.on('error', () => undefined);
  child.stdout.on('data', (text: Buffer) => {
    most = Math.max(most, ...text.toString().split('\n').filter(Boolean).map(Number));
  });
  return async () => {
    // The computing blocks this thread: what the pipe holds comes now.
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill();
    return most === 0 ? 'unknown' : `${((most * 1.048576) / 1000).toFixed(1)} GB`;
  };
}

function gpuLine(): string {
  try {
    return execFileSync('nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader'], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return 'no nvidia-smi';
  }
}
