import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describedMetric } from '../../src/metrics/described-metric.js';
import { openReferenceStatistics } from '../../src/run/reference-statistics.js';

/** A float64 array as NumPy saves it (numpy.lib.format, version 1). */
function float64Npy(values: readonly number[], shape: readonly number[]): Uint8Array {
  const shapeText = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shapeText}, }`;
  const header = `${text.padEnd(117)}\n`;
  const bytes = new Uint8Array(10 + header.length + 8 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(Float64Array.from(values).buffer), 10 + header.length);
  return bytes;
}

const mean = float64Npy([1, 2], [2]);
const covariance = float64Npy([2, 0.5, 0.5, 1], [2, 2]);

describe('openReferenceStatistics', () => {
  let folder: string;
  const written = async (name: string, members: Record<string, Uint8Array>): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, zipSync(members));
    return file;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-statistics-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['fadtk', { 'mu.npy': mean, 'cov.npy': covariance }],
    ['pytorch-fid', { 'mu.npy': mean, 'sigma.npy': covariance }],
    ['stable-audio-metrics', { 'mu_ref.npy': mean, 'sigma_ref.npy': covariance }],
  ])('reads the arrays as %s names them', async (name, members) => {
    const metric = await openReferenceStatistics({ spaceId: 'vggish', file: await written(`${name}.npz`, members) });
    expect(metric.id).toBe(`frechet-vggish-to-${name}`);
    // Two samples with mean (1, 2) and no variance: the distance is the trace of the covariance.
    const clip = { rows: 2, columns: 2, data: Float32Array.of(1, 2, 1, 2) };
    const value = metric.compute([clip], []);
    expect(value.status === 'ok' && value.value).toBeCloseTo(3, 12);
  });

  it('takes one of several models by its prefix, and is known again by its id', async () => {
    const file = await written('all.npz', { 'vggish.mu.npy': mean, 'vggish.cov.npy': covariance });
    const metric = await openReferenceStatistics({ spaceId: 'vggish', file, prefix: 'vggish' });
    expect(metric.id).toBe('frechet-vggish-to-all.vggish');
    expect(describedMetric(metric.id).title).toBe(metric.title);
    await expect(openReferenceStatistics({ spaceId: 'vggish', file })).rejects.toThrow(/add #MODEL/);
  });

  it('has another identity for other numbers under the same name', async () => {
    const open = async (values: Uint8Array): Promise<string | undefined> => {
      const file = await written('same.npz', { 'mu.npy': values, 'cov.npy': covariance });
      return (await openReferenceStatistics({ spaceId: 'vggish', file })).contentHash;
    };
    const first = await open(mean);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await open(mean)).toBe(first);
    expect(await open(float64Npy([1, 3], [2]))).not.toBe(first);
  });

  it('names what is wrong', async () => {
    const open = (file: string, spaceId = 'vggish'): Promise<unknown> => openReferenceStatistics({ spaceId, file });
    await expect(open(join(folder, 'none.npz'))).rejects.toThrow('cannot be read');
    const noZip = join(folder, 'text.npz');
    await writeFile(noZip, 'hello');
    await expect(open(noZip)).rejects.toThrow('no .npz archive');
    const odd = await written('odd.npz', { 'mu.npy': mean, 'cov.npy': float64Npy([2, 9, 0.5, 1], [2, 2]) });
    await expect(open(odd)).rejects.toThrow('not symmetric');
    await expect(open(odd, 'vgish')).rejects.toThrow('Did you mean vggish');
  });
});
