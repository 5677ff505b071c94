import { describe, expect, it } from 'vitest';
import { createMusicRate } from '../../src/cli/music-rate.js';
import { createProgressDisplay } from '../../src/cli/progress-display.js';
import { createSecondsDisplay } from '../../src/cli/seconds-display.js';
import type { Terminal } from '../../src/cli/terminal.js';

function log(): { readonly terminal: Terminal; readonly lines: string[] } {
  const lines: string[] = [];
  const terminal = { err: (line: string) => lines.push(line), out: () => undefined, isInteractive: false };
  return { terminal: terminal as unknown as Terminal, lines };
}

describe('createMusicRate', () => {
  it.each([
    [60, 30, 0.25, '0.500 s of music a second, 3 min left'],
    [10, 400, 0.5, '40.0 s of music a second, 10 s left'],
    [7200, 3600, 0.2, '0.500 s of music a second, 8.0 h left'],
    [10, 400, 1, '40.0 s of music a second'],
    [10, 0, 0, 'no music yet'],
  ])('after %f s with %f s of music, %f of the work', (seconds, made, share, text) => {
    let now = 5000;
    const rate = createMusicRate(() => now);
    now += 1000 * seconds;
    expect(rate.text(made, share)).toBe(text);
  });
});

describe('progress of a generation in a log', () => {
  it('has clips, seconds, seconds of music a second and the time left; what was there before makes no rate', () => {
    const { terminal, lines } = log();
    const display = createSecondsDisplay(terminal, { quiet: false });
    display.show({ clips: 3, totalClips: 10, seconds: 90, totalSeconds: 300, knownSeconds: 90 });
    display.show({ clips: 5, totalClips: 10, seconds: 150, totalSeconds: 300, knownSeconds: 90 });
    expect(lines[0]).toBe('Generating: 3/10 clips, 90/300 s of music, no music yet');
    expect(lines[1]).toMatch(/^Generating: 5\/10 clips, 150\/300 s of music, \S+ s of music a second, \d+ s left$/);
  });

  it('of a run says the rate in the step that makes music and nowhere else', () => {
    const { terminal, lines } = log();
    const progress = createProgressDisplay(terminal, { quiet: false });
    progress.stepStarted('generate', 4, 0);
    progress.itemDone('generate', 'a', { musicSeconds: 30 });
    progress.itemDone('generate', 'b', { musicSeconds: 30 });
    progress.stepStarted('embed', 4, 0);
    progress.itemDone('embed', 'c');
    expect(lines[1]).toMatch(/^Generating music: 1\/4, \S+ s of music a second, \d+ s left$/);
    expect(lines.at(-1)).toBe('Computing features: 1/4');
  });
});
