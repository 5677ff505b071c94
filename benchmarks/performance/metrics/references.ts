import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a published tool took, or why it was not measured. */
export type Reference = { readonly seconds: number } | { readonly reason: string };

/** CPU seconds of published tools on one thread, by their names in published_tools.py; without a `python3` that can run it the reason stands for all. */
export function measureReferences(): (name: string) => Reference {
  const single = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const script = fileURLToPath(new URL('published_tools.py', import.meta.url));
  const { status, stdout, stderr, error } = spawnSync('python3', [script], {
    encoding: 'utf8',
    env: { ...process.env, ...single },
  });
  if (status === 0) {
    const measured = JSON.parse(stdout) as Readonly<Record<string, Reference>>;
    return (name) => measured[name] ?? { reason: `published_tools.py has no ${name}` };
  }
  const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? `python3 ended with ${status}`;
  return () => ({ reason });
}
