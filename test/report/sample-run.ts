import { failed, type Outcome, ok, skipped } from '../../src/core/outcome.js';
import type { GenerationRecord, RunManifest, SystemSpec } from '../../src/core/record.js';
import type { ClipScore, Comparison, Coverage, Estimate, Figure, MetricBaselines } from '../../src/core/score.js';
import type { LeaderboardInput } from '../../src/report/leaderboard.js';
import type { MetricDescription } from '../../src/report/leaderboard-types.js';

/** What a system's author, a file name or an error message could bring in. */
export const hostile = '</script><img src=x onerror="document.title=\'hacked\'">';
export const hostileSystemId = `evil|${hostile}`;

export const sampleClipIds: readonly string[] = ['beach', 'chase', 'dawn', 'market', 'storm', `sly-${hostile}`];

export const sampleMetrics: readonly MetricDescription[] = [
  {
    id: 'frechet-music-distance',
    version: 2,
    title: 'Fréchet distance',
    summary: 'Distance between Gaussians fitted to embeddings of all outputs and of all references.',
    aliases: ['FAD', 'FD'],
    direction: 'lower',
    range: '0 to infinity',
    citation: 'Kilgour et al., Fréchet Audio Distance, Interspeech 2019',
    knownFailure: 'Depends on the number of clips, and sees neither order nor the video.',
    level: 'set',
  },
  {
    id: 'beat-cut-alignment',
    version: 1,
    title: 'Beats on cuts',
    summary: 'Share of cuts with a beat near them, against what chance gives.',
    aliases: [],
    direction: 'higher',
    range: '0 to 1',
    citation: 'This project, docs/metrics',
    knownFailure: 'A steady fast pulse meets every cut.',
    level: 'paired',
  },
  {
    id: 'loudness-curve',
    version: 1,
    title: 'Loudness follows motion',
    summary: 'Rank correlation of loudness with the motion in the pictures.',
    aliases: ['energy correlation'],
    direction: 'higher',
    range: '-1 to 1',
    unit: 'Spearman rho',
    citation: `Someone <${hostile}>, 2024`,
    knownFailure: 'Music that ignores the pictures on purpose scores low.',
    level: 'paired',
  },
];

const systems: readonly SystemSpec[] = [
  system({ id: 'composer', title: 'Rule-based composer', sees: ['frames'] }),
  system({ id: 'oracle', title: 'The references themselves', sees: ['reference'], sameSet: true }),
  system({
    id: 'retrieval',
    title: 'Nearest neighbour retrieval',
    sees: ['frames', 'pool'],
    licenceNotice: 'Plays music under CC BY 4.0.',
  }),
  system({ id: hostileSystemId, title: `Evil ${hostile}`, kind: 'files' }),
  system({ id: 'silence', title: 'Silence' }),
];

export const sampleManifest: RunManifest = {
  schemaVersion: 1,
  id: 'demo-0123456789',
  status: 'complete',
  spec: {
    schemaVersion: 1,
    suite: { id: 'demo', version: '1.0.0', hash: 'ab'.repeat(32), clipCount: sampleClipIds.length },
    protocol: { id: 'standard', version: 1, status: 'recommended', hash: 'cd'.repeat(32) },
    clipIds: sampleClipIds,
    systems,
    metrics: sampleMetrics.map(({ id, version }) => ({ id, version })),
    seeds: [1],
    window: 'full',
  },
  environment: {
    benchVersion: '0.1.0',
    gitCommit: 'f00dfeed',
    gitDirty: true,
    node: 'v20.19.0',
    platform: 'linux x64',
    cpu: 'Example CPU, 2 cores',
    onnxruntime: '1.29.0',
    executionProvider: 'cpu',
    ffmpeg: '7.1',
    models: [{ id: 'musicnn', sha256: 'ef'.repeat(32), licence: 'ISC' }],
  },
  command: `bench run --suite demo --systems '${hostile}'`,
  startedAt: '2031-01-02T03:04:05.000Z',
  finishedAt: '2031-01-02T03:09:05.000Z',
  partialReasons: [],
  warnings: [],
};

/** Four systems with values of each kind, one without any; skipped and failed outcomes; a system that plays the references. */
export function sampleRun(): LeaderboardInput {
  return {
    manifest: sampleManifest,
    suite: {
      title: 'Demo suite',
      licence: 'CC0-1.0',
      citation: 'None needed',
      primaryMetric: 'frechet-music-distance',
    },
    scores: { schemaVersion: 1, figures: figures(), baselines: baselines(), comparisons: comparisons() },
    generations: systems.flatMap(({ id }) => sampleClipIds.map((clipId) => generation(id, clipId))),
    clipScores: clipScores(),
    metricDescriptions: [...sampleMetrics].reverse(),
  };
}

/** The same run over half of its clips. */
export function limitedRun(): LeaderboardInput {
  const run = sampleRun();
  const spec = { ...run.manifest.spec, clipIds: sampleClipIds.slice(0, 3) };
  const manifest: RunManifest = {
    ...run.manifest,
    spec,
    partialReasons: ['limited to 3 of 6 clips'],
    warnings: [`the embedding network is untrained ${hostile}`],
  };
  return { ...run, manifest };
}

function system(given: Partial<SystemSpec> & Pick<SystemSpec, 'id' | 'title'>): SystemSpec {
  return { version: 1, kind: 'generator', summary: 'A system.', sees: [], sameSet: false, ...given };
}

function estimate(value: number, halfWidth: number, method: Estimate['method']): Outcome<Estimate> {
  const [lower, upper] = [value - halfWidth, value + halfWidth];
  return ok({ value, lower, upper, level: 0.95, method, standardError: halfWidth / 2 });
}

const everyClip: Coverage = { scored: 6, total: 6, missing: [] };

interface SampleFigure {
  readonly systemId: string;
  readonly outcome: Outcome<Estimate>;
  readonly coverage?: Coverage;
}

function figure(metricId: string, { systemId, outcome, coverage }: SampleFigure): Figure {
  const version = sampleMetrics.find(({ id }) => id === metricId)?.version ?? 0;
  const detectable = outcome.status === 'ok' ? ok(2.8 * outcome.value.standardError) : skipped('no value');
  return {
    metric: { id: metricId, version },
    systemId,
    outcome,
    coverage: coverage ?? everyClip,
    smallestDetectableDifference: detectable,
    clipIds: [],
    clipValues: [],
  };
}

function figures(): Figure[] {
  const distances: SampleFigure[] = [
    { systemId: 'composer', outcome: estimate(41.27, 6.1, 'jackknife-t') },
    { systemId: 'oracle', outcome: ok(zero, ['plays the reference recordings themselves']) },
    { systemId: 'retrieval', outcome: estimate(38.9, 7.4, 'jackknife-t') },
    {
      systemId: hostileSystemId,
      outcome: estimate(72.5, 9.9, 'jackknife-t'),
      coverage: { scored: 5, total: 6, missing: [{ clipId: 'dawn', reason: `no file ${hostile}` }] },
    },
    { systemId: 'silence', outcome: skipped('silent audio has no embedding') },
  ];
  const onCuts: SampleFigure[] = [
    { systemId: 'composer', outcome: estimate(0.71, 0.09, 'bootstrap-bca') },
    { systemId: 'oracle', outcome: estimate(0.64, 0.12, 'bootstrap-bca') },
    { systemId: 'retrieval', outcome: estimate(0.39, 0.11, 'bootstrap-bca') },
    { systemId: hostileSystemId, outcome: failed('unexpected', `out of memory ${hostile}`) },
    { systemId: 'silence', outcome: skipped('no beats') },
  ];
  const loudness: SampleFigure[] = [
    { systemId: 'composer', outcome: estimate(0.22, 0.15, 'bootstrap-bca') },
    { systemId: 'oracle', outcome: estimate(0.31, 0.14, 'bootstrap-bca') },
    { systemId: 'retrieval', outcome: estimate(0.13, 0.16, 'bootstrap-bca') },
    { systemId: hostileSystemId, outcome: estimate(-0.08, 0.2, 'bootstrap-bca') },
  ];
  return [
    ...distances.map((one) => figure('frechet-music-distance', one)),
    ...onCuts.map((one) => figure('beat-cut-alignment', one)),
    ...loudness.map((one) => figure('loudness-curve', one)),
  ];
}

const zero: Estimate = { value: 0, lower: 0, upper: 0, level: 0.95, method: 'jackknife-t', standardError: 0 };

function baselines(): MetricBaselines[] {
  const noPairing = skipped('does not depend on pairing');
  return [
    {
      metric: { id: 'frechet-music-distance', version: 2 },
      realAgainstReal: ok({ value: 19.4, clipCount: 3, repeats: 20 }),
      realAgainstRealMeaning: 'a random half of the references against the other half, mean of 20 splits',
      systemsAtEqualCount: [
        { systemId: 'composer', outcome: ok(55.1) },
        { systemId: 'retrieval', outcome: ok(53.3) },
        { systemId: 'silence', outcome: skipped('silent audio has no embedding') },
      ],
      chanceShuffledPairs: noPairing,
      chanceTimeShift: noPairing,
    },
    {
      metric: { id: 'beat-cut-alignment', version: 1 },
      realAgainstReal: ok({ value: 0.64, clipCount: 6, repeats: 1 }),
      realAgainstRealMeaning: 'each reference against its own video: what the original music scores',
      systemsAtEqualCount: [],
      chanceShuffledPairs: estimate(0.42, 0.05, 'bootstrap-bca'),
      chanceTimeShift: estimate(0.44, 0.04, 'bootstrap-bca'),
    },
  ];
}

function comparison(metricId: string, pair: readonly [string, string], outcome: Comparison['outcome']): Comparison {
  return { metric: { id: metricId, version: 1 }, systemA: pair[0], systemB: pair[1], clipCount: 6, outcome };
}

function difference(value: number, adjustedPValue: number): Comparison['outcome'] {
  const halfWidth = adjustedPValue < 0.05 ? Math.abs(value) / 2 : Math.abs(value) * 3;
  const [lower, upper] = [value - halfWidth, value + halfWidth];
  const by = { value, lower, upper, level: 0.95, method: 'jackknife-t', standardError: halfWidth / 2 } as const;
  return ok({ difference: by, pValue: adjustedPValue / 3, adjustedPValue, test: 'jackknife-t' });
}

function comparisons(): Comparison[] {
  const byConstruction = skipped('oracle plays the reference recordings: its distance to them is 0 by construction');
  return [
    comparison('beat-cut-alignment', ['composer', 'retrieval'], difference(0.32, 0.004)),
    comparison('beat-cut-alignment', ['composer', 'oracle'], difference(0.07, 0.6)),
    comparison('frechet-music-distance', ['composer', 'oracle'], byConstruction),
    comparison('frechet-music-distance', ['composer', 'retrieval'], difference(2.4, 0.71)),
    comparison('frechet-music-distance', [hostileSystemId, 'composer'], difference(31.2, 0.012)),
    comparison('frechet-music-distance', [hostileSystemId, 'retrieval'], difference(33.6, 0.0006)),
  ];
}

function generation(systemId: string, clipId: string): GenerationRecord {
  return { key: `${systemId}/${clipId}`, systemId, clipId, seed: 1, outcome: generated(systemId, clipId) };
}

function generated(systemId: string, clipId: string): GenerationRecord['outcome'] {
  if (systemId === hostileSystemId && clipId === 'dawn') return skipped(`no file ${hostile}`);
  if (systemId === 'silence' && clipId === 'storm') return failed('generator-failed', 'ran out of silence');
  return ok({
    path: `audio/${systemId.replace(/\W/g, '')}/${clipId.replace(/\W/g, '')}.wav`,
    sha256: '12'.repeat(32),
    sampleRateHz: 44_100,
    durationSeconds: 2.5,
    flags: systemId === 'retrieval' && clipId === 'beach' ? ['2.1 s shorter than the video'] : [],
    ...(systemId === 'composer' ? { wallSeconds: 0.25 } : {}),
  });
}

function clipScores(): ClipScore[] {
  return ['composer', 'oracle', 'retrieval'].flatMap((systemId, systemIndex) =>
    sampleClipIds.map((clipId, clipIndex): ClipScore => {
      const value = 0.7 - 0.15 * systemIndex + 0.03 * clipIndex;
      const outcome = clipIndex === 4 ? skipped('the clip has no cuts') : ok(value);
      return { metric: { id: 'beat-cut-alignment', version: 1 }, systemId, clipId, seed: 1, outcome };
    }),
  );
}
