import { streamKey, uniformAt } from '../../../src/core/uniform-stream.js';
import { type Codes, emptyCodes } from '../../../src/generate/vidmuse/delay-pattern.js';
import { createLoopDecoder } from '../../../src/generate/vidmuse/loop-decoder.js';
import { officialSampling } from '../../../src/generate/vidmuse/sampling.js';
import type { TokenDecoder } from '../../../src/generate/vidmuse/token-decoder.js';
import type { VidmuseDimensions } from '../../../src/models/architectures/vidmuse/dimensions.js';
import type { ModelSession, TensorData } from '../../../src/models/session.js';

/** Two a second for 30 s. */
export const framesOfWindow = 60;

export interface WindowRunOptions {
  readonly dimensions: VidmuseDimensions;
  readonly clips: number;
  readonly columns: number;
}

/** One run of a whole window for so many clips, with pictures and draws by recipe. */
export type WindowRun = () => Promise<readonly Codes[]>;

export function createWindowRun(session: ModelSession, options: WindowRunOptions): WindowRun {
  const { dimensions } = options;
  return windowRunOf(
    createLoopDecoder({ session, dimensions, nullMemory: recipeMemory(dimensions, 1, 'null') }),
    options,
  );
}

export function windowRunOf(engine: TokenDecoder, { dimensions, clips, columns }: WindowRunOptions): WindowRun {
  const { decoder } = dimensions;
  const memory = recipeMemory(dimensions, framesOfWindow, 'memory');
  const tokens = columns - 1 - Math.max(...decoder.delays);
  return () => {
    const tasks = Array.from({ length: clips }, (_, clip) => {
      const key = streamKey(`draws ${clip}`, 1);
      let draw = 0;
      return { memory, prompt: emptyCodes(decoder.codebooks, 0), uniform: () => uniformAt(key, draw++) };
    });
    return engine.decode(tasks, { tokens, guidance: decoder.guidance, sampling: officialSampling });
  };
}

/** Memory of one frame or of many, [frames, tokens, width]. */
export function recipeMemory({ visual, decoder }: VidmuseDimensions, frames: number, name: string): TensorData {
  const data = new Float32Array(frames * visual.tokens * decoder.width);
  const key = streamKey(name, 1);
  for (let index = 0; index < data.length; index++) data[index] = 2 * uniformAt(key, index) - 1;
  return { data, dims: [frames, visual.tokens, decoder.width] };
}
