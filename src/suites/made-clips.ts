import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clip } from '../core/clip.js';
import { hashOf } from '../core/hash.js';
import type { ClipMaker } from './clip-maker.js';
import { refuseTwin } from './clips-table.js';
import { parseCsvTable } from './csv-table.js';
import { madeClipPaths } from './make-clip.js';
import type { ClipToMake } from './make-suite.js';

export interface MadeClips {
  /** Where in the cache the clips lie once they are made; another suite or maker version has another folder. */
  readonly folder: string;
  readonly clips: readonly Clip[];
  /** By clip id: stands for the clip's pictures and sound, whatever the encoder made of them. */
  readonly contentHashes: Readonly<Record<string, string>>;
  readonly toMake: readonly ClipToMake[];
}

/** Reads the scripts of a made suite. Renders nothing. */
export async function readMadeClips(
  file: string,
  { maker, suiteId, cacheDir }: { readonly maker: ClipMaker; readonly suiteId: string; readonly cacheDir: string },
): Promise<MadeClips> {
  const { rows } = parseCsvTable(await readFile(file, 'utf8'), file);
  const lines = new Map<string, number>();
  const toMake = rows.map(({ line, cells }): ClipToMake => {
    const place = { file, line };
    const script = maker.read(cells, place);
    refuseTwin(lines, { id: script.id, ...place });
    return { script, cells, place };
  });
  const identity = hashOf({ maker: maker.id, version: maker.version, rows: rows.map((row) => row.cells) });
  const folder = join(cacheDir, 'suites', `${suiteId}-${identity.slice(0, 12)}`);
  return {
    folder,
    clips: toMake.map(({ script }) => clipOf(folder, script)),
    contentHashes: Object.fromEntries(
      toMake.map(({ script: { id, framesSha256, pcmSha256 } }) => [id, hashOf({ framesSha256, pcmSha256 })]),
    ),
    toMake,
  };
}

function clipOf(folder: string, script: ClipToMake['script']): Clip {
  const { videoPath, referencePath } = madeClipPaths(folder, script.id);
  const { id, split, durationSeconds, annotations } = script;
  return { id, videoPath, referencePath, startSeconds: 0, durationSeconds, split, annotations };
}
