import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command line's tests run the built program: build it from the sources that are under test. */
export function setup(): void {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}
