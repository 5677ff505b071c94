import { itemById } from '../../core/item-by-id.js';
import type { Damage } from './damage.js';
import { ffmpegDamages } from './ffmpeg-damages.js';
import { signalDamages } from './signal-damages.js';
import { structureDamages } from './structure-damages.js';

/** All damages, in the order of tables. */
export const damages: readonly Damage[] = [...signalDamages, ...ffmpegDamages, ...structureDamages];

/** The damage of this id. Throws a usage error that names the nearest ids when there is none. */
export function damageById(id: string): Damage {
  return itemById(damages, { id, noun: 'damage' });
}
