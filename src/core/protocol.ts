import { hashOf } from './hash.js';

/**
 * Everything that stands between a decoded file and a figure and that published tools do differently. A frozen piece of data: its hash stands
 * in every result, and results under different hashes never share a column. A test holds the hash of each id and version, so that another choice
 * needs another version.
 */
export interface Protocol {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  /** `inferred`: nobody published how; put together from what papers say and follow-up code does. */
  readonly status: 'recommended' | 'published-tool' | 'inferred';
  /** True: the tool's known bugs are reproduced. Left out: they are not. */
  readonly compat?: true;
  readonly sources: readonly ProtocolSource[];
  /** From the decoded channels to what an encoder reads, step after step in this order. */
  readonly sound: readonly SoundStep[];
  /** In place of `sound` for the networks of some families. */
  readonly soundOf: Readonly<Partial<Record<EncoderFamily, readonly SoundStep[]>>>;
  /** Which parts of a sound the networks see that take a part at a time. */
  readonly windows: WindowPlans;
  readonly numerics: Numerics;
  /** Ids of the metrics that the tool publishes; empty: those of the suite are computed. */
  readonly metrics: readonly string[];
  /** What the tool publishes and this project does not measure. */
  readonly notMeasured: readonly { readonly name: string; readonly reason: string }[];
  readonly bugs: readonly ToolBug[];
  /** What this protocol does otherwise than its tool, and why. */
  readonly departures: readonly string[];
  /** Music and video are held against each other over the time that both have; differences are flagged. */
  readonly lengthPolicy: 'common-part';
  /** Lengths that differ by less are the codec's rounding and not flagged. */
  readonly lengthToleranceSeconds: number;
}

/** Parts of a protocol that a source can settle; what none settles is this project’s choice. */
export type ProtocolPart =
  | 'sound'
  | `sound of ${EncoderFamily}`
  | `windows of ${keyof WindowPlans}`
  | keyof Numerics
  | 'metrics';

export interface ProtocolSource {
  readonly repository: string;
  readonly commit: string;
  readonly file: string;
  readonly settles: readonly ProtocolPart[];
}

/** Networks that published tools prepare sound for, each in its own way. */
export type EncoderFamily = 'vggish' | 'cnn14' | 'passt' | 'openl3' | 'clap' | 'imagebind' | 'synchformer';

export type ResamplerName =
  | 'torchaudio-hann'
  | 'torchaudio-hann-float32'
  | 'torchaudio-kaiser-best'
  | 'julius'
  | 'resampy-kaiser-best'
  /** The table that resampy had before 0.4. */
  | 'resampy-0.2-kaiser-best'
  | 'soxr-hq';

export type SoundStep =
  | { readonly step: 'channels'; readonly keep: 'mean' | 'first' }
  /** The mean over all samples and channels goes. */
  | { readonly step: 'subtract-mean' }
  /** To the encoder's own rate, or to `toHz` on the way there. */
  | { readonly step: 'resample'; readonly resampler: ResamplerName; readonly toHz?: number }
  /** `nearest-32768`: written as 16-bit PCM and read again; `cut-32767`: LAION CLAP's own quantisation. */
  | { readonly step: 'round-to-int16'; readonly by: 'nearest-32768' | 'cut-32767' }
  /** Integrated loudness by BS.1770-4, measured where the step stands; does not reach encoders that take the level as it is. */
  | { readonly step: 'match-loudness'; readonly lufs: number }
  /** The largest magnitude comes to this level; does not reach encoders that take the level as it is. */
  | { readonly step: 'scale-to-peak'; readonly decibels: number }
  /** Divided by the largest sample (not magnitude), or by `atLeast` where that is larger; reaches as `scale-to-peak` does. */
  | { readonly step: 'divide-by-maximum'; readonly atLeast: number }
  | { readonly step: 'pad-with-zeros'; readonly toSamples: number };

export interface WindowPlans {
  readonly vggish: WindowPlan;
  readonly passt: WindowPlan;
  readonly clap: WindowPlan;
  /** Left out: this project’s own, which stands in `protocols/common.ts`. */
  readonly mert?: MertPlan;
}

export interface MertPlan extends WindowPlan {
  /** Each frame is a row, 75 a second, or the mean of as many whole frames as a second has. */
  readonly rows: 'frames' | 'seconds';
}

/** Lengths are samples at the network's rate; no window is longer than the network takes. */
export interface WindowPlan {
  readonly windowSamples: number | 'network';
  readonly hopSamples: number | 'window';
  readonly take: 'all' | 'first';
  /** What becomes of an incomplete window; `shift-back`: it begins earlier, is whole and the last. */
  readonly tail: 'drop' | 'keep' | 'zero-pad' | 'shift-back';
  /** Incomplete windows of fewer samples are dropped. */
  readonly shortestTailSamples: number;
  /** What becomes of a sound that is shorter than one window; `as-tail`: its windows begin at every hop, all incomplete. */
  readonly short: 'as-tail' | 'drop' | 'zero-pad' | 'repeat';
}

/** How figures come out of features, where tools differ. */
export interface Numerics {
  /** Features of imported networks are kept as they come, or rounded to half precision. */
  readonly features: 'float32' | 'float16';
  /** The mean of a clip's windows in Fréchet distances, before it goes into the mean of the set. */
  readonly meanOfClip: 'exact' | 'float16';
  /** The set whose median distance is the bandwidth of kernel distances. */
  readonly kernelBandwidth: 'reference' | 'evaluated';
  /** KL of the softmax of the mean logits of a clip's windows, or the mean of the KL of each window. */
  readonly klOfWindows: 'mean-logits' | 'each-window';
}

/** A known bug of the tool beside what is right. */
export interface ToolBug {
  readonly tool: string;
  readonly correct: string;
  readonly source: string;
  /** What `compat` sets to have the bug; left out: it is never reproduced. */
  readonly compat?: Partial<Numerics>;
}

/** How reports call a protocol: `kadtk`, `kadtk (compat)`. */
export function protocolName({ id, compat }: Pick<Protocol, 'id' | 'compat'>): string {
  return compat === true ? `${id} (compat)` : id;
}

/** The identity of a protocol: a hash over everything that can change a number. Words and lists of metrics may be corrected without another. */
export function protocolHash(protocol: Protocol): string {
  const { id, version, compat, sound, soundOf, windows, numerics, lengthPolicy, lengthToleranceSeconds } = protocol;
  return hashOf({
    ...{ id, version, compat, sound, soundOf, windows, numerics },
    ...{ lengthPolicy, lengthToleranceSeconds },
  });
}

/** The protocol with the tool's known bugs; undefined where it has none that can be reproduced. */
export function compatOf(protocol: Protocol): Protocol | undefined {
  const changes = protocol.bugs.flatMap(({ compat }) => compat ?? []);
  if (changes.length === 0) return undefined;
  return {
    ...protocol,
    compat: true,
    summary: `${protocol.summary}; known bugs reproduced`,
    numerics: Object.assign({}, protocol.numerics, ...changes) as Numerics,
  };
}

/** The steps that reach an encoder: all, but those that set the level for encoders that take it as it is, and those that join channels for encoders that hear them apart. */
export function soundStepsFor(
  protocol: Pick<Protocol, 'sound' | 'soundOf'>,
  encoder: HearingEncoder,
): readonly SoundStep[] {
  const own = encoder.family === undefined ? undefined : protocol.soundOf[encoder.family];
  const steps = own ?? protocol.sound;
  return steps.filter(
    ({ step }) =>
      (encoder.loudnessMatched || !levelSteps.includes(step)) && (encoder.modality !== 'stereo' || step !== 'channels'),
  );
}

/** What of an encoder decides which steps reach it. */
export interface HearingEncoder {
  readonly family?: EncoderFamily;
  readonly loudnessMatched: boolean;
  /** Left out: it hears one channel. */
  readonly modality?: 'audio' | 'stereo';
}

const levelSteps: readonly SoundStep['step'][] = ['match-loudness', 'scale-to-peak', 'divide-by-maximum'];
