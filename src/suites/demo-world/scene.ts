import { z } from 'zod';
import { BenchError } from '../../core/errors.js';

export const frameWidthPx = 320;
export const frameHeightPx = 180;
export const framesPerSecond = 12;
export const musicSampleRateHz = 32000;

export const paletteNames = ['ember', 'neon', 'forest', 'ocean', 'dusk', 'sand'] as const;
export type PaletteName = (typeof paletteNames)[number];

export interface SpeedPoint {
  readonly timeSeconds: number;
  /** 0: still, 1: as fast as this world goes. */
  readonly speed: number;
}

/** All that is true of a made clip; its pictures and its music follow from this and nothing else. */
export interface SceneScript {
  readonly id: string;
  readonly split: 'test' | 'pool';
  readonly seed: number;
  readonly durationSeconds: number;
  /** Times at which another scene begins, rising. */
  readonly cutSeconds: readonly number[];
  /** Speed of the motion, straight between the points. */
  readonly speedPoints: readonly SpeedPoint[];
  /** Times at which the picture flashes and jolts, rising. */
  readonly hitSeconds: readonly number[];
  readonly palette: PaletteName;
  /** 0 (dark) to 1 (bright). */
  readonly brightness: number;
  /** -1 (sad) to 1 (happy). */
  readonly valence: number;
  /** -1 (calm) to 1 (excited). */
  readonly arousal: number;
  /** SHA-256 of all frames' RGB bytes, in order. */
  readonly framesSha256: string;
  /** SHA-256 of the music as interleaved 16-bit little-endian PCM. */
  readonly pcmSha256: string;
}

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'a decimal number');
const numberBetween = (lowest: number, highest: number) =>
  decimal
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest, `a number from ${lowest} to ${highest}`);
const listOf = <T>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) => (text === '' ? [] : text.split(';')))
    .pipe(z.array(item));
const times = listOf(numberBetween(0, 600)).refine(isRising, 'times that rise');
const speedPoint = z
  .string()
  .regex(/^\d+(\.\d+)?:\d+(\.\d+)?$/, 'TIME:SPEED')
  .transform((text): SpeedPoint => {
    const [timeSeconds, speed] = text.split(':').map(Number) as [number, number];
    return { timeSeconds, speed };
  })
  .refine(({ speed }) => speed <= 1, 'a speed from 0 to 1');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');

const rowSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9._-]+$/, 'letters, digits, ".", "_" or "-"'),
  split: z.enum(['test', 'pool']),
  seed: decimal.transform(Number).refine(Number.isSafeInteger, 'a whole number'),
  duration_seconds: numberBetween(1, 600),
  cuts: times,
  motion: listOf(speedPoint).refine(
    (points) => points.length > 0 && isRising(points.map((point) => point.timeSeconds)),
    'at least one TIME:SPEED, with times that rise',
  ),
  hits: times,
  palette: z.enum(paletteNames),
  brightness: numberBetween(0, 1),
  valence: numberBetween(-1, 1),
  arousal: numberBetween(-1, 1),
  frames_sha256: sha256,
  pcm_sha256: sha256,
});

/** Reads one row of a made suite's clips.csv; `line` is its line in the file. Throws BenchError naming file, line and column. */
export function parseScene(
  row: Readonly<Record<string, string>>,
  { file, line }: { readonly file: string; readonly line: number },
): SceneScript {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) throw rowError(parsed.error, row, { file, line });
  const { data } = parsed;
  const script: SceneScript = {
    id: data.id,
    split: data.split,
    seed: data.seed,
    durationSeconds: data.duration_seconds,
    cutSeconds: data.cuts,
    speedPoints: data.motion,
    hitSeconds: data.hits,
    palette: data.palette,
    brightness: data.brightness,
    valence: data.valence,
    arousal: data.arousal,
    framesSha256: data.frames_sha256,
    pcmSha256: data.pcm_sha256,
  };
  checkInside(script, { file, line });
  return script;
}

/** The frame that shows time `seconds`; times in scripts are rounded to four decimals. */
export function frameAt(seconds: number): number {
  return Math.round(seconds * framesPerSecond);
}

export function frameCountOf(script: SceneScript): number {
  return frameAt(script.durationSeconds);
}

/** The scripted speed at a time; before the first and after the last point it stays. */
export function speedAt({ speedPoints }: SceneScript, seconds: number): number {
  const next = speedPoints.findIndex((point) => point.timeSeconds > seconds);
  const right = speedPoints[next === -1 ? speedPoints.length - 1 : next]!;
  const left = speedPoints[next === -1 ? speedPoints.length - 1 : next - 1];
  if (left === undefined || left === right) return right.speed;
  const share = (seconds - left.timeSeconds) / (right.timeSeconds - left.timeSeconds);
  return left.speed + share * (right.speed - left.speed);
}

function isRising(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value > values[index - 1]!);
}

function checkInside(script: SceneScript, { file, line }: { file: string; line: number }): void {
  for (const [column, seconds] of [
    ['cuts', script.cutSeconds],
    ['hits', script.hitSeconds],
  ] as const) {
    const outside = seconds.find((time) => time <= 0 || time >= script.durationSeconds);
    if (outside === undefined) continue;
    throw sceneError({
      file,
      line,
      column,
      expected: `times within 0 and ${script.durationSeconds}`,
      got: String(outside),
    });
  }
}

function rowError(
  error: z.ZodError,
  row: Readonly<Record<string, string>>,
  place: { file: string; line: number },
): BenchError {
  const issue = error.issues[0];
  const column = String(issue?.path[0] ?? 'row');
  return sceneError({
    ...place,
    column,
    expected: issue?.message ?? 'a valid row',
    got: JSON.stringify(row[column]) ?? 'nothing',
  });
}

function sceneError(at: { file: string; line: number; column: string; expected: string; got: string }): BenchError {
  return new BenchError({
    code: 'scene-invalid',
    kind: 'input',
    problem: 'the script of a made clip cannot be read',
    file: at.file,
    field: `line ${at.line}, column ${at.column}`,
    expected: at.expected,
    got: at.got,
    remedy: 'Correct the row, or restore the file as it came with the suite',
  });
}
