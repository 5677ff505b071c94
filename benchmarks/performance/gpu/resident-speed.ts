import { reasonOf } from '../../../src/core/outcome.js';
import { createResidentDecoder } from '../../../src/generate/vidmuse/resident-decoder.js';
import type { TokenDecoder } from '../../../src/generate/vidmuse/token-decoder.js';
import { probeProvider } from '../../../src/models/provider-probe.js';
import { type ExecutionProvider, openInPlaceSession, openResidentSession } from '../../../src/models/session.js';
import type { FullSizeModel } from './full-size.js';
import { recipeMemory, type WindowRunOptions, windowRunOf } from './window-run.js';

export interface ResidentRun extends Omit<WindowRunOptions, 'clips'> {
  readonly clips: readonly number[];
  /** Left out: WebGPU. */
  readonly provider?: ExecutionProvider;
}

/** The step over resident keys and values: one line for each number of clips, or why there is none. */
export async function measureResident(
  written: () => Promise<FullSizeModel>,
  { provider = 'webgpu', clips, ...run }: ResidentRun,
): Promise<void> {
  const probe = await probeProvider(provider);
  if (probe.status !== 'ok') {
    console.log(`${provider} not measured: ${reasonOf(probe)}`);
    return;
  }
  const model = await written();
  await using memory = await openResidentSession(model.path('resident-memory'), { provider });
  await using places = await openResidentSession(model.path('resident-places'), { provider });
  await using step = await openInPlaceSession(model.path('resident-step'), { provider });
  const { dimensions } = run;
  const networks = { dimensions, memory, places, step };
  await using decoder = await createResidentDecoder(networks, recipeMemory(dimensions, 1, 'null'));
  console.log(`${provider}, resident keys and values\nclips  ms per step  ms per clip-step  same codes twice`);
  for (const count of clips) {
    try {
      console.log(await lineOf(decoder, { ...run, clips: count }));
    } catch (error) {
      console.log(`${String(count).padStart(5)}  not measured: ${(error as Error).message.slice(0, 200)}`);
    }
  }
}

async function lineOf(decoder: TokenDecoder, options: WindowRunOptions): Promise<string> {
  const { clips, columns } = options;
  const draw = windowRunOf(decoder, options);
  const runs: { readonly ms: number; readonly codes: string }[] = [];
  // The first run builds the shaders.
  for (let run = 0; run < 2; run++) {
    const begunMs = performance.now();
    const codes = await draw();
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
