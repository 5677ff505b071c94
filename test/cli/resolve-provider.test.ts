import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveProvider } from '../../src/cli/resolve-provider.js';
import { BenchError } from '../../src/core/errors.js';
import { probeProvider } from '../../src/models/provider-probe.js';

const tf32 = 'NVIDIA_TF32_OVERRIDE';

describe('resolveProvider', () => {
  let said: string[] = [];
  const terminal = { err: (line: string) => void said.push(line) };
  const before = process.env[tf32];

  beforeEach(() => {
    said = [];
    delete process.env[tf32];
  });
  afterEach(() => {
    if (before === undefined) delete process.env[tf32];
    else process.env[tf32] = before;
  });

  it('takes the CPU without a word', async () => {
    expect(await resolveProvider('cpu', terminal)).toBe('cpu');
    expect(said).toEqual([]);
    expect(process.env[tf32]).toBeUndefined();
  });

  it('says what auto comes to, with float32 kept whole on CUDA from the first run on', async () => {
    const isThere = (await probeProvider('cuda')).status === 'ok';
    expect(await resolveProvider('auto', terminal)).toBe(isThere ? 'cuda' : 'cpu');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(isThere ? /^provider: cuda$/ : /^provider: cpu \(cuda: .+\)$/);
    expect(process.env[tf32]).toBe('0');
  });

  it('never falls back from a name, and leaves the choice of the user', async () => {
    process.env[tf32] = '1';
    const isThere = (await probeProvider('cuda')).status === 'ok';
    const outcome = await resolveProvider('cuda', terminal).catch((error: unknown) => error);
    if (isThere) expect(outcome).toBe('cuda');
    else expect((outcome as BenchError).message).toContain('a small run on cuda does not work');
    expect(outcome instanceof BenchError).toBe(!isThere);
    expect(process.env[tf32]).toBe('1');
  });
});
