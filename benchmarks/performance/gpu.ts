/**
 * `npm run bench:gpu`: VidMuse's decoder at the released size on CUDA, beside PyTorch where python3 has it with a GPU. Weights by recipe: speed does
 * not depend on them. `--clips 1,4,16`, `--columns 1504`, `--only speed,torch,parity,webgpu`, `--provider cuda`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, workerData } from 'node:worker_threads';
import { streamKey, uniformAt } from '../../src/core/uniform-stream.js';
import { emptyCodes } from '../../src/generate/vidmuse/delay-pattern.js';
import { createLoopDecoder } from '../../src/generate/vidmuse/loop-decoder.js';
import { officialSampling } from '../../src/generate/vidmuse/sampling.js';
import {
  type ExecutionProvider,
  onnxruntimeVersion,
  openSessionFile,
  type TensorData,
} from '../../src/models/session.js';
import { type FullSizeModel, releasedSize, type WriterJob, writeFullSize, writePart } from './gpu/full-size.js';
import { measureResident } from './gpu/resident-speed.js';
import { compareTeacherForced } from './gpu/teacher-forced.js';

const { decoder } = releasedSize;
const framesOfWindow = 60;
const tokensOfFrame = 50;

if (isMainThread) await main();
else writePart(workerData as WriterJob);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      clips: { type: 'string', default: '1,4,8,16,24,32' },
      columns: { type: 'string', default: '1504' },
      only: { type: 'string', default: 'speed,torch,parity,webgpu' },
      provider: { type: 'string', default: 'cuda' },
    },
  });
  const wanted = new Set(values.only.split(','));
  const folder = mkdtempSync(join(tmpdir(), 'bench-gpu-'));
  try {
    console.log(`onnxruntime ${onnxruntimeVersion()}, ${values.provider}; ${gpuLine()}`);
    let written: Promise<FullSizeModel> | undefined;
    const halves = (): Promise<FullSizeModel> => {
      written ??= writeHalves(join(folder, 'f16'));
      return written;
    };
    const columns = Number(values.columns);
    const clips = values.clips.split(',').map(Number);
    if (wanted.has('speed'))
      await measureSpeed(await halves(), { columns, clips, provider: values.provider as ExecutionProvider });
    if (wanted.has('torch')) compareWithTorch();
    if (wanted.has('parity')) {
      const floats = await writeFullSize(join(folder, 'f32'), {
        ...{ dtype: 'f32', threads: availableParallelism(), script: import.meta.url },
      });
      await compareTeacherForced({ halves: await halves(), floats, provider: values.provider as ExecutionProvider });
    }
    if (wanted.has('webgpu'))
      await measureResident(halves, {
        ...{ dimensions: releasedSize, clips, columns },
        ...{ memory: recipeMemory(framesOfWindow, 'memory'), nullMemory: recipeMemory(1, 'null') },
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeHalves(folder: string): Promise<FullSizeModel> {
  const halves = await writeFullSize(folder, {
    ...{ dtype: 'f16', threads: availableParallelism(), script: import.meta.url },
  });
  console.log(`weights ${(halves.bytes / 1e9).toFixed(2)} GB in float16`);
  return halves;
}

/** Memory of one frame or of many, [frames, 50, width]. */
function recipeMemory(frames: number, name: string): TensorData {
  const data = new Float32Array(frames * tokensOfFrame * decoder.width);
  const key = streamKey(name, 1);
  for (let index = 0; index < data.length; index++) data[index] = 2 * uniformAt(key, index) - 1;
  return { data, dims: [frames, tokensOfFrame, decoder.width] };
}

async function measureSpeed(
  model: FullSizeModel,
  {
    clips,
    columns,
    provider,
  }: { readonly clips: readonly number[]; readonly columns: number; readonly provider: ExecutionProvider },
): Promise<void> {
  const startedMs = performance.now();
  const session = await openSessionFile(model.path('paged-window'), { provider });
  console.log(`loaded in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  const memory = recipeMemory(framesOfWindow, 'memory');
  const decoderOf = createLoopDecoder({ session, dimensions: releasedSize, nullMemory: recipeMemory(1, 'null') });
  const tokens = columns - 1 - Math.max(...decoder.delays);
  console.log('clips  ms per step  ms per clip-step  V2M-bench (1.65 M clip-steps)  GPU memory  same codes twice');
  for (const count of clips) {
    try {
      const memoryUse = watchMemory();
      const runs: { readonly ms: number; readonly print: number }[] = [];
      for (let run = 0; run < 2; run++) {
        const tasks = Array.from({ length: count }, (_, clip) => {
          const key = streamKey(`draws ${clip}`, 1);
          let draw = 0;
          return { memory, prompt: emptyCodes(decoder.codebooks, 0), uniform: () => uniformAt(key, draw++) };
        });
        const begunMs = performance.now();
        const codes = await decoderOf.decode(tasks, { tokens, guidance: decoder.guidance, sampling: officialSampling });
        const ms = performance.now() - begunMs;
        runs.push({
          ms,
          print: codes.flatMap(({ data }) => [...data]).reduce((hash, code) => (hash * 31 + code) | 0, 0),
        });
      }
      const perStep = Math.min(...runs.map(({ ms }) => ms)) / (columns - 1);
      const minutes = (perStep / count) * (1.65e6 / 60_000);
      const same = runs.every(({ print }) => print === runs[0]!.print) ? 'yes' : 'NO';
      console.log(
        `${String(count).padStart(5)}  ${perStep.toFixed(2).padStart(11)}  ${(perStep / count).toFixed(3).padStart(16)}  ${`${minutes.toFixed(1)} min`.padStart(29)}  ${(await memoryUse()).padStart(10)}  ${same}  (runs ${runs.map(({ ms }) => (ms / (columns - 1)).toFixed(2)).join(', ')})`,
      );
    } catch (error) {
      console.log(`${String(count).padStart(5)}  not measured: ${(error as Error).message.slice(0, 200)}`);
    }
  }
  await session[Symbol.asyncDispose]();
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

/** The yardstick of the same run: a static cache and torch.compile. */
function compareWithTorch(): void {
  const script = fileURLToPath(new URL('./gpu/torch_reference.py', import.meta.url));
  try {
    console.log(
      execFileSync('python3', [script, '1,4'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
    );
  } catch (error) {
    console.log(`PyTorch not measured: ${(error as Error).message.split('\n')[0]}`);
  }
}
