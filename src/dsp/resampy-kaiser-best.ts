import { besselI0 } from './bessel.js';

/** Half a windowed sinc, as resampy tabulates it. */
export interface ResampyTable {
  readonly zeroCrossings: number;
  readonly stepsPerCrossing: number;
  readonly rolloff: number;
  readonly beta: number;
  /** True: products are added one by one in float32, and times by adding up the step, as resampy does (0.2.2, interpn.py). */
  readonly runningSums?: true;
}

/** `kaiser_best` of resampy 0.4 (resampy/filters.py; data/kaiser_best.npz is `sinc_window` with these). */
const table04: ResampyTable = {
  ...{ zeroCrossings: 50, stepsPerCrossing: 8192, rolloff: 0.917347, beta: 12.984585247040012 },
};

/** That of versions before 0.4, which openl3 asks for and whose values fadtk and torchaudio's documentation quote. */
export const resampy02Table: ResampyTable = {
  ...{ zeroCrossings: 64, stepsPerCrossing: 512, rolloff: 0.9475937167399596, beta: 14.769656459379492 },
  // Bands that the sound does not reach hold nothing but this rounding, and OpenL3 hears 80 dB of magnitude below the loudest.
  runningSums: true,
};

/**
 * A converter that equals `resampy.resample(filter='kaiser_best')`: a table of half a windowed sinc, read between its steps by a straight
 * line at every output sample (resampy/interpn.py). Its step through the table is cut to a whole number, which is why it is no polyphase filter.
 * Output: floor(input length * toHz / fromHz) samples.
 */
export function createResampyKaiserBest(
  fromHz: number,
  toHz: number,
  values: ResampyTable = table04,
): { process(input: Float32Array): Float32Array } {
  const ratio = toHz / fromHz;
  const scale = Math.min(1, ratio);
  const { stepsPerCrossing, runningSums = false } = values;
  const table = windowTable(scale, values);
  const indexStep = Math.trunc(scale * stepsPerCrossing);
  const side = (
    input: Float32Array,
    start: { readonly at: number; readonly direction: 1 | -1; readonly fraction: number; readonly sum?: number },
  ): number => {
    const { at, direction, fraction } = start;
    const place = fraction * stepsPerCrossing;
    const offset = Math.trunc(place);
    const between = place - offset;
    const most = Math.floor((table.length - offset) / indexStep);
    const available = direction < 0 ? at + 1 : input.length - at;
    let { sum = 0 } = start;
    for (let tap = 0; tap < Math.min(most, available); tap++) {
      const index = offset + tap * indexStep;
      const here = table[index]!;
      // The table's last step goes to itself.
      const weight = here + between * ((table[index + 1] ?? here) - here);
      const next = sum + weight * input[at + direction * tap]!;
      sum = runningSums ? Math.fround(next) : next;
    }
    return sum;
  };
  return {
    process(input) {
      const output = new Float32Array(Math.floor((input.length * toHz) / fromHz));
      const timeStep = 1 / ratio;
      for (let index = 0, running = 0; index < output.length; index++, running += timeStep) {
        const time = runningSums ? running : index * timeStep;
        const whole = Math.trunc(time);
        const fraction = scale * (time - whole);
        const left = side(input, { at: whole, direction: -1, fraction });
        const right = { at: whole + 1, direction: 1, fraction: scale - fraction } as const;
        output[index] = runningSums ? side(input, { ...right, sum: left }) : left + side(input, right);
      }
      return output;
    },
  };
}

/** Half the window, from its middle on: `zeroCrossings * stepsPerCrossing + 1` values, times `gain`. */
function windowTable(gain: number, { zeroCrossings, stepsPerCrossing, rolloff, beta }: ResampyTable): Float64Array {
  const last = zeroCrossings * stepsPerCrossing;
  const atMiddle = besselI0(beta);
  return Float64Array.from({ length: last + 1 }, (_, index) => {
    const angle = Math.PI * rolloff * (index / stepsPerCrossing);
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    return gain * rolloff * sinc * (besselI0(beta * Math.sqrt(1 - (index / last) ** 2)) / atMiddle);
  });
}
