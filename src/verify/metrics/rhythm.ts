import { z } from 'zod';
import { mapOutcome } from '../../core/outcome.js';
import { avAlignScore, peakIndices } from '../../metrics/av-align-score.js';
import { type BeatBins, d2mGanBeatScores, lorisBeatScores } from '../../metrics/rhythm/beat-coverage-hit.js';
import { beatParts } from './beat-scores.js';
import { compareLists } from './comparison.js';
import type { CasePart, Expectation, FamilyRunner, MetricTolerance } from './family-runner.js';
import { librosaParts } from './librosa-rhythm.js';
import { goldenNumber, invalidFixture, type MetricCase, readFields, toleranceOf } from './metric-fixture.js';
import { uniformStream } from './metric-recipe.js';

/** AV-Align, beat scores, onsets and beats. */
export const rhythm: FamilyRunner = {
  family: 'rhythm',
  parts(metricCase) {
    const read = metrics[metricCase.metric];
    if (read !== undefined) return read(metricCase);
    throw invalidFixture({ file: metricCase.id, field: 'metric', problem: `unknown metric "${metricCase.metric}"` });
  },
};

const metrics: Readonly<Record<string, (metricCase: MetricCase) => readonly CasePart[]>> = {
  'av-align-iou': alignParts,
  'flow-peaks': peakParts,
  'bcs-bhs': coverageParts,
  mir_eval: beatParts,
  'librosa-onset-beat': librosaParts,
};

/** Where a case states none. */
const usualTolerance: Partial<MetricTolerance> = { absolute: 1e-12 };

const alignSchema = z.object({
  audio_peaks: z.array(goldenNumber),
  video_peaks: z.array(goldenNumber),
  fps: z.number(),
  ref: z.unknown(),
});

function alignParts(metricCase: MetricCase): CasePart[] {
  const { audio_peaks: audioPeaks, video_peaks: videoPeaks, fps, ref } = readFields(alignSchema, metricCase);
  const tolerance = toleranceOf(metricCase, usualTolerance);
  return [
    {
      compute: () =>
        mapOutcome(avAlignScore({ audioPeaks, videoPeaks, framesPerSecond: fps }), (own) => [
          { field: 'iou', own, golden: typeof ref === 'number' ? ref : Number.NaN, tolerance },
        ]),
    },
  ];
}

const flowSchema = z.object({
  flow: z.union([
    z.object({ values: z.array(z.number()) }),
    z.object({ kind: z.literal('uniform*0.4'), seed: z.int(), n: z.int().nonnegative() }),
  ]),
  fps: z.number().positive(),
  ref: z.array(z.number()),
});

function peakParts(metricCase: MetricCase): CasePart[] {
  const { flow, fps, ref } = readFields(flowSchema, metricCase);
  const tolerance = toleranceOf(metricCase, usualTolerance);
  return [
    {
      compute() {
        const curve = 'values' in flow ? flow.values : scaledUniforms(flow);
        const times = peakIndices(curve).map((index) => index / fps);
        return { status: 'ok', value: compareLists(times, ref, { field: 'seconds', tolerance }) };
      },
    },
  ];
}

function scaledUniforms({ seed, n }: { readonly seed: number; readonly n: number }): number[] {
  const uniform = uniformStream(seed);
  return Array.from({ length: n }, () => 0.4 * uniform());
}

/** Coverage and hit, or the error of the original. */
const coverageSchema = z.union([z.tuple([z.number(), z.number()]), z.object({ error: z.string() })]);

const binsSchema = z.object({
  gt_bins: z.array(z.int()),
  syn_bins: z.array(z.int()),
  ref: z.object({ d2m_gan_cover_hit: coverageSchema, loris_cover_hit: coverageSchema }),
});

/** One line for each of the two metrics of the same name. Where one of the originals stops with an error, a refusal is asked for. */
function coverageParts(metricCase: MetricCase): CasePart[] {
  const { gt_bins: reference, syn_bins: generated, ref } = readFields(binsSchema, metricCase);
  const bins: BeatBins = { reference, generated };
  const tolerance = toleranceOf(metricCase, usualTolerance);
  const both = [
    ['d2m-gan', ref.d2m_gan_cover_hit, d2mGanBeatScores] as const,
    ['loris', ref.loris_cover_hit, lorisBeatScores] as const,
  ];
  return both.map(([part, golden, score]) => ({
    part,
    expects: metricCase.outcome === 'see' ? seen(golden) : undefined,
    compute: () =>
      mapOutcome(score(bins), ({ coverage, hit }) =>
        compareLists([coverage, hit], Array.isArray(golden) ? golden : [], { field: 'cover-hit', tolerance }),
      ),
  }));
}

function seen(golden: z.infer<typeof coverageSchema>): Expectation {
  return Array.isArray(golden) ? 'value' : 'refuse';
}
