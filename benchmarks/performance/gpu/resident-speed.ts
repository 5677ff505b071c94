import { reasonOf } from '../../../src/core/outcome.js';
import { streamKey, uniformAt } from '../../../src/core/uniform-stream.js';
import { emptyCodes } from '../../../src/generate/vidmuse/delay-pattern.js';
import { createResidentDecoder } from '../../../src/generate/vidmuse/resident-decoder.js';
import { officialSampling } from '../../../src/generate/vidmuse/sampling.js';
import type { TokenDecoder } from '../../../src/generate/vidmuse/token-decoder.js';
import type { VidmuseDimensions } from '../../../src/models/architectures/vidmuse/dimensions.js';
import { probeProvider } from '../../../src/models/provider-probe.js';
import {
  type ExecutionProvider,
  openInPlaceSession,
  openResidentSession,
  type TensorData,
} from '../../../src/models/session.js';
import type { FullSizeModel } from './full-size.js';

export interface ResidentRun {
  readonly dimensions: VidmuseDimensions;
  readonly memory: TensorData;
  readonly nullMemory: TensorData;
  readonly clips: readonly number[];
  readonly columns: number;
  /** Left out: WebGPU. */
  readonly provider?: ExecutionProvider;
}

/** The step over resident keys and values: one line for each number of clips, or why there is none. */
export async function measureResident(
  model: () => Promise<FullSizeModel>,
  { provider = 'webgpu', ...run }: ResidentRun,
): Promise<void> {
  const probe = await probeProvider(provider);
  if (probe.status !== 'ok') {
    console.log(`${provider} not measured: ${reasonOf(probe)}`);
    return;
  }
  const written = await model();
  await using memory = await openResidentSession(written.path('resident-memory'), { provider });
  await using places = await openResidentSession(written.path('resident-places'), { provider });
  await using step = await openInPlaceSession(written.path('resident-step'), { provider });
  const { dimensions, nullMemory } = run;
  await using decoder = await createResidentDecoder({ dimensions, memory, places, step }, nullMemory);
  console.log(`${provider}, resident keys and values\nclips  ms per step  ms per clip-step  same codes twice`);
  for (const clips of run.clips) {
    try {
      console.log(await lineOf(decoder, { ...run, clips }));
    } catch (error) {
      console.log(`${String(clips).padStart(5)}  not measured: ${(error as Error).message.slice(0, 200)}`);
    }
  }
}

async function lineOf(
  decoder: TokenDecoder,
  { dimensions, memory, clips, columns }: Omit<ResidentRun, 'clips'> & { readonly clips: number },
): Promise<string> {
  const { codebooks, delays, guidance } = dimensions.decoder;
  const tokens = columns - 1 - Math.max(...delays);
  const runs: { readonly ms: number; readonly codes: string }[] = [];
  // The first run builds the shaders.
  for (let run = 0; run < 2; run++) {
    const tasks = Array.from({ length: clips }, (_, clip) => {
      const key = streamKey(`draws ${clip}`, 1);
      let draw = 0;
      return { memory, prompt: emptyCodes(codebooks, 0), uniform: () => uniformAt(key, draw++) };
    });
    const begunMs = performance.now();
    const codes = await decoder.decode(tasks, { tokens, guidance, sampling: officialSampling });
    runs.push({
      ms: (performance.now() - begunMs) / (columns - 1),
      codes: codes.map(({ data }) => data.join()).join(),
    });
  }
  const best = Math.min(...runs.map(({ ms }) => ms));
  const same = runs.every(({ codes }) => codes === runs[0]!.codes) ? 'yes' : 'NO';
  const both = runs.map(({ ms }) => ms.toFixed(2)).join(', ');
  return `${String(clips).padStart(5)}  ${best.toFixed(2).padStart(11)}  ${(best / clips).toFixed(3).padStart(16)}  ${same}  (runs ${both})`;
}
