import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../../core/errors.js';

/** Every file below a folder as a path from it with `/`, sorted; hidden ones are passed over. Links are followed, and no folder is read twice. */
export async function listMediaFiles(folder: string): Promise<string[]> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) {
    throw new BenchError({
      code: 'media-folder-not-found',
      kind: 'usage',
      file: folder,
      problem: found === undefined ? 'there is no such folder' : 'is not a folder',
      remedy: 'Name the folder into which the suite’s files were put',
    });
  }
  const paths: string[] = [];
  await walk(folder, { inFolder: '', seen: new Set([await realpath(folder)]), paths });
  return paths.sort();
}

interface Walk {
  /** Path of the folder from the top one, with `/` at its end; empty at the top. */
  readonly inFolder: string;
  /** Real paths of the folders that were read. */
  readonly seen: Set<string>;
  readonly paths: string[];
}

async function walk(folder: string, { inFolder, seen, paths }: Walk): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith('.')) continue;
    const path = join(folder, name);
    // A link that leads nowhere is no file.
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() === true) paths.push(`${inFolder}${name}`);
    if (found?.isDirectory() !== true) continue;
    const real = await realpath(path);
    if (seen.has(real)) continue;
    seen.add(real);
    await walk(path, { inFolder: `${inFolder}${name}/`, seen, paths });
  }
}
