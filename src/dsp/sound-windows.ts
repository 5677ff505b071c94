import type { WindowPlan } from '../core/protocol.js';
import { paddedWithZeros } from './zero-padding.js';

/**
 * The parts of a sound that a network sees, in order: views of `mono` where nothing is filled up. `networkSamples` is what it takes at most.
 * Sound without samples has no windows, but with `zero-pad` and `repeat` one of silence.
 */
export function soundWindows(mono: Float32Array, plan: WindowPlan, networkSamples: number): Float32Array[] {
  const { windowSamples, hopSamples, short } = plan;
  const length = Math.min(windowSamples === 'network' ? networkSamples : windowSamples, networkSamples);
  const hop = hopSamples === 'window' ? length : hopSamples;
  if (mono.length < length && short === 'drop') return [];
  if (mono.length < length && short === 'zero-pad') return [paddedWithZeros(mono, length)];
  if (mono.length < length && short === 'repeat') return [repeated(mono, length)];
  const windows: Float32Array[] = [];
  for (let start = 0; start < mono.length; start += hop) {
    const window = mono.subarray(start, start + length);
    const isWhole = window.length === length;
    if (!isWhole && window.length < plan.shortestTailSamples) continue;
    windows.push(...(isWhole ? [window] : tailOf(mono, { start, length, tail: plan.tail })));
    if (plan.take === 'first' || (!isWhole && plan.tail === 'shift-back')) break;
  }
  return windows;
}

interface Tail {
  readonly start: number;
  readonly length: number;
  readonly tail: WindowPlan['tail'];
}

function tailOf(mono: Float32Array, { start, length, tail }: Tail): Float32Array[] {
  switch (tail) {
    case 'drop':
      return [];
    case 'keep':
      return [mono.subarray(start)];
    case 'zero-pad':
      return [paddedWithZeros(mono.subarray(start), length)];
    case 'shift-back':
      return [mono.subarray(Math.max(0, mono.length - length))];
  }
}

/** As many whole copies as fit, then zeros (LAION CLAP, training/data.py, `repeatpad`). */
export function repeated(samples: Float32Array, length: number): Float32Array {
  const window = new Float32Array(length);
  const copies = samples.length === 0 ? 0 : Math.floor(length / samples.length);
  for (let copy = 0; copy < copies; copy++) window.set(samples, copy * samples.length);
  return window;
}
