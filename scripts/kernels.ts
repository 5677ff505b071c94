/** `npm run build:kernels`: assembles src/linalg/kernels.wat into src/linalg/kernels-binary.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const source = fileURLToPath(new URL('../src/linalg/kernels.wat', import.meta.url));
const target = fileURLToPath(new URL('../src/linalg/kernels-binary.ts', import.meta.url));

/** Longest part of the text on a line: with quotes, indent and `+` within the width of the formatter. */
const lineLength = 112;

/** The TypeScript module that kernels.wat gives. */
export async function kernelModule(): Promise<string> {
  const { parseWat } = await wabt();
  const parsed = parseWat('kernels.wat', readFileSync(source, 'utf8'), { simd: true });
  const { buffer } = parsed.toBinary({});
  const lines =
    Buffer.from(buffer)
      .toString('base64')
      .match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [
    '// Made from kernels.wat by `npm run build:kernels`; a test holds it to its source.',
    '/** The assembled kernels, base64. */',
    `export const kernelsBinary: string =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`,
  ].join('\n');
}

/** The text of the module as it is checked in. */
export function checkedInKernelModule(): string {
  return readFileSync(target, 'utf8');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await kernelModule());
