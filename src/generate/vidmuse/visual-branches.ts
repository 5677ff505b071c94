import type { TensorData } from '../../models/session.js';
import type { Picture } from '../../pictures/picture.js';
import { vidmuseImage } from '../../pictures/vidmuse-image.js';
import { afterEachOther } from './loop-feeds.js';
import { outputOf, type VidmuseNetworks } from './networks.js';

/** What the fusion looks at: keys and values of all global frames' tokens. */
export interface LongTermBranch {
  readonly keys: TensorData;
  readonly values: TensorData;
}

/** A picture as the visual encoder takes it. */
export function frameImage(networks: VidmuseNetworks, picture: Picture, antialias: boolean): Float32Array {
  const { patch, side } = networks.dimensions.clip;
  return vidmuseImage(picture, { sizePx: patch * side, antialias }).data;
}

/** The visual encoder on images, so many at a time: [frames, 50, width]. */
export async function visualStates(
  { visualEncoder, dimensions }: VidmuseNetworks,
  images: readonly Float32Array[],
  atATime: number = 1,
): Promise<TensorData> {
  const { width, patch, side } = dimensions.clip;
  const length = dimensions.visual.tokens * width;
  const data = new Float32Array(images.length * length);
  for (let first = 0; first < images.length; first += atATime) {
    const some = images.slice(first, first + atATime);
    const pixels = { data: afterEachOther(some), dims: [some.length, 3, patch * side, patch * side] };
    data.set(outputOf(await visualEncoder.run({ pixels }), 'states').data, first * length);
  }
  return { data, dims: [images.length, dimensions.visual.tokens, width] };
}

/** Once a video. */
export async function longTermBranch(networks: VidmuseNetworks, states: TensorData): Promise<LongTermBranch> {
  const results = await networks.longTerm.run({ states });
  return { keys: outputOf(results, 'keys'), values: outputOf(results, 'values') };
}

/** Once a frame, whatever windows it is in: [frames, 50, width of the decoder]. */
export async function frameMemory(
  networks: VidmuseNetworks,
  states: TensorData,
  branch: LongTermBranch,
): Promise<TensorData> {
  return outputOf(await networks.shortTerm.run({ states, keys: branch.keys, values: branch.values }), 'memory');
}

/**
 * The memory of guidance's null branch, which sees black frames only: upstream repeats the rows of one frame for all local and global frames, and
 * attention over repeated keys is attention over the distinct ones. [1, 50, width of the decoder].
 */
export async function nullMemory(networks: VidmuseNetworks): Promise<TensorData> {
  const sizePx = networks.dimensions.clip.patch * networks.dimensions.clip.side;
  const black = { widthPx: sizePx, heightPx: sizePx, rgb: new Uint8Array(3 * sizePx * sizePx) };
  const states = await visualStates(networks, [frameImage(networks, black, false)]);
  return frameMemory(networks, states, await longTermBranch(networks, states));
}
