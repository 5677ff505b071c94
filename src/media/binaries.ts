import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { BenchError } from '../core/errors.js';

type Tool = 'ffmpeg' | 'ffprobe';

export interface Binaries {
  readonly ffmpeg: string;
  readonly ffprobe: string;
}

const variables: Readonly<Record<Tool, string>> = { ffmpeg: 'BENCH_FFMPEG', ffprobe: 'BENCH_FFPROBE' };

/**
 * Absolute paths of both programs: BENCH_FFMPEG and BENCH_FFPROBE, else what PATH has, else the npm packages' copies.
 * `BENCH_FFMPEG=bundled` forces the packages' copies of both; a BENCH_FFMPEG path brings the ffprobe beside it.
 */
export function locateBinaries(environment: NodeJS.ProcessEnv = process.env): Binaries {
  return { ffmpeg: locate('ffmpeg', environment), ffprobe: locate('ffprobe', environment) };
}

function locate(tool: Tool, environment: NodeJS.ProcessEnv): string {
  const named = environment[variables[tool]];
  if (named === 'bundled') return bundled(tool) ?? missing(tool);
  if (named) return executable(resolve(named)) ?? missing(tool, named);
  if (tool === 'ffprobe' && environment.BENCH_FFMPEG) {
    const beside = besideFfmpeg(environment.BENCH_FFMPEG);
    if (beside !== undefined) return beside;
  }
  return onPath(tool, environment.PATH ?? '') ?? bundled(tool) ?? missing(tool);
}

function besideFfmpeg(ffmpeg: string): string | undefined {
  return ffmpeg === 'bundled' ? bundled('ffprobe') : executable(join(dirname(resolve(ffmpeg)), fileName('ffprobe')));
}

function onPath(tool: Tool, path: string): string | undefined {
  for (const folder of path.split(delimiter).filter((part) => part !== '')) {
    const found = executable(join(folder, fileName(tool)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The packages throw (one of them a string) where they have no binary for this platform. */
function bundled(tool: Tool): string | undefined {
  try {
    const installed = createRequire(import.meta.url)(`@${tool}-installer/${tool}`) as { readonly path: string };
    return executable(installed.path);
  } catch {
    return undefined;
  }
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}

function fileName(tool: Tool): string {
  return process.platform === 'win32' ? `${tool}.exe` : tool;
}

function missing(tool: Tool, named?: string): never {
  throw new BenchError({
    code: 'ffmpeg-not-found',
    kind: 'environment',
    problem: named === undefined ? `no ${tool} was found` : `${variables[tool]} does not name a program`,
    ...(named === undefined ? {} : { got: named }),
    remedy: `Install ${tool}, or set ${variables[tool]} to its path`,
  });
}
