/** What of onnxruntime's profile is read (core/common/profiler.cc writes it in Chrome's trace format; times in microseconds). */
export interface ProfileEvent {
  readonly cat: string;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly args?: { readonly op_name?: string; readonly provider?: string };
}

export interface OperatorTime {
  readonly operator: string;
  /** Short: CPU, CUDA, WebGpu. */
  readonly provider: string;
  readonly calls: number;
  readonly ms: number;
}

export interface RunTimes {
  /** By operator and provider, the longest first. What runs other operators inside (Loop, If) has their time taken off. */
  readonly operators: readonly OperatorTime[];
  /** Of the whole run, from feeds to results. */
  readonly runMs: number;
}

const outer = new Set(['Loop', 'If', 'Scan']);
const endOfKernel = '_kernel_time';

/** The operators of the last run in a profile: those before it are for warming up. Throws where there is no run. */
export function operatorTimes(events: readonly ProfileEvent[]): RunTimes {
  const run = events.filter(({ cat, name }) => cat === 'Session' && name === 'model_run').at(-1);
  if (run === undefined) throw new RangeError('the profile has no run');
  const kernels = events.filter(
    ({ cat, name, ts }) => cat === 'Node' && name.endsWith(endOfKernel) && ts >= run.ts && ts <= run.ts + run.dur,
  );
  const times = new Map<string, { operator: string; provider: string; calls: number; ms: number }>();
  for (const { args = {}, dur } of kernels) {
    const operator = args.op_name ?? 'unknown';
    const provider = (args.provider ?? 'unknown').replace(/ExecutionProvider$/, '');
    const key = `${operator} ${provider}`;
    const time = times.get(key) ?? { operator, provider, calls: 0, ms: 0 };
    times.set(key, { ...time, calls: time.calls + 1, ms: time.ms + dur / 1000 });
  }
  const operators = [...times.values()];
  const inside = operators.reduce((sum, { operator, ms }) => sum + (outer.has(operator) ? 0 : ms), 0);
  const around = operators.reduce((sum, { operator, ms }) => sum + (outer.has(operator) ? ms : 0), 0);
  // Only one of them holds all that is inside, or nearly: a decoder's loop.
  const withoutBody = operators.map((time) =>
    outer.has(time.operator) ? { ...time, ms: Math.max(0, time.ms - inside * (time.ms / around)) } : time,
  );
  return { operators: withoutBody.sort((a, b) => b.ms - a.ms), runMs: run.dur / 1000 };
}

/** A row an operator; what takes less than a thousandth is summed up. */
export function operatorTable({ operators, runMs }: RunTimes, steps: number): string {
  const all = operators.reduce((sum, { ms }) => sum + ms, 0);
  const row = (name: string, calls: number, ms: number): string =>
    `${name.padEnd(40)}${(calls / steps).toFixed(1).padStart(14)}${(ms / steps).toFixed(4).padStart(13)}${`${((100 * ms) / all).toFixed(1)} %`.padStart(9)}`;
  const large = operators.filter(({ ms }) => ms >= all / 1000);
  const small = operators.filter(({ ms }) => ms < all / 1000);
  const sum = (times: readonly OperatorTime[], of: 'calls' | 'ms'): number =>
    times.reduce((total, time) => total + time[of], 0);
  return [
    `${'operator'.padEnd(40)}${'calls a step'.padStart(14)}${'ms a step'.padStart(13)}${'share'.padStart(9)}`,
    ...large.map(({ operator, provider, calls, ms }) =>
      row(`${operator}${outer.has(operator) ? ' without its body' : ''} (${provider})`, calls, ms),
    ),
    ...(small.length === 0 ? [] : [row(`${small.length} others`, sum(small, 'calls'), sum(small, 'ms'))]),
    row('all operators', sum(operators, 'calls'), all),
    `between operators, feeds and results: ${((runMs - all) / steps).toFixed(4)} ms a step`,
  ].join('\n');
}
