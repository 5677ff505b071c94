import { describe, expect, it } from 'vitest';
import { createFarnebackFlow, type FlowField, meanMagnitude } from '../../../src/pictures/flow/farneback-flow.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { type MovingKind, paintMoving, readFlowGolden } from './moving-pictures.js';

const { fields } = readFlowGolden();
const small = fields.filter(({ widthPx }) => widthPx < 100);

interface Clip {
  readonly kind: MovingKind;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The flow to frames 1 and 2, copied out of their buffer. */
function flowsOf({ kind, ...size }: Clip, implementation?: 'wasm' | 'plain'): FlowField[] {
  const flowTo = createFarnebackFlow(size, implementation);
  return [0, 1, 2].flatMap((frame) => {
    const flow = flowTo(paintMoving(kind, { ...size, frame }));
    return flow === undefined ? [] : [{ ...flow, vectors: flow.vectors.slice() }];
  });
}

describe('createFarnebackFlow', () => {
  // Most of these are the bits of OpenCV 5.0 on x86-64. Where its blur of a coarse level rounds the other way, the sign of a flow of 1e-9 decides
  // whether a pixel at the border has left the picture: that moves a mean by up to 3e-5 here.
  it.each(fields)('equals OpenCV: $kind at $widthPx x $heightPx', ({ meanMagnitudes, samples, ...clip }) => {
    const flows = flowsOf(clip);
    expectAllClose(flows.map(meanMagnitude), meanMagnitudes, { rtol: 1e-4 });
    const { vectors, stride } = flows[1]!;
    for (const [x, y, ...vector] of samples) {
      const at = y * stride + 2 * x;
      expectAllClose(vectors.subarray(at, at + 2), vector, { rtol: 1e-6, atol: 1e-6 });
    }
  });

  it.each(small)('gives the same bits in plain JavaScript: $kind at $widthPx x $heightPx', (clip) => {
    expect(flowsOf(clip, 'plain')).toEqual(flowsOf(clip, 'wasm'));
  });

  it('finds a step of a texture that every place of the picture takes', () => {
    const size = { widthPx: 160, heightPx: 120 };
    const flow = flowsOf({ kind: 'shift', ...size })[1]!;
    let [sumX, sumY, count] = [0, 0, 0];
    for (let y = 20; y < 100; y++) {
      for (let x = 20; x < 140; x++, count++) {
        sumX += flow.vectors[y * flow.stride + 2 * x]!;
        sumY += flow.vectors[y * flow.stride + 2 * x + 1]!;
      }
    }
    // 90 and 40 of 64 parts of a pixel; a texture with edges is not quite a polynomial.
    expect(sumX / count).toBeCloseTo(-90 / 64, 1);
    expect(sumY / count).toBeCloseTo(40 / 64, 1);
  });

  it('finds none between equal frames but near the right and lower edge, as OpenCV, and none in plain ones', () => {
    const size = { widthPx: 50, heightPx: 40 };
    const still = flowsOf({ kind: 'still', ...size })[1]!;
    expect(meanMagnitude(still)).toBeLessThan(0.02);
    for (let y = 0; y < 15; y++)
      for (let at = y * still.stride; at < y * still.stride + 2 * 25; at++)
        expect(Math.abs(still.vectors[at]!)).toBeLessThan(1e-6);
    const plain = createFarnebackFlow(size);
    plain(new Uint8Array(2000).fill(10));
    expect(meanMagnitude(plain(new Uint8Array(2000).fill(250))!)).toBe(0);
  });

  it('turns with the picture: what moves along x moves along y in the transposed one', () => {
    const [widthPx, heightPx] = [64, 48];
    const across = createFarnebackFlow({ widthPx, heightPx });
    const down = createFarnebackFlow({ widthPx: heightPx, heightPx: widthPx });
    let flows: (FlowField | undefined)[] = [];
    for (const frame of [0, 1]) {
      const gray = paintMoving('shift', { widthPx, heightPx, frame });
      const turned = gray.map((_, at) => gray[(at % heightPx) * widthPx + Math.floor(at / heightPx)]!);
      flows = [across(gray), down(turned)];
    }
    const [one, other] = flows as [FlowField, FlowField];
    for (const [x, y] of [
      [5, 9],
      [32, 24],
      [60, 40],
    ] as const) {
      const [from, to] = [y * one.stride + 2 * x, x * other.stride + 2 * y];
      expectAllClose([one.vectors[from]!, one.vectors[from + 1]!], [other.vectors[to + 1]!, other.vectors[to]!], {
        atol: 1e-4,
      });
    }
  });

  it('expands each frame once: a clip gives what its pairs give', () => {
    const clip = { kind: 'zoom', widthPx: 97, heightPx: 61 } as const;
    const alone = createFarnebackFlow(clip);
    alone(paintMoving('zoom', { ...clip, frame: 1 }));
    const flow = alone(paintMoving('zoom', { ...clip, frame: 2 }))!;
    expect(flow.vectors).toEqual(flowsOf(clip)[1]!.vectors);
  });

  it('takes a picture of one pixel', () => {
    const flowTo = createFarnebackFlow({ widthPx: 1, heightPx: 1 });
    flowTo(Uint8Array.of(3));
    expect(meanMagnitude(flowTo(Uint8Array.of(200))!)).toBe(0);
  });

  it('refuses frames of another size', () => {
    expect(() => createFarnebackFlow({ widthPx: 4, heightPx: 3 })(new Uint8Array(11))).toThrow(/12 bytes, got 11/);
  });
});
