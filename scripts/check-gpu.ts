/**
 * `npm run check:gpu`: everything that only a machine with a GPU can tell, one after the other, with a table at the end and the full output of each in
 * `.gpu-check`. `--only PART,PART` for some of it; `--provider cpu --size tiny` tries the script without a GPU.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

interface Part {
  readonly name: string;
  readonly arguments: readonly string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.gpu-check');

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    provider: { type: 'string', default: 'cuda' },
    size: { type: 'string', default: 'released' },
  },
});

/** Speed last: it takes longest, and means nothing where values are wrong. */
function partsFor(provider: string, size: string): readonly Part[] {
  const bench = (...rest: readonly string[]): readonly string[] => [join(root, 'bin/bench.js'), ...rest];
  const speed = (...rest: readonly string[]): readonly string[] => [
    ...['--import', 'tsx', join(root, 'benchmarks/performance/gpu.ts'), '--size', size],
    ...(provider === 'cuda' ? rest : [...rest, '--provider', provider]),
  ];
  const golden = (name: string): string => join(root, 'test/fixtures', name);
  return [
    { name: 'doctor', arguments: bench('doctor') },
    { name: 'vidmuse-f32', arguments: bench('verify', golden('vidmuse'), '--provider', provider) },
    {
      name: 'vidmuse-f16',
      // Those that follow their own codes are skipped: near-ties fall otherwise in float16.
      arguments: bench('verify', golden('vidmuse'), '--provider', provider, '--dtype', 'f16', '--allow-skips'),
    },
    { name: 'encoders', arguments: bench('verify', golden('encoders'), '--provider', provider) },
    { name: 'vidmuse-webgpu', arguments: bench('verify', golden('vidmuse'), '--provider', 'webgpu') },
    { name: 'profile', arguments: speed('--profile') },
    { name: 'speed', arguments: speed('--only', 'speed,torch,parity') },
    { name: 'speed-webgpu', arguments: speed('--only', 'webgpu') },
  ];
}

interface Result {
  readonly part: string;
  readonly exit: number | string;
  readonly seconds: number;
  readonly log: string;
}

/** What it prints goes to the terminal and to a file. */
async function run({ name, arguments: args }: Part): Promise<Result> {
  const log = join(folder, `${name}.log`);
  const file = createWriteStream(log);
  const started = performance.now();
  console.log(`\n== ${name}: node ${args.join(' ')}`);
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(file, { end: false });
    stream.pipe(process.stdout, { end: false });
  }
  const exit = await new Promise<number | string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone'));
  });
  file.end();
  return { part: name, exit, seconds: Math.round((performance.now() - started) / 1000), log };
}

mkdirSync(folder, { recursive: true });
const parts = partsFor(values.provider, values.size);
const wanted = values.only?.split(',') ?? parts.map(({ name }) => name);
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`no part ${unknown.join(', ')}; there are ${parts.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const results: Result[] = [];
for (const part of parts.filter(({ name }) => wanted.includes(name))) results.push(await run(part));
console.table(results);
process.exitCode = results.every(({ exit }) => exit === 0) ? 0 : 1;
