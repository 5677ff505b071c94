import { ok } from '../../core/outcome.js';
import { clipVit } from '../../models/architectures/clip-vit.js';
import type { TensorData } from '../../models/session.js';
import { clipImage } from '../../pictures/clip-image.js';
import type { CaseRunner } from '../case-runner.js';
import { type Golden, isFrameInput } from '../golden.js';
import { framePixels } from '../recipe.js';
import { openRecipeSession } from '../recipe-session.js';
import { firstRows } from './first-rows.js';

/** The golden files of a CLIP vision tower: all of them are of the images that `facts.rows` names. */
export const clipVitRunner: CaseRunner = {
  name: 'clip_vit',
  handles: (encoder) => /^clip_vit_\w+$/.test(encoder),
  async *run(request) {
    const pixels = pixelsOf(request.fixture.golden);
    const kinds = request.wanted.map(({ file }) => kindOf(file));
    const probes = kinds.includes('last_hidden_state_cls') ? [...kinds, 'last_hidden_state'] : kinds;
    await using session = await openRecipeSession(request, { architecture: clipVit, kinds: probes });
    const results = await session.run<string>({ pixels });
    for (const output of request.wanted) {
      const kind = kindOf(output.file);
      const tensor = kind === 'pixel_values.cells' ? pixels : named(kind, results);
      if (tensor !== undefined) yield { file: output.file, outcome: ok(firstRows(tensor, output)) };
    }
  },
};

function kindOf(file: string): string {
  return file.replace(/\.npy$/, '');
}

function named(kind: string, results: Readonly<Record<string, TensorData>>): TensorData | undefined {
  return kind === 'last_hidden_state_cls' ? classTokens(results.last_hidden_state!) : results[kind];
}

/** [images, tokens, width] → [images, width]. */
function classTokens({ data, dims: [images = 0, tokens = 0, width = 0] }: TensorData): TensorData {
  const rows = Array.from({ length: images }, (_, image) => [
    ...data.subarray(image * tokens * width).subarray(0, width),
  ]);
  return { data: Float32Array.from(rows.flat()), dims: [images, width] };
}

/** Rows are named `INPUT#tNUMBER`: that frame of the input's formula. */
function pixelsOf({ inputs, facts }: Golden): TensorData {
  const rows = (facts.rows as readonly string[]).map((row) => {
    const [id, number] = row.split('#t');
    const input = inputs.filter(isFrameInput).find((one) => one.id === id)!;
    return clipImage({ widthPx: input.width, heightPx: input.height, rgb: framePixels(input, Number(number)) });
  });
  const { widthPx, heightPx } = rows[0]!;
  return { data: Float32Array.from(rows.flatMap(({ data }) => [...data])), dims: [rows.length, 3, heightPx, widthPx] };
}
