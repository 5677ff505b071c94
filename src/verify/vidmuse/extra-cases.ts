import { join } from 'node:path';
import { z } from 'zod';
import { torchaudioLoudness } from '../../dsp/torchaudio-loudness.js';
import { sampleRateHz } from '../../generate/vidmuse/compat.js';
import { upstreamLoudness } from '../../generate/vidmuse/loudness.js';
import type { TensorData } from '../../models/session.js';
import { pixelTable, resizedFrame } from '../../pictures/vidmuse-image.js';
import { streamKey, uniformAt } from '../recipe.js';
import { formulaFrame } from './formula-frame.js';
import type { PairedValue } from './plan-cases.js';
import { readArray, readJson } from './variant.js';

/** A pair with the limit that the fixtures' README states for it. */
export interface LimitedPair extends PairedValue {
  readonly absolute: number;
}

const sizePx = 224;
const resizes = ['320x180', '180x320'].flatMap((size) =>
  [false, true].map((antialias) => ({ size, antialias, file: `resize_${size}_${antialias ? '' : 'no_'}antialias` })),
);
/** Of the resized formula frame. */
const resizedFrameNumber = 7;

const extrasSchema = z.object({
  loudness: z.object({
    cases: z.array(
      z.object({
        name: z.string(),
        samples: z.int().positive(),
        input_lkfs: z.number().optional(),
        first8: z.array(z.number()).optional(),
      }),
    ),
  }),
});

/** Preprocessing, resize and loudness, which need no weights. */
export async function* extraValues(folder: string): AsyncGenerator<LimitedPair, void, undefined> {
  const extras = join(folder, 'extras');
  const table = await readArray(join(extras, 'pixel_table.npy'));
  const values = Float32Array.from(pixelTable().flatMap((channel) => [...channel]));
  yield { name: 'extras/pixel_table', own: { data: values, dims: table.dims }, golden: table, absolute: 0 };
  for (const { size, antialias, file } of resizes) {
    const [widthPx, heightPx] = size.split('x').map(Number) as [number, number];
    const golden = await readArray(join(extras, `${file}.npy`));
    const frame = formulaFrame(resizedFrameNumber, { widthPx, heightPx, k: 0 });
    const own = everyNthRow(resizedFrame(frame, { sizePx, antialias }).data, sizePx / golden.dims[1]!);
    // A half may fall to either side in float32.
    yield { name: `extras/${file}`, own: { data: own, dims: golden.dims }, golden, absolute: 1 };
  }
  yield* loudnessValues(extras);
}

async function* loudnessValues(extras: string): AsyncGenerator<LimitedPair, void, undefined> {
  const { loudness } = await readJson(join(extras, 'extras.json'), extrasSchema);
  for (const { name, samples, input_lkfs, first8 } of loudness.cases) {
    const sound = soundOf(name, samples);
    if (sound === undefined || input_lkfs === undefined || first8 === undefined) continue;
    const measured = torchaudioLoudness(sound, sampleRateHz);
    const lkfs = measured.status === 'ok' ? [measured.value] : [];
    yield { name: `extras/loudness_${name}`, own: list(lkfs), golden: list([input_lkfs]), absolute: 5e-3 };
    const processed = [...upstreamLoudness(sound, sampleRateHz).subarray(0, first8.length)];
    yield { name: `extras/loudness_${name}_output`, own: list(processed), golden: list(first8), absolute: 1e-4 };
  }
}

/** The formulas that extras.json gives in words; undefined for one that is not known. */
function soundOf(name: string, samples: number): Float32Array | undefined {
  const key = streamKey('noise', 5);
  const noise = (index: number): number => 2 * uniformAt(key, index) - 1;
  const sine = (hz: number) => (index: number) => Math.sin((2 * Math.PI * hz * index) / sampleRateHz);
  const formulas: Readonly<Record<string, (index: number) => number>> = {
    sine1k_half: (index) => 0.5 * sine(1000)(index),
    sine60: (index) => 0.3 * sine(60)(index),
    noise_tenth: (index) => 0.1 * noise(index),
    noise_three: (index) => 3 * noise(index),
    burst: (index) => (index < 22_400 ? 0.5 : 0.0005) * noise(index),
    quiet: (index) => 0.002 * noise(index),
  };
  const formula = formulas[name];
  return formula === undefined ? undefined : Float32Array.from({ length: samples }, (_, index) => formula(index));
}

function list(values: readonly number[]): TensorData {
  return { data: Float32Array.from(values), dims: [values.length] };
}

function everyNthRow(planes: Float32Array, step: number): Float32Array {
  const rows = Array.from({ length: planes.length / sizePx }, (_, row) => row).filter(
    (row) => (row % sizePx) % step === 0,
  );
  return Float32Array.from(rows.flatMap((row) => [...planes.subarray(row * sizePx, (row + 1) * sizePx)]));
}
