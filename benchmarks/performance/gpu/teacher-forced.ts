import { streamKey, uniformAt } from '../../../src/core/uniform-stream.js';
import { type ExecutionProvider, openSessionFile, type TensorData } from '../../../src/models/session.js';
import { type FullSizeModel, releasedSize } from './full-size.js';

const { decoder } = releasedSize;
const steps = 256;
const memoryTokens = 3000;
const nullTokens = 50;

/** Guided logits of the same codes in float16 and float32, step by step: how far they are apart and how often the likeliest code is the same. */
export async function compareTeacherForced({
  halves,
  floats,
  provider,
}: {
  readonly halves: FullSizeModel;
  readonly floats: FullSizeModel;
  readonly provider: ExecutionProvider;
}): Promise<void> {
  const half = await guidedLogits(halves, provider);
  const float = await guidedLogits(floats, provider);
  const { codebookSize } = decoder;
  let agreeing = 0;
  let largest = 0;
  let sum = 0;
  const margins: number[] = [];
  const cells = float.length / codebookSize;
  for (let cell = 0; cell < cells; cell++) {
    const [a, b] = [half, float].map((logits) => logits.subarray(cell * codebookSize, (cell + 1) * codebookSize)) as [
      Float32Array,
      Float32Array,
    ];
    for (let code = 0; code < codebookSize; code++) {
      const difference = Math.abs(a[code]! - b[code]!);
      largest = Math.max(largest, difference);
      sum += difference;
    }
    const [mine, first] = [likeliest(a), likeliest(b)];
    if (mine === first) agreeing += 1;
    else margins.push(b[first]! - b[mine]!);
  }
  const scale = float.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  margins.sort((x, y) => x - y);
  console.log(
    `float16 against float32, ${steps} teacher-forced steps, ${cells} draws: largest difference ${largest.toFixed(4)} of ${scale.toFixed(1)}, mean ${(sum / float.length).toFixed(5)}; likeliest code the same in ${((100 * agreeing) / cells).toFixed(2)} %`,
  );
  if (margins.length > 0)
    console.log(
      `where it is not, float32 puts its own ahead by ${margins[margins.length >> 1]!.toFixed(4)} (median), ${margins.at(-1)!.toFixed(4)} (most)`,
    );
}

async function guidedLogits(model: FullSizeModel, provider: ExecutionProvider): Promise<Float32Array> {
  const memorySession = await openSessionFile(model.path('memory'), { provider });
  const memory = await memorySession.run({ memory: uniform('memory', [1, memoryTokens, decoder.width]) });
  const nulls = await memorySession.run({ memory: uniform('null', [1, nullTokens, decoder.width]) });
  await memorySession[Symbol.asyncDispose]();
  const session = await openSessionFile(model.path('step'), { provider });
  const empty = { data: new Float32Array(0), dims: [2, decoder.heads, 0, decoder.width / decoder.heads] };
  const past = Array.from({ length: decoder.depth }, (_, layer) => [
    [`past_keys_${layer}`, empty],
    [`past_values_${layer}`, empty],
  ]);
  const key = streamKey('codes', 1);
  const codes = BigInt64Array.from({ length: decoder.codebooks * steps }, (_, index) =>
    BigInt(Math.floor(uniformAt(key, index) * decoder.codebookSize)),
  );
  const results = await session.run(
    {
      ...memory,
      ...Object.fromEntries(Object.entries(nulls).map(([name, tensor]) => [`null_${name}`, tensor])),
      ...(Object.fromEntries(past.flat()) as Record<string, TensorData>),
      codes: { data: codes, dims: [1, decoder.codebooks, steps] },
      positions: { data: BigInt64Array.from({ length: steps }, (_, step) => BigInt(step)), dims: [steps] },
      guidance: { data: Float32Array.of(decoder.guidance), dims: [1] },
    },
    ['logits_cfg'],
  );
  await session[Symbol.asyncDispose]();
  return results.logits_cfg.data;
}

function uniform(name: string, dims: readonly number[]): TensorData {
  const key = streamKey(name, 1);
  const length = dims.reduce((product, one) => product * one, 1);
  return { data: Float32Array.from({ length }, (_, index) => 2 * uniformAt(key, index) - 1), dims };
}

function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let code = 1; code < logits.length; code++) if (logits[code]! > logits[best]!) best = code;
  return best;
}
