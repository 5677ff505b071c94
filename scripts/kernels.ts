/** `npm run build:kernels`: assembles each kernels.wat into the TypeScript modules beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

interface KernelSource {
  readonly folder: string;
  /** NAME.wat. */
  readonly source: string;
  /** It becomes NAME-binary.ts with a constant of that name. */
  readonly name: string;
  readonly constant: string;
  /** Multiply-adds of relaxed SIMD as they stand; otherwise a product and a sum in the place of each. */
  readonly fused: boolean;
}

export const kernelSources: readonly KernelSource[] = [
  { folder: 'src/linalg', source: 'kernels', name: 'kernels', constant: 'kernelsBinary', fused: false },
  { folder: 'src/linalg', source: 'kernels', name: 'fused-kernels', constant: 'fusedKernelsBinary', fused: true },
  {
    folder: 'src/pictures/flow',
    source: 'flow-kernels',
    name: 'flow-kernels',
    constant: 'flowKernelsBinary',
    fused: false,
  },
];

/** Longest part of the text on a line: with quotes, indent and `+` within the width of the formatter. */
const lineLength = 112;

/** The TypeScript module that NAME.wat gives. */
export async function kernelModule(kernels: KernelSource): Promise<string> {
  const { source, constant, fused } = kernels;
  const { parseWat } = await wabt();
  const text = readFileSync(pathOf(kernels, `${source}.wat`), 'utf8');
  const parsed = parseWat(`${source}.wat`, fused ? text : withoutFusedOperations(text), {
    simd: true,
    relaxed_simd: fused,
  });
  const { buffer } = parsed.toBinary({});
  const lines =
    Buffer.from(buffer)
      .toString('base64')
      .match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [
    `// Made from ${source}.wat by \`npm run build:kernels\`; a test holds it to its source.`,
    '/** The assembled kernels, base64. */',
    `export const ${constant}: string =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`,
  ].join('\n');
}

/** The text of the module as it is checked in. */
export function checkedInKernelModule(source: KernelSource): string {
  return readFileSync(pathOf(source, `${source.name}-binary.ts`), 'utf8');
}

/** A text without `relaxed_madd` and `relaxed_nmadd`: c + a · b and c - a · b, rounded twice. Innermost ones first. */
function withoutFusedOperations(wat: string): string {
  const start = wat.lastIndexOf('(f64x2.relaxed_');
  if (start < 0) return wat;
  const operation = wat.startsWith('(f64x2.relaxed_nmadd', start) ? 'f64x2.sub' : 'f64x2.add';
  const [a, b, c] = [1, 2, 3].reduce<readonly Span[]>(
    (spans) => [...spans, nextExpression(wat, spans.at(-1)?.end ?? start + 1)],
    [],
  ) as [Span, Span, Span];
  const text = ({ from, end }: Span): string => wat.slice(from, end);
  const replaced = `(${operation} ${text(c)} (f64x2.mul ${text(a)} ${text(b)}))`;
  return withoutFusedOperations(wat.slice(0, start) + replaced + wat.slice(wat.indexOf(')', c.end) + 1));
}

interface Span {
  readonly from: number;
  readonly end: number;
}

/** The next parenthesised expression from a position on. */
function nextExpression(wat: string, position: number): Span {
  const from = wat.indexOf('(', position);
  let depth = 0;
  for (let at = from; at < wat.length; at++) {
    if (wat[at] === '(') depth++;
    if (wat[at] === ')') depth--;
    if (depth === 0) return { from, end: at + 1 };
  }
  throw new Error(`no expression is closed after position ${position}`);
}

function pathOf({ folder }: KernelSource, file: string): string {
  return fileURLToPath(new URL(`../${folder}/${file}`, import.meta.url));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const source of kernelSources)
    writeFileSync(pathOf(source, `${source.name}-binary.ts`), await kernelModule(source));
}
