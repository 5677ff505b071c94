import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a published tool took, or why it was not measured. */
export type Reference = { readonly seconds: number } | { readonly reason: string };

/** Those of published_tools.py, by their names there. */
export type References = Readonly<Record<string, Reference>>;

/** CPU seconds of published tools on one thread; without a `python3` that can run them the reason stands for all. */
export function measuredReferences(): References {
  const single = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const script = fileURLToPath(new URL('published_tools.py', import.meta.url));
  const { status, stdout, stderr, error } = spawnSync('python3', [script], {
    encoding: 'utf8',
    env: { ...process.env, ...single },
  });
  if (status === 0) return JSON.parse(stdout) as References;
  const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? `python3 ended with ${status}`;
  return new Proxy({}, { get: () => ({ reason }) });
}
