import { BenchError } from '../../core/errors.js';
import type { CheckpointOutline } from './architecture.js';

/** Shape of a tensor that must be there with this many axes. Throws a BenchError that names file and tensor. */
export function shapeIn(outline: CheckpointOutline, name: string, axes: number): readonly number[] {
  const shape = outline.tensors.get(name)?.shape;
  if (shape?.length === axes) return shape;
  throw new BenchError({
    code: 'checkpoint-not-fitting',
    kind: 'input',
    file: outline.file,
    field: name,
    problem: 'the checkpoint is not of this architecture',
    expected: `a tensor of ${axes} axes`,
    got: shape === undefined ? 'no such tensor' : `[${shape.join(', ')}]`,
    remedy: 'Import the official file of this model',
  });
}
