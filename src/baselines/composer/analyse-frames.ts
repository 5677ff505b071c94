import type { RgbFrame, VideoFrames } from '../../core/frames.js';
import {
  addColours,
  type ColourSums,
  emptyColourSums,
  histogramBins,
  meanAbsoluteDifference,
  meanColourDifference,
  readPicture,
  totalVariation,
} from './frame-statistics.js';
import { neutralPalette, type Palette, type VideoProfile } from './video-profile.js';

/** Motion and colour survive at this size, and 3.5 minutes of it are read in seconds. */
const analysisSize = { widthPx: 160, heightPx: 90 };

/** Two buffers that swap, so that memory stays constant however long the video is. */
interface Picture {
  readonly rgb: Uint8Array;
  readonly luma: Float32Array;
  readonly histogram: Float64Array;
}

/** What `pushFrame` fills, one number a frame each. */
interface Curves {
  readonly timeSeconds: number[];
  readonly difference: number[];
  readonly colourDifference: number[];
  readonly histogramChange: number[];
}

/**
 * Reads the video once, at its own rate, keeping a few numbers a frame and no picture but the last two.
 * A video without frames gives empty curves and a mid-grey palette.
 */
export async function analyseFrames(
  frames: VideoFrames,
  options: { readonly signal?: AbortSignal } = {},
): Promise<VideoProfile> {
  const curves: Curves = { timeSeconds: [], difference: [], colourDifference: [], histogramChange: [] };
  const colours = emptyColourSums();
  let [current, before] = [emptyPicture(), emptyPicture()];
  for await (const frame of frames.stream(analysisSize, options)) {
    current.rgb.set(frame.rgb);
    readPicture(current.rgb, current);
    addColours(colours, current);
    pushFrame(curves, { frame, current, before });
    [current, before] = [before, current];
  }
  return {
    framesPerSecond: frames.framesPerSecond,
    timeSeconds: Float64Array.from(curves.timeSeconds),
    difference: firstRepeatsSecond(curves.difference),
    colourDifference: firstRepeatsSecond(curves.colourDifference),
    histogramChange: firstRepeatsSecond(curves.histogramChange),
    palette: paletteOf(colours),
  };
}

function emptyPicture(): Picture {
  const pixels = analysisSize.widthPx * analysisSize.heightPx;
  return {
    rgb: new Uint8Array(3 * pixels),
    luma: new Float32Array(pixels),
    histogram: new Float64Array(histogramBins),
  };
}

function pushFrame(
  curves: Curves,
  { frame, current, before }: { frame: RgbFrame; current: Picture; before: Picture },
): void {
  const isFirst = curves.timeSeconds.length === 0;
  curves.timeSeconds.push(frame.timeSeconds);
  curves.difference.push(isFirst ? 0 : meanAbsoluteDifference(current.luma, before.luma));
  curves.colourDifference.push(isFirst ? 0 : meanColourDifference(current.rgb, before.rgb));
  curves.histogramChange.push(isFirst ? 0 : totalVariation(current.histogram, before.histogram));
}

/** The first frame has none before it; with the second's value it is neither a peak nor a dip. */
function firstRepeatsSecond(curve: readonly number[]): Float64Array {
  const copy = Float64Array.from(curve);
  if (copy.length > 1) copy[0] = copy[1]!;
  return copy;
}

function paletteOf(sums: ColourSums): Palette {
  if (sums.frames === 0 || sums.pixels === 0) return neutralPalette;
  const coloured = sums.hues.reduce((total, hue) => total + hue, 0);
  return {
    brightness: sums.brightness / sums.frames,
    contrast: sums.contrast / sums.frames,
    saturation: sums.saturation / sums.pixels,
    warmth: sums.warmth / sums.pixels,
    hues: Array.from(sums.hues, (hue) => (coloured > 0 ? hue / coloured : 0)),
  };
}
