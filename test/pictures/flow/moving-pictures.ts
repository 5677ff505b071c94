import { readFileSync } from 'node:fs';

/** The pictures of test/fixtures/optical-flow/golden.py, by the same formulas in whole numbers. */
export type MovingKind = 'shift' | 'rotation' | 'zoom' | 'noise' | 'still' | 'square';

export interface FieldCase {
  readonly kind: MovingKind;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of the flow from frame 0 to 1, and from 1 to 2. */
  readonly meanMagnitudes: readonly number[];
  /** Column, row, and the second flow there along x and y. */
  readonly samples: readonly (readonly [number, number, number, number])[];
}

export interface FlowGolden {
  /** Red, green, blue, gray. */
  readonly gray: readonly (readonly [number, number, number, number])[];
  readonly fields: readonly FieldCase[];
  readonly clip: {
    readonly widthPx: number;
    readonly heightPx: number;
    readonly framesPerSecond: number;
    readonly frames: number;
    readonly grayMeans: readonly number[];
    readonly meanMagnitudes: readonly number[];
  };
}

export function readFlowGolden(): FlowGolden {
  const file = new URL('../../fixtures/optical-flow/golden.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as FlowGolden;
}

interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly frame: number;
}

/** One gray frame. */
export function paintMoving(kind: MovingKind, picture: Picture): Uint8Array {
  const { widthPx, heightPx, frame } = picture;
  if (kind === 'noise') return noise(widthPx * heightPx, 7 + frame);
  const gray = new Uint8ClampedArray(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) gray[y * widthPx + x] = grayAt(kind, { ...picture, x, y });
  return new Uint8Array(gray.buffer);
}

/** The clip as a YUV4MPEG2 file. */
export function movingClip({ widthPx, heightPx, frames }: FlowGolden['clip']): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${widthPx} H${heightPx} F25:1 Ip A1:1 C420mpeg2\n`)];
  const plane = (halving: number, valueAt: (x: number, y: number) => number): Uint8Array => {
    const width = widthPx / halving;
    return Uint8Array.from({ length: (width * heightPx) / halving }, (_, at) => {
      const [x, y] = [64 * halving * (at % width), 64 * halving * Math.floor(at / width)];
      return 16 + Math.floor((valueAt(x, y) * 4) / 5);
    });
  };
  for (let frame = 0; frame < frames; frame++) {
    const gone = 30 * frame + 160 * Math.floor(frame / 3);
    parts.push(Buffer.from('FRAME\n'));
    parts.push(plane(1, (x, y) => texture(x + gone, y)));
    parts.push(plane(2, (x, y) => texture(x, y + gone)));
    parts.push(plane(2, (x, y) => texture(x - gone, y + 900)));
  }
  return Buffer.concat(parts);
}

const wide = 2 ** 12;

function grayAt(kind: MovingKind, place: Picture & { readonly x: number; readonly y: number }): number {
  const { widthPx, heightPx, frame, x, y } = place;
  if (kind === 'shift') return texture(64 * x + 90 * frame, 64 * y - 40 * frame);
  if (kind === 'zoom') {
    const scale = wide + 80 * frame;
    return texture(Math.floor((x * scale) / 64), Math.floor((y * scale) / 64));
  }
  if (kind === 'rotation') {
    const turn = 60 * frame;
    return texture(Math.floor((x * wide - y * turn) / 64), Math.floor((y * wide + x * turn) / 64));
  }
  if (kind === 'still') return texture(64 * x, 64 * y);
  const [fromX, fromY] = [x - Math.floor(widthPx / 3) - 2 * frame, y - Math.floor(heightPx / 2) - frame];
  if (Math.abs(fromX) >= 7 || Math.abs(fromY) >= 7) return texture(64 * x, 64 * y);
  return texture(64 * (x - 2 * frame) + 5000, 64 * (y - frame));
}

/** Gray at a place counted in 1/64 pixel. */
function texture(u: number, v: number): number {
  return (
    Math.floor((triangle(u + 2 * v, 700) * 90) / 1400) +
    Math.floor((triangle(3 * u - v, 1100) * 100) / 2200) +
    Math.floor((triangle(v, 410) * 60) / 820)
  );
}

function triangle(value: number, period: number): number {
  const whole = 4 * period;
  return Math.abs((((value % whole) + whole) % whole) - 2 * period);
}

function noise(count: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
