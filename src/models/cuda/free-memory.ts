import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Free memory of the first GPU in bytes, as its driver's tool tells it; undefined where there is none. */
export async function freeGpuBytes(): Promise<number | undefined> {
  const query = ['--query-gpu=memory.free', '--format=csv,noheader,nounits', '--id=0'];
  const { stdout } = await promisify(execFile)('nvidia-smi', query).catch(() => ({ stdout: '' }));
  const mebibytes = Number.parseFloat(stdout);
  return Number.isFinite(mebibytes) ? mebibytes * 2 ** 20 : undefined;
}
