import type { FeatureMatrix } from '../../core/features.js';
import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { oneValue } from '../one-value.js';

/** How far two single values are apart by `distance`; `targetName` says in messages whose the second one is. */
export function factDifference(
  { audio, target }: { readonly audio: FeatureMatrix; readonly target: FeatureMatrix },
  { targetName, distance }: { readonly targetName: string; readonly distance: (a: number, b: number) => number },
): Outcome<number> {
  const music = oneValue(audio, 'the music');
  if (music.status !== 'ok') return music;
  const other = oneValue(target, targetName);
  if (other.status !== 'ok') return other;
  const between = distance(music.value, other.value);
  return Number.isFinite(between) ? ok(between) : skipped(`${music.value} and ${other.value} have no distance`);
}
