import { readFileSync } from 'node:fs';
import { BenchError, type BenchErrorFields } from '../../src/core/errors.js';
import type { CheckpointOutline } from '../../src/models/architectures/architecture.js';

const read = (name: string): string => readFileSync(new URL(`../fixtures/vidmuse/${name}`, import.meta.url), 'utf8');

/** `xp.cfg` of the small golden checkpoint. */
export const goldenSettings: string = read('xp_cfg.yaml');

/** What the small golden checkpoint has: [name, shape]. */
export const goldenShapes: ReadonlyMap<string, readonly number[]> = new Map(
  read('keys_best_state.txt')
    .trim()
    .split('\n')
    .map((line) => {
      const [name, shape] = line.split('\t') as [string, string];
      return [name, shape.split('x').map(Number)];
    }),
);

export interface OutlineParts {
  readonly shapes?: Iterable<readonly [string, readonly number[]]>;
  readonly values?: Readonly<Record<string, string>>;
  readonly clipHeads?: number | undefined;
}

/** An outline of these tensors and values; those of the golden checkpoint where they are left out. */
export function outlineOf({
  shapes = goldenShapes,
  values = { 'xp.cfg': goldenSettings },
  clipHeads,
}: OutlineParts = {}): CheckpointOutline {
  return {
    file: 'state_dict.bin',
    tensors: new Map([...shapes].map(([name, shape]) => [name, { name, type: 'float32', shape }])),
    values: new Map(Object.entries(values)),
    ...(clipHeads === undefined ? {} : { hints: { clipHeads } }),
  };
}

/** What the BenchError says that a call throws. */
export function refusalOf(call: () => unknown): BenchErrorFields {
  try {
    call();
  } catch (error) {
    if (error instanceof BenchError) return error.fields;
    throw error;
  }
  throw new Error('nothing was refused');
}
