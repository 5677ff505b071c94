import type { FeatureMatrix } from '../../core/features.js';
import { type Outcome, ok } from '../../core/outcome.js';
import { oneValue } from '../one-value.js';

/** How far two single values are apart by `distance`; `targetName` says in messages whose the second one is. */
export function factDifference(
  { audio, target }: { readonly audio: FeatureMatrix; readonly target: FeatureMatrix },
  { targetName, distance }: { readonly targetName: string; readonly distance: (a: number, b: number) => number },
): Outcome<number> {
  const music = oneValue(audio, 'the music');
  if (music.status !== 'ok') return music;
  const other = oneValue(target, targetName);
  return other.status === 'ok' ? ok(distance(music.value, other.value)) : other;
}
