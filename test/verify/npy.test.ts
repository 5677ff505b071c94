import { describe, expect, it } from 'vitest';
import { parseFloat32Npy, parseNpy } from '../../src/verify/npy.js';

function npy(header: string, body: Uint8Array, version = 1): Uint8Array {
  const length = version === 1 ? [header.length & 255, header.length >> 8] : [header.length, 0, 0, 0];
  const magic = [0x93, ...Buffer.from('NUMPY'), version, 0, ...length];
  return Uint8Array.from([...magic, ...Buffer.from(header, 'latin1'), ...body]);
}

const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const header = (shape: string, descr = '<f4', order = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe('parseNpy', () => {
  it.each([1, 2, 3])('reads version %i at any offset', (version) => {
    const bytes = npy(header('(2, 3)'), floats(1, 2, 3, 4, 5, 6), version);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const { shape, data } = parseFloat32Npy(shifted.subarray(3), 'x.npy');
    expect([shape, [...data]]).toEqual([
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ]);
  });

  it('reads scalars, vectors, empty arrays and other types', () => {
    expect(parseNpy(npy(header('()'), floats(7)), 'x')).toEqual({ shape: [], data: Float32Array.of(7) });
    expect(parseNpy(npy(header('(1,)'), floats(7)), 'x').shape).toEqual([1]);
    expect(parseNpy(npy(header('(0, 4)'), floats()), 'x').data).toHaveLength(0);
    const integers = new Uint8Array(BigInt64Array.of(-1n).buffer);
    expect(parseNpy(npy(header('(1,)', '<i8'), integers), 'x').data).toEqual(BigInt64Array.of(-1n));
    expect(() => parseFloat32Npy(npy(header('(1,)', '<i8'), integers), 'x.npy')).toThrow(
      'x.npy: the array is not float32',
    );
  });

  it.each([
    ['is no .npy', Buffer.from('PK\u0003\u0004 and so on')],
    ['breaks off', npy(header('(2,)'), floats(1))],
    ['has too much', npy(header('(1,)'), floats(1, 2))],
    ['is in Fortran order', npy(header('(1,)', '<f4', 'True'), floats(1))],
    ['is big-endian', npy(header('(1,)', '>f4'), floats(1))],
    ['has no shape', npy("{'descr': '<f4', 'fortran_order': False}", floats(1))],
    ['has a header beyond its end', npy(header('(1,)'), floats()).subarray(0, 20)],
  ])('refuses a file that %s', (_, bytes) => {
    expect(() => parseNpy(bytes, 'x.npy')).toThrow(expect.objectContaining({ code: 'invalid-npy' }));
  });
});
