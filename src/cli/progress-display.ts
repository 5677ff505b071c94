import { Presets, SingleBar } from 'cli-progress';
import type { Progress, StepName } from '../run/progress.js';
import { createMusicRate } from './music-rate.js';
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
  let tally = createTally(0, 0);
  return {
    stepStarted: (step, total, alreadyDone) => {
      const format = `${titles[step].padEnd(20)} {bar} {value}/{total}  {duration_formatted}  ETA {eta_formatted}  {rate}`;
      bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, etaBuffer: 30 }, Presets.shades_classic);
      bar.start(total, alreadyDone, { rate: '' });
      tally = createTally(total, alreadyDone);
    },
    itemDone: (_step, _label, made) => {
      tally.add(made);
      // The bar has an ETA of its own.
      bar?.increment(1, { rate: tally.rateText(1) });
    },
    stepFinished: () => bar?.stop(),
  };
}

/** A line at the start, at each quarter and at the end of a step. */
function lineDisplay(terminal: Terminal): Omit<Progress, 'warning'> {
  let tally = createTally(0, 0);
  let nextLine = 0;
  return {
    stepStarted: (step, total, alreadyDone) => {
      tally = createTally(total, alreadyDone);
      nextLine = Math.floor((alreadyDone * 4) / Math.max(1, total)) + 1;
      const known = alreadyDone > 0 ? `, ${alreadyDone} already done` : '';
      terminal.err(`${titles[step]}: ${total}${known}`);
    },
    itemDone: (step, _label, made) => {
      const { done, total } = tally.add(made);
      if (done * 4 < nextLine * total || done >= total) return;
      const rate = tally.rateText();
      terminal.err(`${titles[step]}: ${done}/${total}${rate === '' ? '' : `, ${rate}`}`);
      nextLine = Math.floor((done * 4) / total) + 1;
    },
    stepFinished: (step) => terminal.err(`${titles[step]}: done`),
  };
}

/** What of a step is done, and how fast music comes where it makes some. */
interface Tally {
  add(made?: { readonly musicSeconds: number }): { readonly done: number; readonly total: number };
  /** Empty where no music was made. `share`: of the work that is done; 1 says nothing of the rest. */
  rateText(share?: number): string;
}

function createTally(total: number, alreadyDone: number): Tally {
  const rate = createMusicRate();
  let done = alreadyDone;
  let musicSeconds = 0;
  return {
    add(made) {
      done += 1;
      musicSeconds += made?.musicSeconds ?? 0;
      return { done, total };
    },
    rateText: (share = (done - alreadyDone) / Math.max(1, total - alreadyDone)) =>
      musicSeconds === 0 ? '' : rate.text(musicSeconds, share),
  };
}
