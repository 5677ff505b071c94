import { readFileSync } from 'node:fs';
import { type NpyArray, type NpyData, parseNpy } from '../../src/verify/npy.js';

/** A NumPy .npy file. The type argument is the caller's word for the element type: `readNpy<Float32Array>(path)`. */
export function readNpy<Data extends NpyData = NpyData>(path: string): NpyArray<Data> {
  return parseNpy(readFileSync(path), path) as NpyArray<Data>;
}
