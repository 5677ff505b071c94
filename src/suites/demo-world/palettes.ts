import type { PaletteName } from './scene.js';

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export type Shape = 'disc' | 'square' | 'diamond';

/** One look of the world: a bright and a dark one take turns at the cuts, so that every cut is plain to see. */
export interface Look {
  readonly skyTop: Colour;
  readonly skyBottom: Colour;
  /** Far, middle and near hills. */
  readonly hills: readonly [Colour, Colour, Colour];
  readonly particles: Colour;
  /** What a flash turns everything towards. */
  readonly flash: Colour;
}

export interface Palette {
  readonly shape: Shape;
  readonly bright: Look;
  readonly dark: Look;
}

export const palettes: Readonly<Record<PaletteName, Palette>> = {
  ember: {
    shape: 'diamond',
    bright: look(
      [255, 196, 120],
      [255, 226, 170],
      [
        [246, 170, 96],
        [232, 140, 80],
        [214, 116, 64],
      ],
      [120, 30, 14],
      [70, 6, 0],
    ),
    dark: look(
      [52, 14, 10],
      [96, 26, 14],
      [
        [74, 22, 16],
        [54, 16, 12],
        [36, 10, 8],
      ],
      [255, 150, 40],
      [255, 214, 150],
    ),
  },
  neon: {
    shape: 'square',
    bright: look(
      [90, 240, 255],
      [210, 190, 255],
      [
        [170, 160, 250],
        [220, 130, 240],
        [250, 110, 210],
      ],
      [70, 0, 110],
      [30, 0, 70],
    ),
    dark: look(
      [14, 8, 46],
      [44, 10, 78],
      [
        [30, 14, 74],
        [22, 10, 56],
        [12, 6, 34],
      ],
      [60, 255, 220],
      [230, 190, 255],
    ),
  },
  forest: {
    shape: 'disc',
    bright: look(
      [196, 236, 214],
      [226, 246, 196],
      [
        [170, 216, 150],
        [140, 196, 116],
        [112, 176, 92],
      ],
      [24, 84, 44],
      [6, 52, 24],
    ),
    dark: look(
      [12, 40, 34],
      [24, 62, 42],
      [
        [20, 54, 34],
        [14, 42, 24],
        [8, 28, 16],
      ],
      [190, 250, 130],
      [214, 250, 200],
    ),
  },
  ocean: {
    shape: 'disc',
    bright: look(
      [160, 214, 250],
      [214, 240, 252],
      [
        [150, 204, 240],
        [112, 184, 230],
        [84, 164, 220],
      ],
      [12, 62, 128],
      [0, 30, 84],
    ),
    dark: look(
      [8, 22, 58],
      [14, 46, 92],
      [
        [12, 40, 84],
        [8, 30, 66],
        [4, 18, 44],
      ],
      [130, 220, 255],
      [196, 230, 255],
    ),
  },
  dusk: {
    shape: 'diamond',
    bright: look(
      [238, 196, 226],
      [255, 222, 214],
      [
        [226, 180, 214],
        [206, 154, 198],
        [186, 130, 182],
      ],
      [84, 24, 96],
      [50, 6, 62],
    ),
    dark: look(
      [36, 16, 52],
      [66, 26, 70],
      [
        [54, 22, 62],
        [40, 16, 48],
        [26, 10, 34],
      ],
      [255, 170, 210],
      [246, 210, 240],
    ),
  },
  sand: {
    shape: 'square',
    bright: look(
      [250, 232, 176],
      [255, 244, 214],
      [
        [240, 216, 150],
        [230, 198, 124],
        [220, 180, 100],
      ],
      [130, 70, 10],
      [84, 40, 0],
    ),
    dark: look(
      [58, 40, 20],
      [84, 60, 28],
      [
        [70, 50, 26],
        [54, 38, 20],
        [36, 26, 14],
      ],
      [255, 220, 120],
      [255, 236, 190],
    ),
  },
};

function look(skyTop: Colour, skyBottom: Colour, hills: Look['hills'], particles: Colour, flash: Colour): Look {
  return { skyTop, skyBottom, hills, particles, flash };
}
