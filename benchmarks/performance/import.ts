/**
 * `npm run bench:import`: the import of a VidMuse checkpoint of the released size (7.87 GB, ZIP64, dense weights by recipe) beside a real copy of the
 * file, with the memory that it takes. Needs 24 GB of disk; `--folder` says where, `--keep` leaves the checkpoint there.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { vidmuseLongTerm, vidmuseShortTerm } from '../../src/models/architectures/vidmuse/long-short-term-visual.js';
import { vidmuseDecoder } from '../../src/models/architectures/vidmuse/music-decoder.js';
import { vidmuseVisualEncoder } from '../../src/models/architectures/vidmuse/visual-encoder.js';
import { writeTorchZip } from '../../src/models/checkpoint/write-torch-zip.js';
import { sourcesOf } from '../../src/models/import/check-tensors.js';
import { recipeValues, releasedSize } from './gpu/full-size.js';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'bench-import') },
    keep: { type: 'boolean', default: false },
  },
});
const file = join(values.folder, 'state_dict.bin');
const bench = fileURLToPath(new URL('../../bin/bench.js', import.meta.url));

mkdirSync(values.folder, { recursive: true });
if (!existsSync(file)) await writeCheckpoint();
const bytes = statSync(file).size;
console.log(`${file}: ${(bytes / 1e9).toFixed(2)} GB`);
const copy = join(values.folder, 'copy.bin');
const copySeconds = timed(() => execFileSync('cp', ['--sparse=never', '--reflink=never', file, copy]));
rmSync(copy);
const models = join(values.folder, 'models');
const { seconds, peakBytes } = await runImport(models);
rmSync(models, { recursive: true, force: true });
if (!values.keep) rmSync(values.folder, { recursive: true, force: true });
console.log(`cp ${copySeconds.toFixed(1)} s`);
console.log(
  `bench models import ${seconds.toFixed(1)} s, ${(seconds / copySeconds).toFixed(2)} times the copy (allowed: 3); ${(peakBytes / 1e9).toFixed(2)} GB of memory at most (allowed: 1.5)`,
);
process.exitCode = seconds < 3 * copySeconds && peakBytes < 1.5e9 ? 0 : 100;

async function writeCheckpoint(): Promise<void> {
  const graphs = [vidmuseVisualEncoder, vidmuseLongTerm, vidmuseShortTerm, vidmuseDecoder].flatMap((one) => [
    one.buildGraph(releasedSize),
    ...(one.companions?.(releasedSize, 'f32') ?? []).map(({ graph }) => graph),
  ]);
  const shapes = new Map(graphs.flatMap((graph) => [...sourcesOf(graph)]));
  const { decoder } = releasedSize;
  const settings = {
    ...{ sample_rate: 32_000, channels: 1 },
    codebooks_pattern: { modeling: 'delay', delay: { delays: [...decoder.delays] } },
    classifier_free_guidance: { inference_coef: decoder.guidance },
    transformer_lm: {
      ...{ dim: decoder.width, num_heads: decoder.heads, num_layers: decoder.depth, hidden_scale: 4 },
      ...{ n_q: decoder.codebooks, card: decoder.codebookSize, activation: 'gelu', norm_first: true },
    },
  };
  await writeTorchZip(
    file,
    [...shapes].map(([name, shape]) => ({ name, shape })),
    {
      ...{ under: 'best_state', texts: { 'xp.cfg': stringify(settings) } },
      valuesOf: ({ name, shape }) => [recipeValues(name, shape)],
    },
  );
}

function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return (performance.now() - startMs) / 1000;
}

/** In a process of its own, whose largest memory the system keeps (VmHWM); what is mapped from files is not counted, since it can be dropped. */
async function runImport(models: string): Promise<{ readonly seconds: number; readonly peakBytes: number }> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [bench, 'models', 'import', 'vidmuse', file, '--models', models, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakBytes = 0;
  const watch = setInterval(() => {
    const status = readStatus(child.pid!);
    peakBytes = Math.max(peakBytes, status);
  }, 100);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return { seconds: (performance.now() - startMs) / 1000, peakBytes };
}

/** Anonymous memory of a process in bytes. */
function readStatus(pid: number): number {
  try {
    return 1024 * Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
