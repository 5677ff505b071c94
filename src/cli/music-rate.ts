/** How fast music is made and when the rest will be there, for a bar or a log. */
export interface MusicRate {
  /** `share`: of the whole work that is done; nothing is said of the rest where it is none or all. */
  text(madeSeconds: number, share: number): string;
}

/** Counts from now on; `now` in milliseconds. */
export function createMusicRate(now: () => number = () => performance.now()): MusicRate {
  const startedMs = now();
  return {
    text(madeSeconds, share) {
      const seconds = (now() - startedMs) / 1000;
      if (!(madeSeconds > 0 && seconds > 0)) return 'no music yet';
      const rate = `${(madeSeconds / seconds).toPrecision(3)} s of music a second`;
      return share > 0 && share < 1 ? `${rate}, ${durationText((seconds * (1 - share)) / share)} left` : rate;
    },
  };
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
