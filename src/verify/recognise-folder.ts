import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../core/errors.js';

/** What a folder holds, with what must be read next. */
export type FixtureFolder =
  | { readonly kind: 'encoders'; readonly folders: readonly string[] }
  | { readonly kind: 'metrics'; readonly files: readonly string[] }
  | { readonly kind: 'vidmuse'; readonly folder: string };

/**
 * Tells the kind of a folder of golden values by its files: `tolerances.json` with `recipe.json` in sub-folders (vidmuse),
 * `golden.json` in sub-folders or in the folder itself (encoders), `*.json` with a `family` (metrics).
 * Throws a BenchError for any other folder.
 */
export async function recogniseFolder(folder: string): Promise<FixtureFolder> {
  const entries = await listFolder(folder);
  const inside = entries.filter(({ isFolder }) => isFolder).map(({ name }) => join(folder, name));
  const recipes = await keep(inside, (path) => exists(join(path, 'recipe.json')));
  if (recipes.length > 0 && (await exists(join(folder, 'tolerances.json')))) return { kind: 'vidmuse', folder };
  const candidates = [folder, ...inside];
  const folders = await keep(candidates, (path) => exists(join(path, 'golden.json')));
  if (folders.length > 0) return { kind: 'encoders', folders };
  const jsonFiles = entries.filter(({ name }) => name.endsWith('.json')).map(({ name }) => join(folder, name));
  const files = await keep(jsonFiles, hasFamily);
  if (files.length > 0) return { kind: 'metrics', files };
  throw new BenchError({
    code: 'fixtures-not-recognised',
    kind: 'usage',
    file: folder,
    problem: 'this is no folder of golden values',
    expected:
      'NAME/golden.json (encoders), *.json with a "family" (metrics) or tolerances.json with NAME/recipe.json (vidmuse)',
    remedy: 'Give the folder that holds these files',
  });
}

async function listFolder(folder: string): Promise<{ name: string; isFolder: boolean }[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const listed = entries.map((entry) => ({ name: entry.name, isFolder: !entry.isFile() }));
    return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw new BenchError({
      code: 'fixtures-not-readable',
      kind: 'usage',
      file: folder,
      problem: 'the folder of golden values cannot be read',
      got: cause instanceof Error ? cause.message : String(cause),
      remedy: 'Give an existing folder',
      cause,
    });
  }
}

async function keep(paths: readonly string[], test: (path: string) => Promise<boolean>): Promise<string[]> {
  const tested = await Promise.all(paths.map(test));
  return paths.filter((_, index) => tested[index]);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function hasFamily(path: string): Promise<boolean> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof value === 'object' && value !== null && 'family' in value && typeof value.family === 'string';
  } catch {
    return false;
  }
}
