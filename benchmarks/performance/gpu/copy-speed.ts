import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeModel } from '../../../src/models/graph/encode-model.js';
import { createGraphBuilder } from '../../../src/models/graph/graph-builder.js';
import { add } from '../../../src/models/graph/layer-operators.js';
import { loop } from '../../../src/models/graph/loop.js';
import { expand, scalar, slice } from '../../../src/models/graph/shape-operators.js';
import { type ExecutionProvider, openSessionFile } from '../../../src/models/session.js';

export interface CopySpeedOptions {
  /** For the graph's file. */
  readonly folder: string;
  readonly provider: ExecutionProvider;
  /** Floats that are read and written in each turn. */
  readonly length: number;
  /** Of the short measurement; the long one has three times as many. Both are doubled until they stand clear of each other. */
  readonly turns: number;
}

/** Doublings before a machine counts as too busy to be measured. */
const maxDoublings = 8;

/**
 * Bytes a second that the provider reads and writes: x + 1 over a long array, turn after turn inside one `Loop`, so that nothing comes to the host. From
 * the difference of two numbers of turns, which leaves allocation and start out. Throws when other work never lets three times the turns take
 * one and a half times the time.
 */
export async function copySpeed({ folder, provider, length, turns }: CopySpeedOptions): Promise<number> {
  const graph = createGraphBuilder('copy-speed');
  const lengthIn = graph.input('length', 'int64', [1]);
  const turnsIn = graph.input('turns', 'int64', []);
  const { states } = loop(graph, {
    turns: turnsIn,
    states: [{ initial: expand(graph, scalar(graph, 0), lengthIn), type: 'float32', shape: ['length'] }],
    body: (body, _turn, [x]) => ({ states: [add(body, x!, scalar(body, 1))] }),
  });
  graph.output('first', slice(graph, states[0]!, { axis: 0, start: 0, end: 1 }), { shape: [1] });
  const path = join(folder, 'copy-speed.onnx');
  writeFileSync(path, encodeModel(graph.build(), { dtype: 'f32', dataFile: '', places: new Map() }));
  await using session = await openSessionFile(path, { provider });
  const secondsOf = async (count: number): Promise<number> => {
    const startedMs = performance.now();
    const { first } = await session.run<'first'>({
      length: { data: BigInt64Array.of(BigInt(length)), dims: [1] },
      turns: { data: BigInt64Array.of(BigInt(count)), dims: [] },
    });
    const seconds = (performance.now() - startedMs) / 1000;
    if (first.data[0] !== count) throw new Error(`expected ${count} after as many turns, got ${first.data[0]}`);
    return seconds;
  };
  await secondsOf(2);
  const best = async (count: number): Promise<number> =>
    Math.min(await secondsOf(count), await secondsOf(count), await secondsOf(count));
  for (let count = turns, doublings = 0; doublings <= maxDoublings; count *= 2, doublings++) {
    const [few, many] = [await best(count), await best(3 * count)];
    if (many > 1.5 * few) return (2 * count * 2 * 4 * length) / (many - few);
  }
  throw new Error(`no copy speed: ${3 * turns * 2 ** maxDoublings} turns took no longer than a third of them`);
}
