import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** Shows how many seconds of music there are. */
export interface SecondsDisplay {
  show(doneSeconds: number, totalSeconds: number): void;
  stop(): void;
}

/** A bar with the time that is left on a terminal, a line at each tenth in a log, nothing when quiet. */
export function createSecondsDisplay(terminal: Terminal, options: { readonly quiet: boolean }): SecondsDisplay {
  if (options.quiet) return { show: () => undefined, stop: () => undefined };
  return terminal.isInteractive ? barDisplay() : lineDisplay(terminal);
}

function barDisplay(): SecondsDisplay {
  let bar: SingleBar | undefined;
  return {
    show: (doneSeconds, totalSeconds) => {
      if (bar === undefined) {
        const format = 'Generating {bar} {value}/{total} s of music  {duration_formatted}  ETA {eta_formatted}';
        bar = new SingleBar(
          { format, stream: process.stderr, hideCursor: true, etaBuffer: 50 },
          Presets.shades_classic,
        );
        bar.start(Math.ceil(totalSeconds), 0);
      }
      bar.setTotal(Math.ceil(totalSeconds));
      bar.update(Math.floor(doneSeconds));
    },
    stop: () => bar?.stop(),
  };
}

function lineDisplay(terminal: Terminal): SecondsDisplay {
  let tenth = 0;
  return {
    show: (doneSeconds, totalSeconds) => {
      const now = Math.floor((10 * doneSeconds) / Math.max(totalSeconds, 1e-9));
      if (now <= tenth) return;
      tenth = now;
      terminal.err(`Generating: ${Math.floor(doneSeconds)}/${Math.ceil(totalSeconds)} s of music`);
    },
    stop: () => undefined,
  };
}
