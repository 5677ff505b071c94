/** `npm run build:kernels`: assembles each kernels.wat into the TypeScript module beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

interface KernelSource {
  readonly folder: string;
  readonly name: string;
  readonly constant: string;
}

/** The modules: NAME.wat becomes NAME-binary.ts. */
export const kernelSources: readonly KernelSource[] = [
  { folder: 'src/linalg', name: 'kernels', constant: 'kernelsBinary' },
  { folder: 'src/pictures/flow', name: 'flow-kernels', constant: 'flowKernelsBinary' },
];

/** Longest part of the text on a line: with quotes, indent and `+` within the width of the formatter. */
const lineLength = 112;

/** The TypeScript module that NAME.wat gives. */
export async function kernelModule(source: KernelSource): Promise<string> {
  const { name, constant } = source;
  const { parseWat } = await wabt();
  const parsed = parseWat(`${name}.wat`, readFileSync(pathOf(source, '.wat'), 'utf8'), { simd: true });
  const { buffer } = parsed.toBinary({});
  const lines =
    Buffer.from(buffer)
      .toString('base64')
      .match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [
    `// Made from ${name}.wat by \`npm run build:kernels\`; a test holds it to its source.`,
    '/** The assembled kernels, base64. */',
    `export const ${constant}: string =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`,
  ].join('\n');
}

/** The text of the module as it is checked in. */
export function checkedInKernelModule(source: KernelSource): string {
  return readFileSync(pathOf(source, '-binary.ts'), 'utf8');
}

function pathOf({ folder, name }: KernelSource, ending: string): string {
  return fileURLToPath(new URL(`../${folder}/${name}${ending}`, import.meta.url));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const source of kernelSources) writeFileSync(pathOf(source, '-binary.ts'), await kernelModule(source));
}
