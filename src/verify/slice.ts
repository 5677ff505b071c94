import { BenchError } from '../core/errors.js';
import type { TensorData } from '../models/session.js';

/** One axis of a selection: a single position, which drops the axis, or every `step`-th position of a half-open range. */
export type AxisSelection =
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'range'; readonly start?: number; readonly stop?: number; readonly step: number }
  /** `...`: as many whole axes as are not named. */
  | { readonly kind: 'rest' };

/** Selections that are applied one after the other, as in `x[0,:3][...,5::16,5::16]`. */
export type Selection = readonly (readonly AxisSelection[])[];

/**
 * Reads basic indexing in NumPy notation: integers, `start:stop:step` with positive steps, and `...`; brackets may follow each other.
 * A remark in parentheses at the end is ignored. Throws a BenchError for other notation.
 */
export function parseSelection(notation: string): Selection {
  const brackets = notation.replace(/\(.*\)\s*$/, '').replaceAll(/\s/g, '');
  if (!/^(\[[^[\]]+\])+$/.test(brackets)) throw unreadable(notation);
  return brackets
    .slice(1, -1)
    .split('][')
    .map((axes) => {
      const selections = axes.split(',').map((axis) => parseAxis(axis, notation));
      if (selections.filter(({ kind }) => kind === 'rest').length > 1) throw unreadable(notation);
      return selections;
    });
}

/** The selected cells, row-major. Throws a BenchError where the tensor has too few axes or an index lies outside. */
export function applySelection(tensor: TensorData, selection: Selection): TensorData {
  return selection.reduce(selectOnce, tensor);
}

function parseAxis(axis: string, notation: string): AxisSelection {
  if (axis === '...') return { kind: 'rest' };
  if (/^-?\d+$/.test(axis)) return { kind: 'index', at: Number(axis) };
  const [, start, stop, step] = /^(-?\d+)?:(-?\d+)?(?::(\d+)?)?$/.exec(axis) ?? unreadableMatch(notation);
  if (step !== undefined && Number(step) === 0) throw unreadable(notation);
  return {
    kind: 'range',
    ...(start === undefined ? {} : { start: Number(start) }),
    ...(stop === undefined ? {} : { stop: Number(stop) }),
    step: Number(step ?? 1),
  };
}

function selectOnce({ data, dims }: TensorData, axes: readonly AxisSelection[]): TensorData {
  const perAxis = spread(axes, dims);
  const strides = dims.map((_, axis) => dims.slice(axis + 1).reduce((product, length) => product * length, 1));
  const picked = dims.map((length, axis) => positions(perAxis[axis]!, { length, axis }));
  let offsets = [0];
  picked.forEach((places, axis) => {
    offsets = offsets.flatMap((offset) => places.map((place) => offset + place * strides[axis]!));
  });
  return {
    data: Float32Array.from(offsets, (offset) => data[offset]!),
    dims: picked.flatMap((places, axis) => (perAxis[axis]!.kind === 'index' ? [] : [places.length])),
  };
}

/** One selection for each axis: `...`, or the end, stands for whole axes. */
function spread(axes: readonly AxisSelection[], dims: readonly number[]): readonly AxisSelection[] {
  const restAt = axes.findIndex(({ kind }) => kind === 'rest');
  const named = restAt < 0 ? axes.length : axes.length - 1;
  if (named > dims.length) {
    throw new BenchError({
      code: 'selection-outside',
      kind: 'input',
      problem: `a slice of ${named} axes does not fit a tensor of shape ${dims.join('x')}`,
    });
  }
  const whole = Array.from({ length: dims.length - named }, (): AxisSelection => ({ kind: 'range', step: 1 }));
  const end = restAt < 0 ? axes.length : restAt;
  return [...axes.slice(0, end), ...whole, ...axes.slice(end + 1)];
}

function positions(axis: AxisSelection, { length, axis: number }: { length: number; axis: number }): number[] {
  if (axis.kind === 'index') {
    const at = axis.at < 0 ? axis.at + length : axis.at;
    if (at >= 0 && at < length) return [at];
    throw new BenchError({
      code: 'selection-outside',
      kind: 'input',
      problem: `index ${axis.at} lies outside axis ${number}, which has ${length} entries`,
    });
  }
  const { start, stop, step } = axis.kind === 'range' ? axis : { start: 0, stop: length, step: 1 };
  const bound = (value: number): number => Math.min(length, Math.max(0, value < 0 ? value + length : value));
  const from = bound(start ?? 0);
  const count = Math.max(0, Math.ceil((bound(stop ?? length) - from) / step));
  return Array.from({ length: count }, (_, index) => from + index * step);
}

function unreadableMatch(notation: string): never {
  throw unreadable(notation);
}

function unreadable(notation: string): BenchError {
  return new BenchError({
    code: 'invalid-slice',
    kind: 'input',
    problem: `the slice "${notation}" is not understood`,
    expected: 'integers, start:stop:step and ... in brackets',
  });
}
