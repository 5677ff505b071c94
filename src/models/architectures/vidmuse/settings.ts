import { parse } from 'yaml';
import { z } from 'zod';
import { BenchError } from '../../../core/errors.js';
import type { CheckpointOutline } from '../architecture.js';

const count = z.int().positive();

const settingsSchema = z.object({
  sample_rate: z.literal(32_000),
  channels: z.literal(1),
  interleave_stereo_codebooks: z.object({ use: z.literal(false) }).optional(),
  codebooks_pattern: z.object({
    modeling: z.literal('delay'),
    delay: z.object({ delays: z.array(z.int().nonnegative()).min(1) }),
  }),
  classifier_free_guidance: z.object({ inference_coef: z.number() }),
  transformer_lm: z.object({
    dim: count,
    num_heads: count,
    num_layers: count,
    hidden_scale: z.number().positive(),
    n_q: count,
    card: count,
    activation: z.literal('gelu'),
    norm_first: z.literal(true),
  }),
});

/** What of the training settings the decoder needs. */
export interface VidmuseSettings {
  readonly codebooks_pattern: { readonly delay: { readonly delays: readonly number[] } };
  readonly classifier_free_guidance: { readonly inference_coef: number };
  readonly transformer_lm: {
    readonly dim: number;
    readonly num_heads: number;
    readonly num_layers: number;
    readonly hidden_scale: number;
    readonly n_q: number;
    readonly card: number;
  };
}

/**
 * `xp.cfg` of the checkpoint: YAML text, in which interpolations such as `${sample_rate}` stand unresolved; they are never evaluated.
 * Throws a BenchError that names the first field that is missing or is not VidMuse's.
 */
export function readVidmuseSettings({ file, values }: CheckpointOutline): VidmuseSettings {
  const text = values.get('xp.cfg');
  const parsed = settingsSchema.safeParse(typeof text === 'string' ? fromYaml(text) : undefined);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BenchError({
    code: 'vidmuse-settings-invalid',
    kind: 'input',
    file,
    field: ['xp.cfg', ...(issue?.path ?? [])].join('.'),
    problem: typeof text === 'string' ? (issue?.message ?? 'the settings are invalid') : 'the settings are missing',
    remedy: 'Import the state_dict.bin that the authors export, which has them',
  });
}

/** Text that is no YAML becomes undefined, which the schema refuses. */
function fromYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
