import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImportedModel } from '../../../src/models/import/imported-model.js';
import type { TensorData } from '../../../src/models/session.js';
import { importUntrained } from '../../../src/models/untrained/import-untrained.js';
import { untrainedNetworks } from '../../../src/models/untrained/networks.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graphs-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Feed = TensorData<Float32Array> | TensorData<BigInt64Array>;

/** Two different items of the shape of one, alone and together. */
function pairLike({ dims, data }: Feed): readonly Feed[] {
  if (data instanceof BigInt64Array) {
    const second = data.map((token) => token + 3n);
    return [
      { dims, data },
      { dims, data: second },
      { dims: [2, ...dims.slice(1)], data: BigInt64Array.of(...data, ...second) },
    ];
  }
  const [first, second] = [data, data.map((value, n) => 0.5 * value + 0.1 * Math.sin(n))];
  return [
    { dims, data: first },
    { dims, data: second },
    { dims: [2, ...dims.slice(1)], data: Float32Array.from([...first, ...second]) },
  ];
}

describe('the graphs of official networks, in small', () => {
  it.each(untrainedNetworks.map((network) => [network.id, network] as const))(
    '%s gives each item of a batch what it gives it alone, and the same bits twice',
    async (_id, network) => {
      await using session = await openImportedModel(await importUntrained(network, { folder }));
      const inputs = Object.entries(network.architecture.shortestInput(network.dimensions)) as [string, Feed][];
      const run = (which: number): Promise<Record<string, TensorData>> =>
        session.run(Object.fromEntries(inputs.map(([name, input]) => [name, pairLike(input)[which]!])));
      const [alone, other, together, again] = [await run(0), await run(1), await run(2), await run(2)];
      expect(again).toEqual(together);
      for (const [output, { data }] of Object.entries(together)) {
        const apart = [...alone[output]!.data, ...other[output]!.data];
        expect(apart).toHaveLength(data.length);
        const scale = Math.max(...apart.map(Math.abs));
        const worst = Math.max(...apart.map((value, index) => Math.abs(value - data[index]!)));
        expect(worst, output).toBeLessThan(1e-5 * scale);
      }
    },
  );
});
