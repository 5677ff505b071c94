import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { BenchError } from '../../core/errors.js';

/** Every file below a folder as a path from it with `/`, sorted; hidden ones are passed over. Links to folders are followed once. */
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
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const isFile = entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(path)));
    const inFolder = relative(folder, path).split(sep);
    if (isFile && !inFolder.some((part) => part.startsWith('.'))) paths.push(inFolder.join('/'));
  }
  return paths.sort();
}

async function leadsToFile(path: string): Promise<boolean> {
  return stat(path).then(
    (target) => target.isFile(),
    () => false,
  );
}
