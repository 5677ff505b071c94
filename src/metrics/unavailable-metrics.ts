/** A metric that papers report and that cannot be computed here yet: it has a name and a reason, and no value. */
export interface UnavailableMetric {
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly citation: string;
  /** Why there is no value, as a clause. */
  readonly notMeasured: string;
}

export const unavailableMetrics: readonly UnavailableMetric[] = [
  {
    id: 'desync',
    title: 'DeSync (Synchformer)',
    aliases: ['DeSync'],
    citation: 'Iashin et al. 2024, arXiv:2401.16423; as a score: Cheng et al. 2025 (MMAudio), arXiv:2412.15322',
    notMeasured: "not measured: Synchformer can't be imported yet",
  },
];
