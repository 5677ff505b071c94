import { BenchError } from '../../core/errors.js';

export interface Damage {
  /** Tensor, entry or byte where it was found. */
  readonly field?: string;
  readonly problem: string;
  readonly expected?: string;
  readonly got?: string;
}

/** A file that is cut off, contradicts itself or goes beyond the limits. */
export function damaged(file: string, damage: Damage): BenchError {
  const remedy = 'Get the file again: it is damaged, or not a checkpoint';
  return new BenchError({ code: 'checkpoint-damaged', kind: 'input', file, ...damage, remedy });
}

/** A file that asks for something that these readers do not do, such as running code. */
export function refused(file: string, damage: Damage): BenchError {
  const remedy = 'Use the official file, or save the tensors alone (state_dict) as safetensors';
  return new BenchError({ code: 'checkpoint-refused', kind: 'input', file, ...damage, remedy });
}
