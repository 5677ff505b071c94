import { BenchError } from '../../../core/errors.js';
import type { CheckpointOutline } from '../architecture.js';
import { blockCount } from '../block-count.js';
import { shapeIn } from '../shape-in.js';
import { readVidmuseSettings, type VidmuseSettings } from './settings.js';

export interface VidmuseDimensions {
  readonly clip: {
    readonly width: number;
    readonly hiddenWidth: number;
    readonly depth: number;
    readonly heads: number;
    /** Pixels along the side of a patch, and patches along the side of a picture. */
    readonly patch: number;
    readonly side: number;
  };
  readonly visual: {
    /** Tokens a frame. */
    readonly tokens: number;
    readonly depth: number;
    readonly heads: number;
    /** Of all heads. */
    readonly attentionWidth: number;
    readonly hiddenWidth: number;
  };
  readonly decoder: {
    readonly width: number;
    readonly hiddenWidth: number;
    readonly depth: number;
    readonly heads: number;
    readonly codebooks: number;
    /** Codes of a codebook; the number itself stands for "no code". */
    readonly codebookSize: number;
    /** By how many steps each codebook lags behind. */
    readonly delays: readonly number[];
    /** Of the guidance in training's settings. */
    readonly guidance: number;
  };
}

const vision = 'visual_encoder_model.vision_model';
/** Of the released visual encoder, CLIP ViT-B/32, with heads of 64. */
const clipWidth = 768;

/** Anchor of all networks: MusicGen's checkpoints, of the same family, do not have it. */
export const vidmuseAnchor = 'visual_feature_proj.weight';

/** Files of the same family or repository that are taken for the model. */
export function recogniseOtherThanVidmuse({
  tensors,
  values,
}: CheckpointOutline): { readonly problem: string; readonly remedy: string } | undefined {
  const names = [...tensors.keys()];
  const remedy = 'Import state_dict.bin of HKUSTAudio/VidMuse';
  if (values.has('pretrained'))
    return {
      problem: 'this file is only a pointer to the codec of the model',
      remedy: `${remedy}; the codec is encodec-32khz`,
    };
  if (names.some((name) => /(^|\.)emb\.0\.weight$/.test(name)))
    return { problem: 'this is a MusicGen checkpoint: it has the music decoder but nothing that sees', remedy };
  return undefined;
}

export const vidmusePrefixes: readonly string[] = ['best_state.', ''];

const known = [
  /^emb\.\d+\.weight$/,
  /^transformer\.layers\.\d+\.(self_attn|cross_attention)\.(in_proj_weight|out_proj\.weight)$/,
  /^transformer\.layers\.\d+\.(linear1|linear2)\.weight$/,
  /^transformer\.layers\.\d+\.(norm1|norm2|norm_cross)\.(weight|bias)$/,
  /^out_norm\.(weight|bias)$/,
  /^linears\.\d+\.weight$/,
  /^visual_encoder_model\.vision_model\.(embeddings|pre_layrnorm|post_layernorm|encoder\.layers)\./,
  /^visual_encoder_model\.visual_projection\.weight$/,
  /^(local|global)_(pos_embedding$|temporal_transformer\.)/,
  /^multi_head_cross_attention\.(query|key|value|final_linear|norm1|norm2)\.(weight|bias)$/,
  /^visual_feature_proj\.(weight|bias)$/,
  // Of the text conditioner that is never called.
  /^condition_provider\.conditioners\.description\.output_proj\.(weight|bias)$/,
];

/** Whether a tensor is one of the file's, whichever network uses it. */
export function isVidmuseTensor(name: string): boolean {
  return known.some((pattern) => pattern.test(name));
}

/** Sizes from shapes, and from the settings what shapes do not tell. Throws a BenchError where the two disagree. */
export function describeVidmuse(outline: CheckpointOutline): VidmuseDimensions {
  const settings = readVidmuseSettings(outline);
  const { num_heads: heads, n_q: codebooks, card: codebookSize } = settings.transformer_lm;
  const [width, , patch] = shapeIn(outline, `${vision}.embeddings.patch_embedding.weight`, 4) as [
    number,
    number,
    number,
  ];
  const tokens = shapeIn(outline, `${vision}.embeddings.position_embedding.weight`, 2)[0]!;
  const temporal = 'local_temporal_transformer.layers';
  const layers = { prefix: 'transformer.layers', tensor: 'norm1.weight' };
  const hiddenWidth = shapeIn(outline, 'transformer.layers.0.linear1.weight', 2)[0]!;
  const decoderWidth = shapeIn(outline, 'visual_feature_proj.weight', 2)[0]!;
  const depth = blockCount(outline, layers);
  const codes = blockCount(outline, { prefix: 'emb', tensor: 'weight' });
  agree(outline, settings, { dim: decoderWidth, num_layers: depth, n_q: codes });
  agree(outline, settings, { hidden_scale: hiddenWidth / decoderWidth });
  agree(outline, settings, { card: shapeIn(outline, 'linears.0.weight', 2)[0]! });
  return {
    clip: {
      ...{ width, patch, side: Math.round(Math.sqrt(tokens - 1)), heads: clipHeads(outline, width) },
      hiddenWidth: shapeIn(outline, `${vision}.encoder.layers.0.mlp.fc1.weight`, 2)[0]!,
      depth: blockCount(outline, { prefix: `${vision}.encoder.layers`, tensor: 'layer_norm1.weight' }),
    },
    visual: {
      ...{ tokens, heads },
      depth: blockCount(outline, { prefix: temporal, tensor: '0.norm.weight' }),
      attentionWidth: shapeIn(outline, `${temporal}.0.0.fn.to_qkv.weight`, 2)[0]! / 3,
      hiddenWidth: shapeIn(outline, `${temporal}.0.1.fn.net.0.weight`, 2)[0]!,
    },
    decoder: {
      ...{ width: decoderWidth, hiddenWidth, depth, heads, codebooks, codebookSize },
      delays: delaysOf(outline, settings),
      guidance: settings.classifier_free_guidance.inference_coef,
    },
  };
}

type Stated = Partial<Record<keyof VidmuseSettings['transformer_lm'], number>>;

function agree({ file }: CheckpointOutline, settings: VidmuseSettings, found: Stated): void {
  for (const [field, got] of Object.entries(found)) {
    const expected = settings.transformer_lm[field as keyof Stated];
    if (expected === got) continue;
    throw new BenchError({
      code: 'checkpoint-not-fitting',
      kind: 'input',
      file,
      field: `xp.cfg.transformer_lm.${field}`,
      problem: 'the settings in the file and the shapes of its tensors disagree',
      expected: `${expected} (settings)`,
      got: `${got} (tensors)`,
      remedy: 'Get the file again, or export it again from the run that made it',
    });
  }
}

function delaysOf({ file }: CheckpointOutline, settings: VidmuseSettings): readonly number[] {
  const { delays } = settings.codebooks_pattern.delay;
  if (delays.length === settings.transformer_lm.n_q) return delays;
  throw new BenchError({
    code: 'checkpoint-not-fitting',
    kind: 'input',
    file,
    field: 'xp.cfg.codebooks_pattern.delay.delays',
    problem: 'there is not one delay for each codebook',
    expected: String(settings.transformer_lm.n_q),
    got: String(delays.length),
    remedy: 'Get the file again, or export it again from the run that made it',
  });
}

/** Heads leave no trace in shapes. */
function clipHeads({ file, hints }: CheckpointOutline, width: number): number {
  const heads = hints?.clipHeads ?? (width === clipWidth ? width / 64 : undefined);
  if (heads !== undefined && Number.isInteger(width / heads)) return heads;
  throw new BenchError({
    code: 'clip-heads-unknown',
    kind: 'usage',
    file,
    problem: `the visual encoder is ${width} wide, not ${clipWidth}, so its number of heads cannot be known`,
    expected: `--clip-heads with a divisor of ${width}`,
    got: String(heads ?? 'none'),
    remedy: 'Give --clip-heads',
  });
}
