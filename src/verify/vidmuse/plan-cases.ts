import { join } from 'node:path';
import { z } from 'zod';
import { selectFrames } from '../../generate/vidmuse/frame-selection.js';
import { type MusicWindow, planWindows } from '../../generate/vidmuse/window-plan.js';
import type { TensorData } from '../../models/session.js';
import { readJson } from './variant.js';

const whole = z.int().nonnegative();
const windowSchema = z.object({ prompt_tokens: whole, max_gen_len: whole, local_frames: z.tuple([whole, whole]) });
const framesSchema = z.object({
  cases: z.array(
    z.object({
      fps_float: z.number().positive(),
      frame_count: whole,
      duration: z.number(),
      local_ids: z.array(whole).min(1),
      local_padding: whole,
      global_ids: z.array(whole),
      windows: z.array(windowSchema),
    }),
  ),
  plans: z.array(z.tuple([z.number(), z.array(z.tuple([whole, whole, whole, whole]))])),
});

/** A value with its golden one beside it. */
export interface PairedValue {
  readonly name: string;
  readonly own: TensorData;
  readonly golden: TensorData;
}

/** Frame numbers and window plans of the official reader and window loop, each kind as one list of whole numbers. */
export async function planValues(folder: string): Promise<readonly PairedValue[]> {
  const { cases, plans } = await readJson(join(folder, 'frames.json'), framesSchema);
  const selections = cases.map(({ fps_float: framesPerSecond, frame_count: frameCount, duration: durationSeconds }) =>
    selectFrames({ framesPerSecond, frameCount, durationSeconds }, 'upstream'),
  );
  const padded = cases.map(({ local_ids, local_padding }) => [
    ...local_ids,
    ...Array.from({ length: local_padding }, () => local_ids.at(-1)!),
  ]);
  const upstream = (duration: number): number[] => planWindows(duration, { compat: 'upstream' }).flatMap(windowNumbers);
  return [
    pair(
      'frames/local_ids',
      selections.map(({ local }) => [...local]),
      padded,
    ),
    pair(
      'frames/global_ids',
      selections.map(({ global }) => [...global]),
      cases.map(({ global_ids }) => global_ids),
    ),
    pair(
      'frames/windows',
      cases.map(({ duration }) => upstream(duration)),
      cases.map(({ windows }) =>
        windows.flatMap((window) => [...window.local_frames, window.prompt_tokens, window.max_gen_len]),
      ),
    ),
    pair(
      'frames/plans',
      plans.map(([duration]) => upstream(duration)),
      plans.map(([, windows]) => windows.flat()),
    ),
  ];
}

function windowNumbers({ firstFrame, frameCount, promptTokens, tokens }: MusicWindow): number[] {
  return [firstFrame, frameCount, promptTokens, tokens];
}

/** The length of each list stands before it, so that numbers cannot move from one to the next. */
function pair(name: string, own: readonly number[][], golden: readonly number[][]): PairedValue {
  return { name, own: listOf(own), golden: listOf(golden) };
}

function listOf(lists: readonly number[][]): TensorData {
  const data = Float32Array.from(lists.flatMap((list) => [list.length, ...list]));
  return { data, dims: [data.length] };
}
