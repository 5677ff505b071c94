import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Clip } from '../core/clip.js';
import { BenchError } from '../core/errors.js';
import { sanitiseId } from './clip-id.js';

const videoExtensions = ['.mp4', '.mov', '.mkv', '.webm', '.m4v', '.avi'];

/** A clip for each video that lies in the folder itself, sorted by id. The reference is the video's own sound track. */
export async function clipsOfFolder(folder: string): Promise<Clip[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .filter((name) => videoExtensions.includes(extname(name).toLowerCase()));
  if (names.length === 0) throw noVideos(folder, entries.length);
  const byId = new Map<string, string>();
  const clips = names.sort().map((name): Clip => {
    const id = idFor(name, { folder, byId });
    byId.set(id.toLowerCase(), name);
    return { id, videoPath: join(folder, name), startSeconds: 0, split: 'test' };
  });
  return clips.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function idFor(
  name: string,
  { folder, byId }: { readonly folder: string; readonly byId: Map<string, string> },
): string {
  const id = sanitiseId(name.slice(0, -extname(name).length));
  const twin = byId.get(id.toLowerCase());
  if (id !== '' && twin === undefined) return id;
  throw new BenchError({
    code: 'clip-id-unusable',
    kind: 'input',
    problem:
      twin === undefined ? 'no clip id can be made from the name' : `${twin} and ${name} both give the clip id ${id}`,
    file: join(folder, name),
    remedy: 'Rename the file, or list the videos in a clips.csv (docs/suite-format.md)',
  });
}

function noVideos(folder: string, entryCount: number): BenchError {
  return new BenchError({
    code: 'suite-empty',
    kind: 'input',
    problem: 'the folder holds no video',
    file: folder,
    expected: `files ending in ${videoExtensions.join(', ')}, or suite.json with clips.csv`,
    got: entryCount === 0 ? 'an empty folder' : `${entryCount} other entries`,
    remedy: 'Name the folder that holds the videos themselves',
  });
}
