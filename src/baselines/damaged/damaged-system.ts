import { seededRng } from '../../core/rng.js';
import type { Generator } from '../../generate/generator.js';
import { fitDuration } from '../fit-duration.js';
import type { Damage } from './damage.js';

/** The references as they are, as a system that others are held against: its distance to the references is the curve's start. */
export const undamaged: Generator<'reference'> = {
  id: 'undamaged',
  version: 1,
  title: 'Undamaged',
  summary: "The clip's own music, unchanged",
  sees: ['reference'],
  sameSet: false,
  generate: async ({ views }) => views.reference,
};

/** `noise-3` for level index 2 of `noise`: short, unique, and in the order of the levels. */
export function damagedId(damage: Damage, levelIndex: number): string {
  return `${damage.id}-${levelIndex + 1}`;
}

/** The references with one damage at one level. */
export function damagedSystem(damage: Damage, levelIndex: number): Generator<'reference' | 'otherReference'> {
  const level = damage.levels[levelIndex]!;
  return {
    id: damagedId(damage, levelIndex),
    version: damage.version,
    title: `${damage.title}, ${damage.levelText(level)}`,
    summary: damage.summary,
    sees: damage.needsOther === true ? ['reference', 'otherReference'] : ['reference'],
    sameSet: false,
    contentHash: `${damage.id} ${level}`,
    async generate({ views, seed, durationSeconds, signal }) {
      const music = views.reference;
      if (music.status !== 'ok') return music;
      const other = damage.needsOther === true ? views.otherReference : undefined;
      const otherMusic = other?.status === 'ok' ? fitDuration(other.value, durationSeconds) : undefined;
      return damage.apply({
        music: music.value,
        level,
        // Not of the level: noise at 0 dB is the noise at 20 dB turned up.
        rng: seededRng('damage', damage.id, seed),
        ...(otherMusic?.status === 'ok' ? { other: otherMusic.value } : {}),
        ...(signal === undefined ? {} : { signal }),
      });
    },
  };
}
