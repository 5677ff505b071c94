import { BenchError } from '../../core/errors.js';
import { nearestNames } from '../../core/nearest-names.js';
import type { Damage } from './damage.js';
import { ffmpegDamages } from './ffmpeg-damages.js';
import { signalDamages } from './signal-damages.js';
import { structureDamages } from './structure-damages.js';

/** All damages, in the order of tables. */
export const damages: readonly Damage[] = [...signalDamages, ...ffmpegDamages, ...structureDamages];

/** The damage of this id. Throws a usage error that names the nearest ids when there is none. */
export function damageById(id: string): Damage {
  const found = damages.find((damage) => damage.id === id);
  if (found !== undefined) return found;
  const ids = damages.map((damage) => damage.id);
  const near = nearestNames(id, ids);
  throw new BenchError({
    code: 'damage-not-found',
    kind: 'usage',
    problem: `there is no damage '${id}'`,
    remedy: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Use one of ${ids.join(', ')}`,
  });
}
