import { seededRng } from '../../core/rng.js';
import { sineOfTurns } from '../../music/exact-math.js';
import { type Look, palettes, type Shape } from './palettes.js';
import { frameWidthPx, type SceneScript } from './scene.js';

/** Heights over one screen width, as a table that is read between its entries. */
const contourEntries = 1280;

/** A range of hills; its outline stays within its own rows, `topPx` to below `bottomPx`, so that no range covers another's. */
export interface Hills {
  readonly topPx: number;
  readonly bottomPx: number;
  /** Row of the outline over one screen width, [1281]; the last repeats the first. */
  readonly contour: Float64Array;
  /** Pixels a frame at full speed. */
  readonly pace: number;
}

export interface Particle {
  readonly xPx: number;
  readonly yPx: number;
  readonly radiusPx: number;
}

/** All that stands in one scene. Everything repeats after one screen width, so equal speeds make equal frame differences. */
export interface Stage {
  readonly look: Look;
  readonly shape: Shape;
  readonly direction: 1 | -1;
  readonly hills: readonly Hills[];
  readonly particles: readonly Particle[];
  readonly particlePace: number;
}

/** The sky ends where the first range begins, and each range where the next one does. */
const ranges = [
  { topPx: 60, bottomPx: 98, pace: 3 },
  { topPx: 98, bottomPx: 138, pace: 5 },
  { topPx: 138, bottomPx: 180, pace: 8 },
] as const;

/** Builds the scene after the given number of cuts. */
export function stageOf(script: SceneScript, section: number): Stage {
  const rng = seededRng('demo-world', 'stage', script.seed, section);
  const { shape, bright, dark } = palettes[script.palette];
  const startsBright = script.seed % 2 === 0;
  return {
    look: (section % 2 === 0) === startsBright ? bright : dark,
    shape,
    direction: rng.next() < 0.5 ? 1 : -1,
    hills: ranges.map((range) => ({ ...range, contour: contour(range, rng.next) })),
    particles: particlesOf(rng.next),
    particlePace: 6,
  };
}

/** Reads a contour at a place in pixels, any real number. */
export function contourAt(contourRows: Float64Array, xPx: number): number {
  const turns = xPx / frameWidthPx;
  const position = (turns - Math.floor(turns)) * contourEntries;
  const index = position | 0;
  const left = contourRows[index]!;
  return left + (position - index) * (contourRows[index + 1]! - left);
}

function contour({ topPx, bottomPx }: { topPx: number; bottomPx: number }, random: () => number): Float64Array {
  const waves = [2, 3, 5, 8].map((cycles) => ({
    cycles,
    height: (0.6 + 0.4 * random()) / Math.sqrt(cycles),
    phase: random(),
  }));
  const total = waves.reduce((sum, wave) => sum + wave.height, 0);
  const middle = (topPx + bottomPx) / 2;
  const reach = (bottomPx - topPx) / 2 - 2;
  return Float64Array.from({ length: contourEntries + 1 }, (_, entry) => {
    const turns = entry / contourEntries;
    const sum = waves.reduce((height, wave) => height + wave.height * sineOfTurns(wave.cycles * turns + wave.phase), 0);
    return middle + (reach * sum) / total;
  });
}

/** Three rows of particles, spread evenly with some play, none touching another. */
function particlesOf(random: () => number): readonly Particle[] {
  const columns = 7;
  const gapPx = frameWidthPx / columns;
  return [10, 29, 48].flatMap((yPx) => {
    const shift = random() * gapPx;
    return Array.from({ length: columns }, (_, column) => ({
      xPx: shift + column * gapPx + 10 * random(),
      yPx: yPx + 2 * random(),
      radiusPx: 4 + 4 * random(),
    }));
  });
}
