import { besselI0 } from './bessel.js';

/**
 * `kaiser_best` of resampy 0.4 (resampy/filters.py; data/kaiser_best.npz is `sinc_window` with these). Versions before 0.4 had 64 crossings of
 * 512 steps, rolloff 0.9475937167399596 and beta 14.769656459379492, which fadtk and torchaudio's documentation still quote.
 */
const zeroCrossings = 50;
const stepsPerCrossing = 8192;
const rolloff = 0.917347;
const beta = 12.984585247040012;

/**
 * A converter that equals `resampy.resample(filter='kaiser_best')`: a table of half a windowed sinc, read between its steps by a straight
 * line at every output sample (resampy/interpn.py). Its step through the table is cut to a whole number, which is why it is no polyphase filter.
 * Output: floor(input length * toHz / fromHz) samples.
 */
export function createResampyKaiserBest(fromHz: number, toHz: number): { process(input: Float32Array): Float32Array } {
  const ratio = toHz / fromHz;
  const scale = Math.min(1, ratio);
  const table = windowTable(scale);
  const indexStep = Math.trunc(scale * stepsPerCrossing);
  const side = (
    input: Float32Array,
    start: { readonly at: number; readonly direction: 1 | -1; readonly fraction: number },
  ): number => {
    const { at, direction, fraction } = start;
    const place = fraction * stepsPerCrossing;
    const offset = Math.trunc(place);
    const between = place - offset;
    const most = Math.floor((table.length - offset) / indexStep);
    const available = direction < 0 ? at + 1 : input.length - at;
    let sum = 0;
    for (let tap = 0; tap < Math.min(most, available); tap++) {
      const index = offset + tap * indexStep;
      const here = table[index]!;
      // The table's last step goes to itself.
      const weight = here + between * ((table[index + 1] ?? here) - here);
      sum += weight * input[at + direction * tap]!;
    }
    return sum;
  };
  return {
    process(input) {
      const output = new Float32Array(Math.floor((input.length * toHz) / fromHz));
      const timeStep = 1 / ratio;
      for (let index = 0; index < output.length; index++) {
        const time = index * timeStep;
        const whole = Math.trunc(time);
        const fraction = scale * (time - whole);
        const left = side(input, { at: whole, direction: -1, fraction });
        output[index] = left + side(input, { at: whole + 1, direction: 1, fraction: scale - fraction });
      }
      return output;
    },
  };
}

/** Half the window, from its middle on: `zeroCrossings * stepsPerCrossing + 1` values, times `gain`. */
function windowTable(gain: number): Float64Array {
  const last = zeroCrossings * stepsPerCrossing;
  const atMiddle = besselI0(beta);
  return Float64Array.from({ length: last + 1 }, (_, index) => {
    const angle = Math.PI * rolloff * (index / stepsPerCrossing);
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    return gain * rolloff * sinc * (besselI0(beta * Math.sqrt(1 - (index / last) ** 2)) / atMiddle);
  });
}
