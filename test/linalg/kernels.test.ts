import { describe, expect, it } from 'vitest';
import { checkedInKernelModule, kernelModule, kernelSources } from '../../scripts/kernels.js';
import { kernelMemory } from '../../src/linalg/kernels.js';
import { normalStream } from '../helpers/metric-recipe.js';

const kinds = ['fused', 'wasm', 'plain'] as const;

it.each(kernelSources)('checks in $name as its source gives it', async (source) => {
  expect(checkedInKernelModule(source)).toBe(await kernelModule(source));
});

it('uses WebAssembly with fused multiply-adds here, and others when asked', () => {
  expect(kernelMemory(8).kind).toBe('fused');
  for (const kind of kinds) expect(kernelMemory(8, kind).kind).toBe(kind);
});

describe.each(kinds)('%s kernels', (kind) => {
  it('multiply tiles of four by four onto what is there', () => {
    const memory = kernelMemory(8 * 4096, kind);
    const cells = new Float64Array(memory.buffer);
    fill(cells);
    const before = cells.slice();
    memory.kernels.multiply({ ...steps, lanes: 0, rows: 400, out: 1000, outStep: 50 });
    for (const [lane, row] of pairs(8, 12)) {
      let sum = before[1000 + (lane >> 2) * 50 + 4 * row + (lane & 3)]!;
      for (let k = 0; k < depth; k++) {
        sum += before[400 + (row >> 2) * 60 + 4 * k + (row & 3)]! * before[(lane >> 2) * 80 + 4 * k + (lane & 3)]!;
      }
      const value = cells[1000 + (lane >> 2) * 50 + 4 * row + (lane & 3)]!;
      if (kind === 'fused') expect(value).toBeCloseTo(sum, 13);
      else expect(value).toBe(sum);
    }
    expect(cells.subarray(0, 1000)).toEqual(before.subarray(0, 1000));
    expect(cells.subarray(1098)).toEqual(before.subarray(1098));
  });

  it('multiply tiles of eight by four in float32', () => {
    const memory = kernelMemory(8 * 4096, kind);
    const cells = new Float32Array(memory.buffer);
    fill(cells);
    const before = cells.slice();
    memory.kernels.multiplySingle({ ...steps, lanes: 0, laneStep: 160, rows: 400, out: 1000, outStep: 100 });
    for (const [lane, row] of pairs(16, 12)) {
      let sum = before[1000 + (lane >> 3) * 100 + 8 * row + (lane & 7)]!;
      for (let k = 0; k < depth; k++) {
        const product =
          before[400 + (row >> 2) * 60 + 4 * k + (row & 3)]! * before[(lane >> 3) * 160 + 8 * k + (lane & 7)]!;
        sum = Math.fround(sum + Math.fround(product));
      }
      expect(cells[1000 + (lane >> 3) * 100 + 8 * row + (lane & 7)]).toBe(sum);
    }
    expect(cells.subarray(1196)).toEqual(before.subarray(1196));
  });

  it('multiply pairs of 16-bit integers', () => {
    const memory = kernelMemory(8 * 4096, kind);
    const [shorts, sums] = [new Int16Array(memory.buffer), new Int32Array(memory.buffer)];
    const normal = normalStream(7);
    for (let i = 0; i < shorts.length; i++) shorts[i] = 3000 * normal();
    const [before, sumsBefore] = [shorts.slice(), sums.slice()];
    memory.kernels.multiplyPairs({ ...steps, lanes: 0, laneStep: 160, rows: 400, out: 1000, outStep: 100 });
    for (const [lane, row] of pairs(16, 12)) {
      const at = 1000 + (lane >> 3) * 100 + 8 * row + (lane & 7);
      let sum = sumsBefore[at]!;
      for (let k = 0; k < 2 * depth; k++) {
        const pair = k >> 1;
        const x = 2 * ((lane >> 3) * 160 + 8 * pair + (lane & 7)) + (k & 1);
        const y = 2 * (400 + (row >> 2) * 60 + 4 * pair + (row & 3)) + (k & 1);
        sum = (sum + before[y]! * before[x]!) | 0;
      }
      expect(sums[at]).toBe(sum);
    }
    expect(sums.subarray(1196)).toEqual(sumsBefore.subarray(1196));
  });

  it.each([1, 2, 5, 16])('solve strips for a lower triangle of %i rows', (size) => {
    const memory = kernelMemory(8 * 4096, kind);
    const cells = new Float64Array(memory.buffer);
    fill(cells);
    // Column 1 adds nothing, as one that the others explain.
    if (size > 1) cells[501] = 0;
    const before = cells.slice();
    memory.kernels.solveStrips({ at: 8, strips: 3, stripStep: 90, square: 1000, scales: 500, size });
    const solved = (strip: number, column: number, lane: number): number => cells[8 + 90 * strip + 4 * column + lane]!;
    for (const [strip, lane] of pairs(3, 4)) {
      for (let column = 0; column < size; column++) {
        let sum = before[8 + 90 * strip + 4 * column + lane]!;
        for (let k = 0; k < column; k++) sum -= before[1000 + column * size + k]! * solved(strip, k, lane);
        const scaled = sum * before[500 + column]!;
        // The fused sum rounds less often: at most 16 steps of 2^-53 of the largest term.
        if (kind === 'fused')
          expect(Math.abs(solved(strip, column, lane) - scaled)).toBeLessThan(1e-13 * (1 + Math.abs(scaled)) * 50);
        else expect(solved(strip, column, lane)).toBe(scaled);
      }
      expect(cells.subarray(8 + 90 * strip + 4 * size, 8 + 90 * (strip + 1))).toEqual(
        before.subarray(8 + 90 * strip + 4 * size, 8 + 90 * (strip + 1)),
      );
    }
    expect(cells.subarray(300)).toEqual(before.subarray(300));
  });

  it('do nothing without strips or columns', () => {
    const memory = kernelMemory(8 * 4096, kind);
    const cells = new Float64Array(memory.buffer);
    fill(cells);
    const before = cells.slice();
    for (const none of [{ laneStrips: 0 }, { rowStrips: 0 }, { depth: 0 }]) {
      memory.kernels.multiply({ ...steps, lanes: 0, rows: 400, out: 1000, outStep: 50, ...none });
    }
    for (const none of [{ strips: 0 }, { size: 0 }])
      memory.kernels.solveStrips({ at: 8, strips: 3, stripStep: 90, square: 1000, scales: 500, size: 4, ...none });
    expect(cells).toEqual(before);
  });
});

describe('distance kernels', () => {
  const tiles = { tiles: 0, rows: 12, laneStrips: 3, left: 400, lanes: 440 };
  const memories = kinds.map((kind) => {
    const memory = kernelMemory(8 * 1024, kind);
    fill(new Float32Array(memory.buffer));
    return { ...memory, singles: new Float32Array(memory.buffer), integers: new Int32Array(memory.buffer) };
  });
  const [first, ...others] = memories as [(typeof memories)[0], ...typeof memories];
  const values = { at: 0, count: 12 * 24 };

  it('turn products into squared distances', () => {
    const before = first.singles.slice();
    for (const { kernels } of memories) kernels.squareDistances(tiles);
    for (const { singles } of others) expect(singles.subarray(0, 2048)).toEqual(first.singles.subarray(0, 2048));
    const [row, lane] = [5, 19];
    const cell = 2 * 12 * 8 + 8 * row + 3;
    const squares = Math.fround(before[400 + row]! + before[440 + lane]!);
    expect(first.singles[cell]).toBe(Math.fround(squares - 2 * before[cell]!));
    expect(first.singles.subarray(values.count)).toEqual(before.subarray(values.count));
  });

  it('turn products of integers into squared distances', () => {
    for (const { singles, integers } of memories) {
      fill(singles);
      integers.subarray(0, values.count).forEach((_, cell, all) => {
        all[cell] = ((cell * 7919) % 20011) - 10000;
      });
    }
    const products = first.integers.slice(0, values.count);
    for (const { kernels } of memories) kernels.roughDistances({ ...tiles, leftScales: 500, laneScales: 520 });
    for (const { singles } of others) expect(singles.subarray(0, 600)).toEqual(first.singles.subarray(0, 600));
    const [row, lane] = [5, 19];
    const cell = 2 * 12 * 8 + 8 * row + 3;
    const { fround } = Math;
    const factor = fround(first.singles[500 + row]! * first.singles[520 + lane]!);
    const squares = fround(first.singles[400 + row]! + first.singles[440 + lane]!);
    expect(first.singles[cell]).toBe(fround(squares - fround(factor * products[cell]!)));
    for (const { singles } of memories) fill(singles);
  });

  it('list and count what is within limits', () => {
    const counts = memories.map(({ kernels }) => kernels.listWithin({ ...tiles, from: -0.5, list: 1000 }));
    const expected = Array.from({ length: values.count }, (_, cell) => cell).filter((cell) => {
      const lane = 8 * Math.floor(cell / 96) + (cell % 8);
      const limit = Math.max(first.singles[400 + (Math.floor(cell / 8) % 12)]!, first.singles[440 + lane]!);
      return first.singles[cell]! >= -0.5 && first.singles[cell]! < limit;
    });
    for (const [index, { integers }] of memories.entries())
      expect([...integers.subarray(1000, 1000 + counts[index]!)]).toEqual(expected);
    const below = memories.map(({ kernels }) => kernels.countBelow({ ...values, limit: 0.25 }));
    const cells = first.singles.subarray(0, values.count);
    expect(below).toEqual(new Array(kinds.length).fill(cells.filter((value) => value < 0.25).length));
  });

  it('sum powers of two, to about 1e-7 each', () => {
    for (const { singles } of memories) singles.set([0, -3, 0.5, 1, 17, 90, 125.5, 700, Number.POSITIVE_INFINITY]);
    const sums = memories.map(({ kernels }) => kernels.sumPowers({ ...values, rate: -1.1 }));
    expect(new Set(sums).size).toBe(1);
    const cells = [...first.singles.subarray(0, values.count)];
    const expected = cells.reduce((sum, value) => sum + 2 ** Math.min(0, -1.1 * value), 0);
    expect(Math.abs(sums[0]! / expected - 1)).toBeLessThan(1e-7);
    for (const value of [0, 0.3, 0.5, 7.77, 100]) {
      first.singles.fill(value, 0, 8);
      const power = first.kernels.sumPowers({ at: 0, count: 8, rate: -1 }) / 8;
      expect(Math.abs(power / 2 ** -Math.fround(value) - 1)).toBeLessThan(2e-7);
    }
  });
});

const depth = 13;
const steps = { laneStep: 80, laneStrips: 2, rowStep: 60, rowStrips: 3, depth };

function fill(cells: Float32Array | Float64Array): void {
  const normal = normalStream(7);
  for (let i = 0; i < cells.length; i++) cells[i] = normal();
}

function pairs(lanes: number, rows: number): (readonly [number, number])[] {
  return Array.from({ length: lanes * rows }, (_, index) => [Math.floor(index / rows), index % rows] as const);
}
