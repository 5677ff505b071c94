import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BenchError } from '../core/errors.js';

/** The package registry that the user's npm is set to. Throws a BenchError where npm cannot be asked. */
export async function npmRegistry(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (environment.npm_config_registry !== undefined) return environment.npm_config_registry;
  try {
    const options = { env: environment, shell: process.platform === 'win32' };
    const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry'], options);
    return stdout.trim();
  } catch (cause) {
    throw new BenchError({
      code: 'registry-unknown',
      kind: 'input',
      problem: 'npm cannot be asked for its package registry',
      remedy: 'Name it with --registry, or give the archive with --from',
      cause,
    });
  }
}
