import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pixelTable, resizedFrame, vidmuseImage } from '../../src/pictures/vidmuse-image.js';
import { formulaFrame } from '../../src/verify/vidmuse/formula-frame.js';
import { expectAllClose } from '../helpers/all-close.js';
import { readNpy } from '../helpers/npy.js';

const fixtures = fileURLToPath(new URL('../fixtures/vidmuse/', import.meta.url));
const sizePx = 224;

const plain = (widthPx: number, heightPx: number) => ({
  ...{ widthPx, heightPx },
  rgb: Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, index) => [201, 7, 96][index % 3]!),
});

describe('pixelTable', () => {
  it('is the official preprocessing bit for bit', () => {
    const golden = readNpy<Float32Array>(`${fixtures}pixel_table.npy`);
    expect(Float32Array.from(pixelTable().flatMap((channel) => [...channel]))).toEqual(golden.data);
  });
});

describe.each([true, false])('resizedFrame, antialias %s', (antialias) => {
  it.each(['320x180', '180x320'])('is torchvision’s resize of %s to a byte', (name) => {
    const [widthPx, heightPx] = name.split('x').map(Number) as [number, number];
    const { data } = resizedFrame(formulaFrame(7, { widthPx, heightPx, k: 0 }), { sizePx, antialias });
    const golden = readNpy<Uint8Array>(`${fixtures}resize_${name}_${antialias ? '' : 'no_'}antialias.npy`);
    const rows = Array.from({ length: 3 * sizePx }, (_, row) => row).filter((row) => (row % sizePx) % 7 === 0);
    const own = rows.flatMap((row) => [...data.subarray(row * sizePx, (row + 1) * sizePx)]);
    expectAllClose(own, golden.data, { atol: 1 });
    const differing = own.filter((byte, index) => byte !== golden.data[index]);
    expect(differing.length / own.length).toBeLessThan(0.01);
  });

  it('keeps one colour, whatever the shape', () => {
    for (const picture of [plain(320, 180), plain(100, 300), plain(7, 5), plain(1, 1)]) {
      const { data } = resizedFrame(picture, { sizePx: 32, antialias });
      [201, 7, 96].forEach((byte, channel) => {
        expect(new Set(data.subarray(channel * 1024, (channel + 1) * 1024))).toEqual(new Set([byte]));
      });
    }
  });

  it('takes a frame of the size as it is', () => {
    const frame = formulaFrame(3, { widthPx: 32, heightPx: 32, k: 0 });
    const { data } = resizedFrame(frame, { sizePx: 32, antialias });
    frame.rgb.forEach((byte, index) => {
      if (data[(index % 3) * 1024 + Math.floor(index / 3)] !== byte) expect.fail(`byte ${index}`);
    });
  });

  it('gives whole bytes', () => {
    const { data } = resizedFrame(formulaFrame(2, { widthPx: 61, heightPx: 47, k: 0 }), { sizePx: 32, antialias });
    expect(data.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(true);
  });
});

describe('vidmuseImage', () => {
  it('is the visual encoder’s input of the official code', () => {
    const { local_frame_ids_padded, sel_local } = JSON.parse(readFileSync(`${fixtures}meta.json`, 'utf8'));
    const own = sel_local.flatMap((place: number) => {
      const frame = formulaFrame(local_frame_ids_padded[place], { widthPx: sizePx, heightPx: sizePx, k: 0 });
      const { data } = vidmuseImage(frame, { sizePx, antialias: false });
      return Array.from({ length: 3 * 32 }, (_, line) => {
        const start = (Math.floor(line / 32) * sizePx + 96 + (line % 32)) * sizePx + 64;
        return [...data.subarray(start, start + 32)];
      }).flat();
    });
    expectAllClose(own, readNpy<Float32Array>(`${fixtures}pixel_patch.npy`).data, { atol: 1e-6 });
  });
});
