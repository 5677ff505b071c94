import { describe, expect, it } from 'vitest';
import { seededRng } from '../../../src/core/rng.js';
import { musicnnWindowsModel } from '../../../src/models/architectures/musicnn-windows.js';
import { findModel } from '../../../src/models/catalogue.js';
import { openModel, openSessionBytes, readModel, type TensorData } from '../../../src/models/session.js';
import { expectAllClose } from '../../helpers/all-close.js';

const [frames, bands] = [187, 96];
const outputs = ['penultimate', 'logits', 'tags'] as const;

function logMel(count: number): Float32Array {
  const rng = seededRng('musicnn-windows', count);
  return Float32Array.from({ length: count * bands }, () => 4 * rng.next() ** 2);
}

describe.each(['musicnn-mtt', 'musicnn-msd'])('musicnnWindowsModel(%s)', (id) => {
  const model = findModel(id);

  it.each([
    ['one a second', [0, 63, 125, 188, 250]],
    ['one alone', [0]],
    ['apart, side by side and in any order', [400, 0, 187, 188]],
  ])('agrees with the shipped network window by window: %s', async (_, starts) => {
    await using shipped = await openModel(model);
    const { bytes, inputNames, outputNames } = musicnnWindowsModel(await readModel(model));
    await using shared = await openSessionBytes({ bytes, path: 'rebuilt' });
    expect([shared.inputNames, shared.outputNames]).toEqual([inputNames, outputNames]);
    const length = Math.max(...starts) + frames;
    const sound = logMel(length);
    const results: Record<string, TensorData> = await shared.run({
      logmel: { data: sound, dims: [length, bands] },
      starts: { data: BigInt64Array.from(starts, BigInt), dims: [starts.length] },
    });
    for (const [row, start] of starts.entries()) {
      const window = sound.slice(start * bands, (start + frames) * bands);
      const alone = await shipped.run({ logmel: { data: window, dims: [1, frames, bands] } }, outputs);
      for (const name of outputs) {
        const columns = alone[name].dims[1]!;
        const ofRow = results[name]!.data.subarray(row * columns, (row + 1) * columns);
        expectAllClose(ofRow, alone[name].data, { atol: 2e-5, rtol: 1e-5 });
      }
    }
  });
});

describe('musicnnWindowsModel', () => {
  it('names the weights that a file lacks', async () => {
    const other = await readModel(findModel('efficientnet-lite0'));
    expect(() => musicnnWindowsModel(other)).toThrow('the MusicNN file has no weights x_norm_scale');
  });
});
