import { expect, it } from 'vitest';
import { writeLuma } from '../../src/pictures/luma.js';
import { writeOpencvGray } from '../../src/pictures/opencv-gray.js';
import { readFlowGolden } from './flow/moving-pictures.js';

const { gray: colours } = readFlowGolden();

it('gives the gray of OpenCV, also where fewer bits round the other way', () => {
  const picture = {
    widthPx: colours.length,
    heightPx: 1,
    rgb: Uint8Array.from(colours.flatMap((colour) => colour.slice(0, 3))),
  };
  const [gray, luma] = [new Uint8Array(colours.length), new Uint8Array(colours.length)];
  writeOpencvGray(picture, gray);
  writeLuma(picture, luma);
  expect([...gray]).toEqual(colours.map(([, , , value]) => value));
  expect([...luma]).not.toEqual([...gray]);
});
