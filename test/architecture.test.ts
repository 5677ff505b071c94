import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../src', import.meta.url));

/** Each row may import its own row and the rows above (docs/architecture.md). */
const layers: readonly (readonly string[])[] = [
  ['core'],
  ['linalg', 'dsp', 'pictures', 'stats', 'music'],
  ['metrics', 'scoring', 'audit', 'report'],
  ['threads'],
  ['suites', 'media', 'models', 'store', 'download'],
  ['encoders'],
  ['generate', 'baselines', 'testing', 'verify'],
  ['run'],
  ['report/write', 'report/draw'],
  ['cli'],
  ['index'],
];

const pureFolders = ['core', 'linalg', 'dsp', 'pictures', 'stats', 'music', 'metrics', 'scoring', 'audit', 'report'];

/** Packages that may be imported by one file only. */
const gates: Readonly<Record<string, string>> = {
  'onnxruntime-node': 'models/session.ts',
  'fluent-ffmpeg': 'media/ffmpeg.ts',
};

interface Import {
  readonly from: string;
  /** A file under src, or a package. */
  readonly to: string;
  readonly isLocal: boolean;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => path.replaceAll('\\', '/'));
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    const isLocal = fileName.startsWith('.');
    const target = isLocal
      ? relative(root, resolve(dirname(join(root, file)), fileName)).replaceAll('\\', '/')
      : fileName;
    return { from: file, to: target.replace(/\.js$/, '.ts'), isLocal };
  });
}

function folderOf(file: string): string {
  const inReportRing = ['report/write', 'report/draw'].find((folder) => file.startsWith(`${folder}/`));
  return inReportRing ?? file.split('/')[0]!.replace(/\.ts$/, '');
}

function layerOf(file: string): number {
  const folder = folderOf(file);
  return layers.findIndex((layer) => layer.includes(folder));
}

function isPure(file: string): boolean {
  return (
    !file.startsWith('report/write/') &&
    !file.startsWith('report/draw/') &&
    pureFolders.some((folder) => file.startsWith(`${folder}/`))
  );
}

describe('architecture', () => {
  it('puts every file in a layer', () => {
    expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });

  it('lets imports flow downwards only', () => {
    const upward = imports.filter(({ from, to, isLocal }) => isLocal && layerOf(to) > layerOf(from));
    expect(upward.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('keeps the core pure: no node modules, clock or unseeded randomness', () => {
    const nodeImports = imports.filter(({ from, to }) => isPure(from) && to.startsWith('node:'));
    expect(nodeImports.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
    const impure = files
      .filter(isPure)
      .filter((file) =>
        /Math\.random|Date\.now|new Date\(\)|performance\.now|\bprocess\.|console\./.test(codeOf(file)),
      );
    expect(impure).toEqual([]);
  });

  it.each(Object.entries(gates))('lets only one file import %s', (name, gate) => {
    const importers = imports.filter(({ to }) => to === name || to.startsWith(`${name}/`)).map(({ from }) => from);
    expect([...new Set(importers)]).toEqual([gate]);
  });

  it('keeps files readable: none over 400 lines', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 400);
    expect(long).toEqual([]);
  });

  it('keeps the composer away from the truth', () => {
    const reachable = closure('baselines/composer.ts');
    expect([...reachable].filter((file) => file.startsWith('suites/') || file.startsWith('store/'))).toEqual([]);
    expect(reachable.size).toBeGreaterThan(3);
  });

  it('names no folder in the table that does not exist', () => {
    const missing = layers.flat().filter((folder) => folder !== 'index' && !statSync(join(root, folder)).isDirectory());
    expect(missing).toEqual([]);
  });
});

/** The code without comments and strings of the page script, which runs in a browser. */
function codeOf(file: string): string {
  if (file.startsWith('report/html/page-script')) return '';
  return readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

function closure(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { to, isLocal } of imports.filter(({ from }) => from === file)) if (isLocal) closure(to, seen);
  return seen;
}
