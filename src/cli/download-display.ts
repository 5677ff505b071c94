import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** Shows how far something of known size in bytes has come. */
export interface ByteDisplay {
  show(title: string, progress: { readonly doneBytes: number; readonly totalBytes?: number | undefined }): void;
  stop(): void;
}

/** A bar in megabytes on a terminal, a line at each quarter in a log, nothing when quiet. */
export function createByteDisplay(terminal: Terminal, options: { readonly quiet: boolean }): ByteDisplay {
  if (options.quiet) return { show: () => undefined, stop: () => undefined };
  return terminal.isInteractive ? barDisplay() : lineDisplay(terminal);
}

function barDisplay(): ByteDisplay {
  let bar: SingleBar | undefined;
  let shown = '';
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
    shown = '';
  };
  return {
    show: (title, { doneBytes, totalBytes = 0 }) => {
      if (title !== shown) {
        stop();
        shown = title;
        const format = `${title.padEnd(34)} {bar} {value}/{total} MB  {duration_formatted}  ETA {eta_formatted}`;
        bar = new SingleBar(
          { format, stream: process.stderr, hideCursor: true, etaBuffer: 100 },
          Presets.shades_classic,
        );
        bar.start(megabytes(totalBytes), megabytes(doneBytes));
      }
      bar?.setTotal(Math.max(1, megabytes(totalBytes)));
      bar?.update(megabytes(doneBytes));
    },
    stop,
  };
}

function lineDisplay(terminal: Terminal): ByteDisplay {
  let shown = '';
  let quarter = -1;
  return {
    show: (title, { doneBytes, totalBytes = 0 }) => {
      if (title !== shown) quarter = -1;
      shown = title;
      const now = totalBytes > 0 ? Math.floor((4 * doneBytes) / totalBytes) : 0;
      if (now <= quarter) return;
      quarter = now;
      terminal.err(`${title}: ${megabytes(doneBytes)}/${totalBytes > 0 ? megabytes(totalBytes) : '?'} MB`);
    },
    stop: () => undefined,
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
