import { Presets, SingleBar } from 'cli-progress';
import type { Progress, StepName } from '../run/progress.js';
import type { Terminal } from './terminal.js';

const titles: Record<StepName, string> = {
  examine: 'Decoding media',
  make: 'Making clips',
  generate: 'Generating music',
  embed: 'Computing features',
  score: 'Scoring clips',
  aggregate: 'Computing intervals',
  report: 'Writing the report',
};

/** Bars with an estimated time on a terminal, a few plain lines in a log, nothing when quiet. */
export function createProgressDisplay(terminal: Terminal, options: { readonly quiet: boolean }): Progress {
  const warning = (message: string): void => terminal.err(`warning: ${message}`);
  if (options.quiet) {
    return { stepStarted: () => undefined, itemDone: () => undefined, stepFinished: () => undefined, warning };
  }
  return { ...(terminal.isInteractive ? barDisplay() : lineDisplay(terminal)), warning };
}

function barDisplay(): Omit<Progress, 'warning'> {
  let bar: SingleBar | undefined;
  return {
    stepStarted: (step, total, alreadyDone) => {
      const format = `${titles[step].padEnd(20)} {bar} {value}/{total}  {duration_formatted}  ETA {eta_formatted}`;
      bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, etaBuffer: 30 }, Presets.shades_classic);
      bar.start(total, alreadyDone);
    },
    itemDone: () => bar?.increment(),
    stepFinished: () => bar?.stop(),
  };
}

/** A line at the start, at each quarter and at the end of a step. */
function lineDisplay(terminal: Terminal): Omit<Progress, 'warning'> {
  let total = 0;
  let done = 0;
  let nextLine = 0;
  return {
    stepStarted: (step, count, alreadyDone) => {
      total = count;
      done = alreadyDone;
      nextLine = Math.floor((done * 4) / Math.max(1, total)) + 1;
      const known = alreadyDone > 0 ? `, ${alreadyDone} already done` : '';
      terminal.err(`${titles[step]}: ${count}${known}`);
    },
    itemDone: (step) => {
      done += 1;
      if (done * 4 < nextLine * total || done >= total) return;
      terminal.err(`${titles[step]}: ${done}/${total}`);
      nextLine = Math.floor((done * 4) / total) + 1;
    },
    stepFinished: (step) => terminal.err(`${titles[step]}: done`),
  };
}
