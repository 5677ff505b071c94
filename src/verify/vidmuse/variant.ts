import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BenchError } from '../../core/errors.js';
import type { TensorData } from '../../models/session.js';
import { parseNpy } from '../npy.js';

const whole = z.int().nonnegative();
const rowSchema = z.object({
  name: z.string(),
  rng_name: z.string().optional(),
  shape: z.array(whole),
  offset: z.number(),
  scale: z.number(),
  crc32: whole,
});
const windowSchema = z.object({ prompt_tokens: whole, max_gen_len: whole, local_frames: z.array(whole) });
const metaSchema = z.object({
  spec: z.object({ clip: z.object({ heads: whole }) }),
  video: z.object({ k: whole }),
  cfg_coef: z.number(),
  local_frame_ids_padded: z.array(whole),
  global_frame_ids: z.array(whole),
  local_short: whole,
  sel_local: z.array(whole),
  sel_global: z.array(whole),
  sel_tokens: z.array(whole),
  step_logits_steps: z.array(whole),
  windows: z.record(z.string(), z.array(windowSchema)),
  sampling: z.record(z.string(), z.object({ top_k: whole, top_p: z.number(), temp: z.number() })),
});
const recipeSchema = z.object({ seed: whole, lm: z.array(rowSchema), codec: z.array(rowSchema) });

/** One tensor of a recipe. */
export interface RecipeRow {
  readonly name: string;
  /** Of its stream, where that has another name. */
  readonly rng_name?: string | undefined;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly scale: number;
  readonly crc32: number;
}

export interface VariantRecipe {
  readonly seed: number;
  readonly lm: readonly RecipeRow[];
  readonly codec: readonly RecipeRow[];
}

/** What the golden values were made with. */
export interface VariantMeta {
  readonly spec: { readonly clip: { readonly heads: number } };
  readonly video: { readonly k: number };
  readonly cfg_coef: number;
  readonly local_frame_ids_padded: readonly number[];
  readonly global_frame_ids: readonly number[];
  readonly local_short: number;
  readonly sel_local: readonly number[];
  readonly sel_global: readonly number[];
  readonly sel_tokens: readonly number[];
  readonly step_logits_steps: readonly number[];
  readonly windows: Readonly<Record<string, readonly GoldenWindow[]>>;
  readonly sampling: Readonly<
    Record<string, { readonly top_k: number; readonly top_p: number; readonly temp: number }>
  >;
}

export interface GoldenWindow {
  readonly prompt_tokens: number;
  readonly max_gen_len: number;
  readonly local_frames: readonly number[];
}

/** One model of the generator's golden values: what it is made from and what the official code made of it. */
export interface Variant {
  readonly name: string;
  readonly folder: string;
  readonly meta: VariantMeta;
  readonly recipe: VariantRecipe;
}

/** The sub-folders that are variants, in order of their names. Throws a BenchError that names file and field for one that is not in the format. */
export async function readVariants(folder: string): Promise<readonly Variant[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const variants: Variant[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    if (!(await exists(join(path, 'meta.json')))) continue;
    const meta = await readJson(join(path, 'meta.json'), metaSchema);
    variants.push({ name, folder: path, meta, recipe: await readJson(join(path, 'recipe.json'), recipeSchema) });
  }
  return variants;
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Throws a BenchError that names the first wrong field. */
export async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BenchError({
    code: 'invalid-fixture',
    kind: 'input',
    file,
    field: issue?.path.join('.') || '(whole file)',
    problem: issue?.message ?? 'the file is invalid',
    remedy: 'Get the folder of golden values again',
  });
}

/** A golden array; whole numbers become float32, which is exact for all that occur. */
export async function readArray(path: string): Promise<TensorData> {
  const { shape, data } = parseNpy(await readFile(path), path);
  if (data instanceof BigInt64Array) throw new TypeError(`${path}: int64 is not expected here`);
  return { data: Float32Array.from(data), dims: shape };
}
