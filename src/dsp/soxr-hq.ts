import { interleavedLowPass, placeOfDrop, plainLowPass, tapsOfEachPhase } from './soxr-filter.js';
import { type SoxrPlan, soxrPlan } from './soxr-plan.js';

/** SOXR_HQ (libsoxr 0.1.3, src/soxr.c, `soxr_quality_spec`): 20 bits, linear phase, the stop band from Nyquist on. */
const bits = 20;
const decibelsPerBit = 20 * Math.log10(2);
const stopBegin = 1;
const passEnd = 1 - 0.05 / (1 - placeOfDrop(-3, bits * decibelsPerBit));
/** SOXR_ROLLOFF_SMALL: decibels at the end of the pass band. */
const rolloff = Math.fround(-0.01);
/** Plain filters have one tap more than a multiple of this. */
const modulo = 4;

/** Half-band filters by the attenuation that they reach: the taps at odd distances (src/half-coefs.h, cr-core.c). */
const halfBands = [
  {
    attenuation: 136.51,
    taps: [
      0.3115465451887802, -0.08734497241282892, 0.03681452335604365, -0.01518925831569441, 0.005454118437408876,
      -0.001564400922162005, 0.0003181701445034203, -3.48001341225749e-5,
    ],
  },
  {
    attenuation: 152.32,
    taps: [
      0.3122703613711853, -0.08922155288172305, 0.03913974805854332, -0.01725059723447163, 0.006858970092378141,
      -0.002304518467568703, 0.0006096426006051062, -0.0001132393923815236, 1.119795386287666e-5,
    ],
  },
] as const;

/** One step of the conversion: how many samples, and the sample at each place. Samples outside the signal are 0. */
type Stage = (input: Float64Array, outputLength: number) => Float64Array;

/**
 * A converter that equals librosa's `soxr_hq`: libsoxr's stages and filters at quality HQ, in float64 where it has float32. Output: ceil(input
 * length * toHz / fromHz) samples. Throws a RangeError for rates that it would interpolate filters for.
 */
export function createSoxrHq(fromHz: number, toHz: number): { process(input: Float32Array): Float32Array } {
  const stages = stagesOf(soxrPlan(fromHz / toHz));
  return {
    process(input) {
      const output = new Float32Array(Math.ceil((input.length * toHz) / fromHz));
      // libsoxr rounds the number of samples; librosa fills up to the next whole one with a zero.
      const length = Math.floor((input.length * toHz) / fromHz + 0.5);
      let signal: Float64Array = new Float64Array(input);
      let rate = 1;
      stages.forEach(({ ratio, run }, index) => {
        rate *= ratio;
        // What a later filter reaches for beyond the end is there too.
        const needed = index === stages.length - 1 ? length : Math.ceil(input.length * rate) + 4096;
        signal = run(signal, needed);
      });
      output.set(signal);
      return output;
    },
  };
}

interface PlannedStage {
  /** Output samples for each input sample. */
  readonly ratio: number;
  readonly run: Stage;
}

function stagesOf(plan: SoxrPlan): readonly PlannedStage[] {
  const { halvings, preUp, preDown, phases, step, postUp, postDown, isUpward } = plan;
  const hasPre = preUp * preDown !== 1;
  const hasPhases = phases * step !== 1;
  const hasPost = postUp * postDown !== 1;
  const count = halvings + [hasPre, hasPhases, hasPost].filter(Boolean).length;
  const attenuation = attenuationOf(count, hasPhases);
  const half = halfBands.find((band) => attenuation <= band.attenuation) ?? halfBands[1];
  const stages: PlannedStage[] = Array.from({ length: halvings }, () => ({ ratio: 0.5, run: halving(half.taps) }));
  let nyquist = 1;
  if (hasPre) {
    nyquist = preDown > 0 ? Math.max(preUp, preDown) : step / phases;
    const filter = plainLowPass({ passEnd, stopBegin, nyquist, attenuation, phases: 1 }, modulo);
    stages.push(plain({ up: preUp, down: Math.max(preDown, 1), filter }));
  }
  if (hasPhases) stages.push(phased(plan, { nyquist, attenuation }));
  if (hasPost) {
    const alpha = postDown / (plan.step / plan.phases / plan.preUp);
    const filter = plainLowPass(
      {
        passEnd: passEnd / (isUpward ? alpha : 1),
        stopBegin: isUpward ? Math.max(2 - stopBegin / alpha, 1) : stopBegin,
        nyquist: Math.max(postUp, postDown),
        ...{ attenuation, phases: 1 },
      },
      modulo,
    );
    stages.push(plain({ up: postUp, down: postDown, filter }));
  }
  return stages;
}

/** Each stage may take a share of the error only. */
function attenuationOf(count: number, hasPhases: boolean): number {
  const attenuation = (bits + 1) * decibelsPerBit;
  if (count < 2) return attenuation;
  const others = hasPhases ? count - 1 : count;
  return attenuation + (hasPhases ? decibelsPerBit : 0) + 20 * Math.log10(others);
}

/** Half the rate: output k stands at input 2k. */
function halving(taps: readonly number[]): Stage {
  return (input, outputLength) => {
    const edge = 2 * taps.length;
    const padded = withEdges(input, { before: edge, after: 2 * outputLength + edge - input.length });
    return Float64Array.from({ length: outputLength }, (_, output) => {
      const centre = edge + 2 * output;
      return taps.reduce((sum, tap, index) => {
        const distance = 2 * index + 1;
        return sum + tap * (padded[centre - distance]! + padded[centre + distance]!);
      }, 0.5 * padded[centre]!);
    });
  };
}

interface PlainOptions {
  readonly up: number;
  readonly down: number;
  /** An odd number of taps at `up` times the input's rate. */
  readonly filter: Float64Array;
}

/** Times `up`, by `down`: output k stands at input k * down / up. */
function plain({ up, down, filter }: PlainOptions): PlannedStage {
  const half = (filter.length - 1) / 2;
  const banks = Array.from({ length: up }, (_, phase) => {
    // Taps that meet input samples when the output stands `phase` steps behind one.
    const first = Math.ceil((phase - half) / up);
    const taps: number[] = [];
    for (let sample = first; sample * up <= phase + half; sample++) taps.push(up * filter[half + phase - sample * up]!);
    return { first, taps: Float64Array.from(taps) };
  });
  const edge = Math.ceil(half / up) + 1;
  const run: Stage = (input, outputLength) => {
    const after = Math.ceil((outputLength * down) / up) + edge - input.length;
    const padded = withEdges(input, { before: edge, after: Math.max(edge, after) });
    return Float64Array.from({ length: outputLength }, (_, output) => {
      const position = output * down;
      const { first, taps } = banks[position % up]!;
      return dot(taps, padded, edge + Math.floor(position / up) + first);
    });
  };
  return { ratio: up / down, run };
}

/** The stage of many phases (src/cr.c, "Higher quality arb stage"; poly-fir0.h). */
function phased(plan: SoxrPlan, { nyquist, attenuation }: { nyquist: number; attenuation: number }): PlannedStage {
  const { preDown } = plan;
  let { phases, step } = plan;
  const spec = { ...phasedSpec(plan, { nyquist, attenuation }), attenuation };
  let taps = tapsOfEachPhase({ ...spec, phases: Math.max(phases, 19) });
  if (preDown === 0 && taps % 2 === 1) taps++;
  if (taps % 2 === 1 && phases % 2 === 1) [phases, step] = [2 * phases, 2 * step];
  const filter = interleavedLowPass({ ...spec, phases }, taps);
  const offset = taps % 2 === 1 ? phases / 2 : 0;
  const before = (taps - 1) >> 1;
  // Backwards, so that taps and samples run the same way.
  const banks = Array.from({ length: phases }, (_, phase) =>
    Float64Array.from({ length: taps }, (_, tap) => filter[(taps - 1 - tap) * phases + phase - 1] ?? 0),
  );
  const run: Stage = (input, outputLength) => {
    const after = Math.ceil((outputLength * step) / phases) + taps - input.length;
    const padded = withEdges(input, { before, after: Math.max(taps, after) });
    return Float64Array.from({ length: outputLength }, (_, output) => {
      const position = offset + output * step;
      return dot(banks[position % phases]!, padded, Math.floor(position / phases));
    });
  };
  return { ratio: phases / step, run };
}

/** The band between what must pass and the first image. */
function phasedSpec(
  { phases, step, preDown, isUpward }: SoxrPlan,
  { nyquist, attenuation }: { readonly nyquist: number; readonly attenuation: number },
): { readonly passEnd: number; readonly stopBegin: number; readonly nyquist: number } {
  const [pass, stop] = [passEnd / nyquist, stopBegin / nyquist];
  const isLowered = !isUpward && preDown === 1;
  const ownStop = isLowered ? 3 + Math.abs(stop - 1) : 2 - (pass + (stop - pass) * 0.7);
  return {
    passEnd: ownStop - (ownStop - pass) / (1 - placeOfDrop(rolloff, attenuation)),
    stopBegin: ownStop,
    nyquist: isLowered ? (2 * step) / phases : 1,
  };
}

function withEdges(input: Float64Array, { before, after }: { before: number; after: number }): Float64Array {
  const padded = new Float64Array(before + input.length + Math.max(0, after) + 1);
  padded.set(input, before);
  return padded;
}

function dot(taps: Float64Array, signal: Float64Array, from: number): number {
  let sum = 0;
  for (let tap = 0; tap < taps.length; tap++) sum += taps[tap]! * signal[from + tap]!;
  return sum;
}
