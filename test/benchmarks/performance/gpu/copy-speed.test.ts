import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copySpeed } from '../../../../benchmarks/performance/gpu/copy-speed.js';

it('measures a speed that memory can have', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'copy-speed-'));
  try {
    const bytesPerSecond = await copySpeed({ folder, provider: 'cpu', length: 2 ** 22, turns: 8 });
    expect(bytesPerSecond).toBeGreaterThan(1e7);
    expect(bytesPerSecond).toBeLessThan(1e13);
  } finally {
    await rm(folder, { recursive: true });
  }
});
