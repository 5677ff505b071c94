import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { arch, cpus, platform, release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Environment } from '../core/record.js';
import { ffmpegVersion } from '../media/ffmpeg.js';
import { listModels } from '../models/catalogue.js';
import { onnxruntimeVersion } from '../models/session.js';

const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

/** What somebody needs to know to get the same numbers again. */
export async function describeEnvironment(): Promise<Environment> {
  return {
    benchVersion: await benchVersion(),
    ...(await gitState()),
    node: process.version,
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    onnxruntime: onnxruntimeVersion(),
    executionProvider: 'cpu',
    ffmpeg: await ffmpegVersion(),
    models: listModels().map(({ card: { id, sha256, licence } }) => ({ id, sha256, licence })),
  };
}

export async function benchVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Left out where bench is not a git checkout. */
async function gitState(): Promise<{ gitCommit?: string; gitDirty?: boolean }> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', ['-C', packageRoot, ...args])).stdout.trim();
  try {
    if ((await git('rev-parse', '--show-prefix')) !== '') return {};
    return { gitCommit: await git('rev-parse', 'HEAD'), gitDirty: (await git('status', '--porcelain')) !== '' };
  } catch {
    return {};
  }
}
