import { Presets, SingleBar } from 'cli-progress';
import { createMusicRate, type MusicRate } from './music-rate.js';
import type { Terminal } from './terminal.js';

/** How far a generation of several clips is. */
export interface MadeSoFar {
  readonly clips: number;
  readonly totalClips: number;
  readonly seconds: number;
  readonly totalSeconds: number;
  /** Of `seconds`, those that were there before. */
  readonly knownSeconds: number;
}

/** Shows how many clips and seconds of music there are, how fast they come and how long the rest will take. */
export interface SecondsDisplay {
  show(made: MadeSoFar): void;
  stop(): void;
}

/** A bar on a terminal, a line at each tenth in a log, nothing when quiet. */
export function createSecondsDisplay(terminal: Terminal, options: { readonly quiet: boolean }): SecondsDisplay {
  if (options.quiet) return { show: () => undefined, stop: () => undefined };
  return terminal.isInteractive ? barDisplay() : lineDisplay(terminal);
}

function barDisplay(): SecondsDisplay {
  const rate = createMusicRate();
  let bar: SingleBar | undefined;
  return {
    show: (made) => {
      const { clips, totalClips, seconds, totalSeconds } = made;
      const payload = { clips: `${clips}/${totalClips} clips`, rate: rateOf(made, rate) };
      if (bar === undefined) {
        const format = 'Generating {bar} {clips}  {value}/{total} s of music  {rate}';
        bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
        bar.start(Math.ceil(totalSeconds), 0, payload);
      }
      bar.setTotal(Math.ceil(totalSeconds));
      bar.update(Math.floor(seconds), payload);
    },
    stop: () => bar?.stop(),
  };
}

function lineDisplay(terminal: Terminal): SecondsDisplay {
  const rate = createMusicRate();
  let tenth = 0;
  return {
    show: (made) => {
      const { clips, totalClips, seconds, totalSeconds } = made;
      const now = Math.floor((10 * seconds) / Math.max(totalSeconds, 1e-9));
      if (now <= tenth) return;
      tenth = now;
      const place = `${clips}/${totalClips} clips, ${Math.floor(seconds)}/${Math.ceil(totalSeconds)} s of music`;
      terminal.err(`Generating: ${place}, ${rateOf(made, rate)}`);
    },
    stop: () => undefined,
  };
}

function rateOf({ seconds, totalSeconds, knownSeconds }: MadeSoFar, rate: MusicRate): string {
  const [made, wanted] = [seconds - knownSeconds, totalSeconds - knownSeconds];
  return rate.text(made, wanted > 0 ? made / wanted : 1);
}
