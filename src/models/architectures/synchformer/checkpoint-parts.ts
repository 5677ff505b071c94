/** What all networks of the one checkpoint are rebuilt from. */
export const synchformerSource =
  'Iashin et al. 2024 (arXiv:2401.16423); av-benchmark 050a5cd, av_bench/synchformer (synchformer.py, ast.py, motionformer.py, transformer.py)';

/** The networks of the checkpoint by the names of their tensors. */
const parts = {
  sound: ['afeat_extractor.'],
  pictures: ['vfeat_extractor.'],
  pair: ['vproj.', 'aproj.', 'transformer.'],
} as const;

/** What the file has beside this network: the other two, and the embedding of single pictures that `PatchEmbed3D` took the place of. */
export function isOutsidePart(part: keyof typeof parts): (name: string) => boolean {
  const others = Object.entries(parts).flatMap(([other, prefixes]) => (other === part ? [] : prefixes));
  return (name) =>
    others.some((prefix) => name.startsWith(prefix)) || name.startsWith('vfeat_extractor.patch_embed.proj.');
}

/** Tokens of a segment of 0.64 s: steps of 10 mel frames, pairs of pictures. */
export const segmentTokens = { sound: 6, pictures: 8 } as const;

/** Segments that are held against each other, 4.8 s (av-benchmark 050a5cd, av_bench/evaluate.py). */
export const pairSegments = 14;

/** Of both towers' heads; no tensor tells (ViT-B and AST: 12 on 768). */
export const towerHeadWidth = 64;
/** Of the norms of the tower for pictures and of both layers that gather a step's tokens (motionformer.py, ast.py). */
export const towerEpsilon = 1e-6;
