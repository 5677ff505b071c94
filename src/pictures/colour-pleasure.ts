import type { Picture } from './picture.js';

/** Means over a picture, 0 to 1. */
export interface ColourMeans {
  /** Rec. 709 luma of the 8-bit values. */
  readonly brightness: number;
  /** The largest less the smallest of red, green and blue: 0 for grey, and small for dark colours, whose hue nobody sees. */
  readonly saturation: number;
}

/** Brightness and saturation as Machajdik and Hanbury (ACM Multimedia 2010, "Affective image classification") take them, in the IHLS space. */
export function colourMeans({ rgb }: Picture): ColourMeans {
  let [brightness, saturation] = [0, 0];
  for (let at = 0; at < rgb.length; at += 3) {
    const [red, green, blue] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
    brightness += 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    saturation += Math.max(red, green, blue) - Math.min(red, green, blue);
  }
  const scale = 255 * (rgb.length / 3);
  return { brightness: brightness / scale, saturation: saturation / scale };
}

/** How pleasant a colour is: Valdez and Mehrabian, "Effects of color on emotions", Journal of Experimental Psychology: General 123:394 (1994). */
export function colourPleasure({ brightness, saturation }: ColourMeans): number {
  return 0.69 * brightness + 0.22 * saturation;
}

/** How arousing a colour is, from the same study. */
export function colourArousal({ brightness, saturation }: ColourMeans): number {
  return -0.31 * brightness + 0.6 * saturation;
}
