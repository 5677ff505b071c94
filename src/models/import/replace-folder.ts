import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BenchError } from '../../core/errors.js';

/**
 * Fills a folder all or nothing: `fill` writes into a temporary folder beside it, which gets the name only after `fill` has ended
 * well; after a failure nothing is left. Throws a BenchError for a folder that is there already, unless `overwrite`.
 */
export async function replaceFolder(
  folder: string,
  options: { readonly overwrite: boolean; readonly fill: (temporary: string) => Promise<void> },
): Promise<void> {
  const target = resolve(folder);
  if (!options.overwrite && (await exists(target))) throw alreadyThere(target);
  await mkdir(dirname(target), { recursive: true });
  const workplace = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const fresh = join(workplace, 'new');
    await mkdir(fresh);
    await options.fill(fresh);
    // A folder that holds files cannot be renamed over; the old one is moved aside and goes with the workplace.
    if (await exists(target)) await rename(target, join(workplace, 'old'));
    await rename(fresh, target);
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function alreadyThere(folder: string): BenchError {
  return new BenchError({
    code: 'model-exists',
    kind: 'usage',
    file: folder,
    problem: 'the model is there already',
    remedy: 'Remove it first, or ask for it to be replaced',
  });
}
