import type { Protocol } from '../core/protocol.js';
import type { RunSpec } from '../core/record.js';
import type { Metric } from '../metrics/metric.js';
import type { ClipSources } from './clip-sources.js';
import type { Progress } from './progress.js';
import type { RunnableSystem } from './runnable-system.js';
import type { ViewContext } from './views.js';

/** What every step of one run works with. */
export interface RunContext extends ViewContext {
  readonly spec: RunSpec;
  /** The run folder; exists. */
  readonly folder: string;
  readonly protocol: Protocol;
  readonly metrics: readonly Metric[];
  readonly systems: ReadonlyMap<string, RunnableSystem>;
  readonly sources: ClipSources;
  /** Items worked on at a time. */
  readonly jobs: number;
  readonly progress: Progress;
  /** Milliseconds of a steady clock, for durations in the records only. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
}
