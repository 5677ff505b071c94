import { type FrameMotion, motionOf } from './motion.js';
import type { Colour, Shape } from './palettes.js';
import { frameHeightPx, frameWidthPx, type SceneScript } from './scene.js';
import { contourAt, type Hills, type Particle, type Stage, stageOf } from './stage.js';

const rowBytes = 3 * frameWidthPx;
/** How far a fresh flash takes every colour to the flash's own. */
const flashShare = 0.5;

/** The pictures of a clip in order: RGB, 8 bits, row-major, 320 x 180, each in its own array of 172800 bytes. */
export function* renderFrames(script: SceneScript): Generator<Uint8Array, void, undefined> {
  let section = 0;
  let stage = stageOf(script, section);
  for (const motion of motionOf(script)) {
    if (motion.section !== section) stage = stageOf(script, motion.section);
    section = motion.section;
    yield drawFrame(stage, motion, script.brightness);
  }
}

function drawFrame(stage: Stage, motion: FrameMotion, brightness: number): Uint8Array {
  const pixels = new Uint8Array(rowBytes * frameHeightPx);
  const { look } = stage;
  const paint = (colour: Colour): Colour => lit(mixed(colour, look.flash, flashShare * motion.flash), brightness);
  const way = stage.direction * motion.distance;
  drawSky(pixels, paint(look.skyTop), {
    bottom: paint(look.skyBottom),
    heightPx: stage.hills[0]?.topPx ?? frameHeightPx,
  });
  const particleColour = paint(look.particles);
  for (const particle of stage.particles) {
    const moved = { ...particle, xPx: particle.xPx + way * stage.particlePace };
    drawParticle(pixels, moved, { shape: stage.shape, colour: particleColour });
  }
  const grounds = [look.skyBottom, ...look.hills].map(paint);
  stage.hills.forEach((hills, depth) => {
    drawHills(pixels, hills, { shiftPx: -way * hills.pace, back: grounds[depth]!, front: grounds[depth + 1]! });
  });
  return pixels;
}

function drawSky(pixels: Uint8Array, top: Colour, { bottom, heightPx }: { bottom: Colour; heightPx: number }): void {
  for (let y = 0; y < heightPx; y++) {
    pixels.set(rowOf(mixed(top, bottom, y / heightPx)), y * rowBytes);
  }
}

/** The rows of one range: a pixel shows the hill by the share of it that lies below the outline. */
function drawHills(
  pixels: Uint8Array,
  { topPx, bottomPx, contour }: Hills,
  { shiftPx, back, front }: { shiftPx: number; back: Colour; front: Colour },
): void {
  const outline = new Float64Array(frameWidthPx);
  for (let x = 0; x < frameWidthPx; x++) outline[x] = contourAt(contour, x + shiftPx);
  const above = rowOf(back);
  const [red, green, blue] = [front[0] + 0.5, front[1] + 0.5, front[2] + 0.5];
  for (let y = topPx; y < bottomPx; y++) {
    const row = y * rowBytes;
    pixels.set(above, row);
    for (let x = 0; x < frameWidthPx; x++) {
      const share = y + 1 - outline[x]!;
      if (share <= 0) continue;
      const at = row + 3 * x;
      if (share >= 1) {
        pixels[at] = red;
        pixels[at + 1] = green;
        pixels[at + 2] = blue;
      } else blend(pixels, at, { colour: front, share });
    }
  }
}

/** One row of a single colour, rounded to bytes. */
function rowOf([red, green, blue]: Colour): Uint8Array {
  const row = new Uint8Array(rowBytes);
  for (let at = 0; at < rowBytes; at += 3) {
    row[at] = red + 0.5;
    row[at + 1] = green + 0.5;
    row[at + 2] = blue + 0.5;
  }
  return row;
}

/** Draws one particle, going out on one side as it comes in on the other. */
function drawParticle(
  pixels: Uint8Array,
  particle: Particle,
  { shape, colour }: { shape: Shape; colour: Colour },
): void {
  const { xPx, yPx, radiusPx } = particle;
  const centre = xPx - frameWidthPx * Math.floor(xPx / frameWidthPx);
  const reach = Math.floor(radiusPx) + 2;
  const left = Math.floor(centre) - reach;
  for (let y = Math.max(0, Math.floor(yPx) - reach); y <= Math.floor(yPx) + reach; y++) {
    for (let x = left; x <= left + 2 * reach; x++) {
      const share = 0.5 + radiusPx - sizeOf(shape, Math.abs(x + 0.5 - centre), Math.abs(y + 0.5 - yPx));
      if (share > 0) blend(pixels, 3 * (y * frameWidthPx + wrapped(x)), { colour, share: Math.min(1, share) });
    }
  }
}

/** Distance from the middle, in the measure in which the shape is round. */
function sizeOf(shape: Shape, across: number, down: number): number {
  if (shape === 'square') return Math.max(across, down);
  return shape === 'diamond' ? across + down : Math.sqrt(across * across + down * down);
}

function wrapped(x: number): number {
  return x < 0 ? x + frameWidthPx : x >= frameWidthPx ? x - frameWidthPx : x;
}

function blend(pixels: Uint8Array, at: number, { colour, share }: { colour: Colour; share: number }): void {
  for (let channel = 0; channel < 3; channel++) {
    const under = pixels[at + channel]!;
    pixels[at + channel] = under + share * (colour[channel]! - under) + 0.5;
  }
}

function mixed(from: Colour, to: Colour, share: number): Colour {
  return [
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
    from[2] + share * (to[2] - from[2]),
  ];
}

function lit([red, green, blue]: Colour, brightness: number): Colour {
  const light = 0.6 + 0.4 * brightness;
  return [light * red, light * green, light * blue];
}
