import { z } from 'zod';
import { BenchError } from '../core/errors.js';

/** On for `duty` of every `period` samples, fading by `decay` over a period. */
export interface WaveGate {
  readonly period: number;
  readonly duty: number;
  readonly decay: number;
}

/** One term of the sum that makes a sound; which fields count depends on `type` (rule in the recipe). */
export interface WavePart {
  readonly type: 'sine' | 'square' | 'chirp' | 'noise';
  readonly amp: number;
  readonly freq?: number | undefined;
  readonly phase?: number | undefined;
  readonly f0?: number | undefined;
  readonly f1?: number | undefined;
  readonly n?: number | undefined;
  readonly name?: string | undefined;
  readonly gate?: WaveGate | undefined;
}

/** Mono float32 sound by formula: `n` samples at `sr` Hz. */
export interface AudioInput {
  readonly id: string;
  readonly sr: number;
  readonly n: number;
  readonly parts: readonly WavePart[];
  readonly sha256: string;
}

/** Pictures by formula, [height, width, 3] bytes each; `sha256` belongs to frame number `check_t`. */
export interface FrameInput {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly shift: number;
  readonly check_t: number;
  readonly sha256: string;
}

/** Texts as token numbers, one row a text. */
export interface IdsInput {
  readonly id: string;
  readonly ids: readonly (readonly number[])[];
}

export type GoldenInput = AudioInput | FrameInput | IdsInput;

/** How far a correct port may be off, in the unit of the tensor. */
export interface Limits {
  readonly absolute: number;
  /** What 99 % of the cells must keep as well. */
  readonly absoluteOf99Percent?: number | undefined;
  readonly absoluteOf90Percent?: number | undefined;
}

/** One .npy file of the official code. */
export interface GoldenOutput {
  readonly file: string;
  readonly shape: readonly number[];
  readonly what: string;
  /** NumPy notation: which cells of the whole tensor the file holds; all of them if left out. */
  readonly slice?: string | undefined;
  readonly limits: Limits;
}

/** A golden.json: what the official code of one encoder was given and what it gave. */
export interface Golden {
  readonly encoder: string;
  readonly seed: number;
  readonly inputs: readonly GoldenInput[];
  readonly outputs: readonly GoldenOutput[];
  /** Numbers without a file, as the official code reported them. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A tensor of a checkpoint; its values are a pseudo-random stream keyed by name and seed, scaled around `center`. */
export interface ManifestRow {
  readonly name: string;
  readonly shape: readonly number[];
  /** `keep` rows are buffers that the official code computes itself; they are not part of the recipe. */
  readonly kind: string;
  readonly center: number;
  readonly scale: number;
}

/** A manifest.json: the checkpoint, with the SHA-256 of its values in this order. */
export interface Manifest {
  readonly encoder: string;
  readonly seed: number;
  readonly sha256: string;
  readonly tensors: readonly ManifestRow[];
}

const text = z.string().min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');
const fileName = z.string().regex(/^[\w.-]+\.npy$/, 'expected the name of an .npy file without a folder');
const limit = z.number().nonnegative();

const gateSchema = z.object({ period: z.int().positive(), duty: z.int().nonnegative(), decay: z.number() });

const partSchema = z.object({
  type: z.enum(['sine', 'square', 'chirp', 'noise']),
  amp: z.number(),
  freq: z.number().optional(),
  phase: z.number().optional(),
  f0: z.number().optional(),
  f1: z.number().optional(),
  n: z.int().positive().optional(),
  name: z.string().optional(),
  gate: gateSchema.optional(),
});

const audioSchema = z.object({
  id: text,
  sr: z.int().positive(),
  n: z.int().nonnegative(),
  parts: z.array(partSchema),
  sha256,
});

const frameSchema = z.object({
  id: text,
  width: z.int().positive(),
  height: z.int().positive(),
  a: z.int(),
  b: z.int(),
  c: z.int(),
  d: z.int(),
  shift: z.int().nonnegative(),
  check_t: z.int().nonnegative(),
  sha256,
});

const idsSchema = z.object({ id: text, ids: z.array(z.array(z.int().nonnegative())) });

const outputSchema = z
  .object({
    file: fileName,
    shape: z.array(z.int().nonnegative()),
    what: z.string(),
    slice: text.optional(),
    tol_abs: limit,
    tol_p99_abs: limit.optional(),
    tol_p90_abs: limit.optional(),
  })
  .transform(({ file, shape, what, slice, tol_abs, tol_p99_abs, tol_p90_abs }) => ({
    ...{ file, shape, what, slice },
    limits: { absolute: tol_abs, absoluteOf99Percent: tol_p99_abs, absoluteOf90Percent: tol_p90_abs },
  }));

const goldenSchema = z.object({
  encoder: text,
  seed: z.int(),
  inputs: z.array(z.union([audioSchema, frameSchema, idsSchema])),
  outputs: z.array(outputSchema),
  facts: z.record(z.string(), z.unknown()).default({}),
});

const manifestSchema = z.object({
  encoder: text,
  seed: z.int(),
  sha256,
  tensors: z.array(
    z.object({
      name: text,
      shape: z.array(z.int().nonnegative()),
      kind: text,
      center: z.number().default(0),
      scale: z.number().default(0),
    }),
  ),
});

export function parseGolden(json: string, file: string): Golden {
  return parse(goldenSchema, json, file);
}

export function parseManifest(json: string, file: string): Manifest {
  return parse(manifestSchema, json, file);
}

export function isAudioInput(input: GoldenInput): input is AudioInput {
  return 'parts' in input;
}

export function isFrameInput(input: GoldenInput): input is FrameInput {
  return 'shift' in input;
}

export function isIdsInput(input: GoldenInput): input is IdsInput {
  return 'ids' in input;
}

function parse<T>(schema: z.ZodType<T>, json: string, file: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw invalid(file, { problem: `the file is not JSON: ${cause instanceof Error ? cause.message : String(cause)}` });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw invalid(file, { field: first?.path.join('.') ?? '(whole file)', problem: first?.message ?? 'not valid' });
}

function invalid(file: string, details: { readonly field?: string; readonly problem: string }): BenchError {
  return new BenchError({
    code: 'invalid-fixture',
    kind: 'input',
    file,
    ...details,
    remedy: 'Correct the file, or give another folder',
  });
}
