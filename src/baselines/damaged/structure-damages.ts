import { ok, skipped } from '../../core/outcome.js';
import { repeatStart } from '../../dsp/damage/repeat-start.js';
import { reverseEnd } from '../../dsp/damage/reverse-end.js';
import { shiftInTime } from '../../dsp/damage/shift-in-time.js';
import { shuffleSegments } from '../../dsp/damage/shuffle-segments.js';
import type { Damage } from './damage.js';

const seconds = (value: number): string => `${value} s`;
const percent = (share: number): string => `${100 * share} %`;

/** Faults of order and place in time: the sound stays. */
export const structureDamages: readonly Damage[] = [
  {
    id: 'reversal',
    version: 1,
    title: 'Reversal',
    summary: 'The last part of each piece played backwards.',
    levels: [0.1, 0.25, 0.5, 0.75, 1],
    levelText: percent,
    apply: ({ music, level }) => ok(reverseEnd(music, { share: level })),
  },
  {
    id: 'segment-shuffling',
    version: 1,
    title: 'Segment shuffling',
    summary: 'Cut into pieces that are played in random order.',
    levels: [8, 4, 2, 1, 0.5],
    levelText: seconds,
    apply: ({ music, level, rng }) => ok(shuffleSegments(music, { segmentSeconds: level, rng })),
  },
  {
    id: 'repetition',
    version: 1,
    title: 'Repetition',
    summary: 'The beginning over and over.',
    levels: [8, 4, 2, 1, 0.5],
    levelText: seconds,
    apply: ({ music, level }) => ok(repeatStart(music, { seconds: level })),
  },
  {
    id: 'time-offset',
    version: 1,
    title: 'Time offset against the video',
    summary: 'Later than its video; what leaves at the end comes in at the start.',
    levels: [0.05, 0.1, 0.25, 0.5, 1, 3],
    levelText: seconds,
    apply: ({ music, level }) => ok(shiftInTime(music, { seconds: level })),
  },
  {
    id: 'other-music',
    version: 1,
    title: 'Other clip’s music',
    summary: 'A part of the clips gets the music of another clip; the set as a whole keeps nearly the same music.',
    levels: [0.2, 0.4, 0.6, 0.8, 1],
    levelText: (share) => `${percent(share)} of the clips`,
    needsOther: true,
    apply: ({ music, other, level, rng }) => {
      if (rng.next() >= level) return ok(music);
      return other === undefined ? skipped('there is no other clip to take music from') : ok(other);
    },
  },
];
