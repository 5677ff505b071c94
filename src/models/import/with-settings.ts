import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Checkpoint } from '../checkpoint/checkpoint.js';

const settingsFile = 'config.json';

/** The checkpoint with the `config.json` of its folder among its values, where there is one: transformers keeps settings beside weights. */
export async function withSettings(checkpoint: Checkpoint): Promise<Checkpoint> {
  const text = await readFile(join(dirname(checkpoint.file), settingsFile), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
  if (text === undefined) return checkpoint;
  return {
    ...checkpoint,
    values: new Map([...checkpoint.values, [settingsFile, text]]),
    readFloat32: (name, range) => checkpoint.readFloat32(name, range),
    [Symbol.asyncDispose]: () => checkpoint[Symbol.asyncDispose](),
  };
}
