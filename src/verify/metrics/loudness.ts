import { z } from 'zod';
import { mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import type { Waveform } from '../../core/waveform.js';
import { gatedLoudness, integratedLoudness, momentaryLoudness, shortTermLoudness } from '../../dsp/loudness.js';
import { loudnessRange } from '../../dsp/loudness-range.js';
import { torchaudioLoudness } from '../../dsp/torchaudio-loudness.js';
import { truePeakDb, truePeaks } from '../../dsp/true-peak.js';
import { compareFields, compareLists, exact } from './comparison.js';
import type { CasePart, Comparison, Expectation, FamilyRunner, MetricTolerance } from './family-runner.js';
import { loudnessSignal, loudnessSignalSchema } from './loudness-signal.js';
import { goldenNumber, invalidFixture, type MetricCase, readFields } from './metric-fixture.js';

/** Loudness and true peak of BS.1770, and loudness as torchaudio has it. */
export const loudness: FamilyRunner = {
  family: 'loudness',
  parts(metricCase) {
    if (metricCase.metric !== 'loudness') {
      throw invalidFixture({ file: metricCase.id, field: 'metric', problem: `unknown metric "${metricCase.metric}"` });
    }
    return loudnessParts(metricCase);
  },
};

/** The stated limits, where the case has none: in LU, and as a share of full scale for true peaks. */
const usualLimitLu = 1e-6;
const truePeakLimit = 1e-9;
/** torchaudio's value in float64; the limit of the family. */
const torchaudioLimit: MetricTolerance = { absolute: 1e-6, relative: 0 };

const caseSchema = z.object({
  signal: loudnessSignalSchema,
  expected_bs1770: z.union([
    z.object({
      lufs: z.number(),
      blocks: z.int(),
      abs_gated: z.int(),
      rel_gated: z.int(),
      rel_threshold: z.number(),
      momentary_max: z.number(),
      short_term_max: z.number().optional(),
      lra_10_95: z.number().optional(),
    }),
    z.object({ lufs: z.literal('-Infinity') }),
    z.object({ error: z.string() }),
  ]),
  official: z
    .object({
      I: z.number().optional(),
      LRA: z.number().optional(),
      true_peak_db: z.number().optional(),
      tol_lu: z.number().optional(),
      tol: z.string().optional(),
    })
    .default({}),
  true_peak: z.array(z.object({ itu_annex2_4x: z.number(), sample_peak: z.number() })).nullable(),
  refs: z.object({ torchaudio_f64: z.unknown().optional() }).default({}),
});

type LoudnessFields = z.infer<typeof caseSchema>;
type GoldenLoudness = Extract<LoudnessFields['expected_bs1770'], { blocks: number }>;

function loudnessParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(caseSchema, metricCase);
  const signal = (): Waveform => loudnessSignal(fields.signal);
  const golden = fields.expected_bs1770;
  const hasValue = 'blocks' in golden;
  const limit: MetricTolerance = { absolute: metricCase.tol.expected_abs_lu ?? usualLimitLu, relative: 0 };
  const parts: CasePart[] = [
    {
      expects: expectation(metricCase, hasValue),
      compute: () =>
        hasValue ? loudnessComparisons(signal(), golden, limit) : mapOutcome(gatedLoudness(signal()), onlyLufs),
    },
  ];
  parts.push(...officialPart(fields, signal));
  if (fields.true_peak !== null) parts.push(peakPart(fields.true_peak, signal));
  const torchaudio = goldenNumber.safeParse(fields.refs.torchaudio_f64);
  if (torchaudio.success && channelCount(fields) === 1) parts.push(torchaudioPart(torchaudio.data, signal));
  return parts;
}

/** Cases to be read have a value where one is stated, and are not defined where the stated value is minus infinity. */
function expectation({ outcome }: MetricCase, hasValue: boolean): Expectation | undefined {
  if (outcome !== 'see') return undefined;
  return hasValue ? 'value' : 'undefined';
}

function loudnessComparisons(
  signal: Waveform,
  golden: GoldenLoudness,
  tolerance: MetricTolerance,
): Outcome<readonly Comparison[]> {
  return mapOutcome(gatedLoudness(signal), (gated) => {
    const { blocks, abs_gated, rel_gated, ...levels } = golden;
    const counts = { blocks: gated.blocks, abs_gated: gated.aboveAbsoluteGate, rel_gated: gated.aboveRelativeGate };
    const own = {
      lufs: gated.lufs,
      rel_threshold: gated.relativeGateLufs,
      momentary_max: largestOf(momentaryLoudness(signal, { hopSeconds: 0.1 })),
      short_term_max: largestOf(shortTermLoudness(signal)),
      lra_10_95: numberOf(loudnessRange(signal)),
    };
    return [
      ...compareFields(own, definedOnly(levels), { tolerance }),
      ...compareFields(counts, { blocks, abs_gated, rel_gated }, { tolerance: exact }),
    ];
  });
}

/** The values that the standard's own tests ask for, within the standard's tolerance. */
function officialPart({ official }: LoudnessFields, signal: () => Waveform): CasePart[] {
  const { I, LRA, true_peak_db: peakDb, tol_lu: limitLu, tol } = official;
  const limit = limitLu === undefined ? undefined : { absolute: limitLu, relative: 0 };
  const peakLimit = peakDb === undefined ? undefined : peakLimitsDb(tol);
  if (limit === undefined && peakLimit === undefined) return [];
  return [
    {
      part: 'official',
      expects: 'value',
      compute() {
        const sound = signal();
        const comparisons: Comparison[] = [];
        if (limit !== undefined && I !== undefined) {
          comparisons.push({ field: 'I', own: numberOf(integratedLoudness(sound)), golden: I, tolerance: limit });
        }
        if (limit !== undefined && LRA !== undefined) {
          comparisons.push({ field: 'LRA', own: numberOf(loudnessRange(sound)), golden: LRA, tolerance: limit });
        }
        if (peakLimit !== undefined && peakDb !== undefined) {
          const { above, below } = peakLimit;
          const tolerance = { absolute: (above + below) / 2, relative: 0 };
          // The limits are not even: the middle between them takes the place of the value.
          const golden = peakDb + (above - below) / 2;
          comparisons.push({ field: 'true_peak_db', own: numberOf(truePeakDb(sound)), golden, tolerance });
        }
        return ok(comparisons);
      },
    },
  ];
}

/** Reads limits such as `+0.2/-0.4 dB`. */
function peakLimitsDb(text: string | undefined): { readonly above: number; readonly below: number } {
  const [, above, below] = /^\+([\d.]+)\/-([\d.]+) dB$/.exec(text ?? '') ?? [];
  if (above === undefined || below === undefined) {
    throw invalidFixture({
      file: 'official',
      field: 'tol',
      problem: `expected "+0.2/-0.4 dB" or the like, got "${text}"`,
    });
  }
  return { above: Number(above), below: Number(below) };
}

function peakPart(golden: NonNullable<LoudnessFields['true_peak']>, signal: () => Waveform): CasePart {
  return {
    part: 'true-peak',
    expects: 'value',
    compute() {
      const sound = signal();
      const samplePeaks = sound.channels.map((samples) =>
        samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
      );
      return mapOutcome(truePeaks(sound), (peaks) => [
        ...compareLists(
          peaks,
          golden.map((channel) => channel.itu_annex2_4x),
          { field: 'itu_annex2_4x', tolerance: { absolute: truePeakLimit, relative: 0 } },
        ),
        // Of the signal itself: shows that it was made as described.
        ...compareLists(
          samplePeaks,
          golden.map((channel) => channel.sample_peak),
          { field: 'sample_peak', tolerance: { absolute: 0, relative: 1e-7 } },
        ),
      ]);
    },
  };
}

function torchaudioPart(golden: number, signal: () => Waveform): CasePart {
  return {
    part: 'torchaudio',
    expects: Number.isFinite(golden) ? 'value' : 'undefined',
    compute() {
      const { channels, sampleRateHz } = signal();
      return mapOutcome(torchaudioLoudness(channels[0]!, sampleRateHz), (lufs) =>
        compareFields({ lufs }, { lufs: golden }, { tolerance: torchaudioLimit }),
      );
    },
  };
}

function channelCount({ signal }: LoudnessFields): number {
  return signal.kind === 'literal' ? 2 : signal.channels;
}

/** What a value would be named by, where there should be none. */
function onlyLufs({ lufs }: { readonly lufs: number }): Comparison[] {
  return [{ field: 'lufs', own: lufs, golden: Number.NEGATIVE_INFINITY, tolerance: exact }];
}

/** NaN, which no limit accepts, for an outcome without a value. */
function numberOf(outcome: Outcome<number>): number {
  return outcome.status === 'ok' ? outcome.value : Number.NaN;
}

function largestOf(curve: Outcome<Float64Array>): number {
  return numberOf(mapOutcome(curve, (values) => values.reduce((most, value) => Math.max(most, value), -Infinity)));
}

function definedOnly(fields: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
