import type { CasePart, FamilyRunner } from './family-runner.js';
import { invalidFixture, type MetricCase } from './metric-fixture.js';
import { cohenPart, fleissPart, krippendorffPart } from './stats-agreement.js';
import { bootstrapPart, clusterBootstrapPart } from './stats-bootstrap.js';
import { correlationPart } from './stats-correlation.js';
import { holmPart, mcnemarPart, proportionPart, signTestPart, signTestSizePart } from './stats-counts.js';
import {
  friedmanPart,
  mannWhitneyPart,
  permutationPart,
  signFlipPart,
  tTestPart,
  wilcoxonParts,
} from './stats-samples.js';
import { bradleyTerryPart, davidsonParts } from './stats-votes.js';

/** Intervals, tests, correlations and agreement. */
export const stats: FamilyRunner = {
  family: 'stats',
  parts(metricCase) {
    const read = metrics[metricCase.metric];
    if (read !== undefined) return [read(metricCase)].flat();
    throw invalidFixture({ file: metricCase.id, field: 'metric', problem: `unknown metric "${metricCase.metric}"` });
  },
};

const metrics: Readonly<Record<string, (metricCase: MetricCase) => CasePart | readonly CasePart[]>> = {
  'proportion-ci': proportionPart,
  'sign-test-exact': signTestPart,
  'sign-test-required-n': signTestSizePart,
  'mcnemar-exact': mcnemarPart,
  holm: holmPart,
  'wilcoxon-signed-rank': wilcoxonParts,
  friedman: friedmanPart,
  'permutation-paired': signFlipPart,
  'permutation-two-sample': permutationPart,
  'mann-whitney': mannWhitneyPart,
  't-test': tTestPart,
  'rank-correlation': correlationPart,
  'krippendorff-alpha': krippendorffPart,
  'cohen-kappa': cohenPart,
  'fleiss-kappa': fleissPart,
  'bradley-terry': bradleyTerryPart,
  davidson: davidsonParts,
  bootstrap: bootstrapPart,
  'cluster-bootstrap': clusterBootstrapPart,
};
