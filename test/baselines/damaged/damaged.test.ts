import { describe, expect, it } from 'vitest';
import { damagedId, damagedSystem, undamaged } from '../../../src/baselines/damaged/damaged-system.js';
import { damageById, damages } from '../../../src/baselines/damaged/index.js';
import { ok } from '../../../src/core/outcome.js';
import { durationSecondsOf, type Waveform } from '../../../src/core/waveform.js';

const sampleRateHz = 16000;
const music = toneAt(440);
const other = toneAt(660);

function toneAt(frequencyHz: number): Waveform {
  const length = 2 * sampleRateHz;
  const samples = Float32Array.from(
    { length },
    (_, n) => 0.4 * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz),
  );
  return { sampleRateHz, channels: [samples] };
}

async function damaged(id: string, level: number, seed = 1): Promise<Waveform> {
  const made = await damagedSystem(damageById(id), level).generate({
    durationSeconds: 2,
    seed,
    views: { reference: ok(music), otherReference: ok(other) },
  });
  if (made.status !== 'ok') throw new Error(JSON.stringify(made));
  return made.value;
}

describe('damaged references', () => {
  it.each(damages.flatMap(({ id, levels }) => levels.map((_, level): [string, number] => [id, level])))(
    '%s keeps length and finite samples at level %i, and is the same twice',
    async (id, level) => {
      const [made, again] = [await damaged(id, level), await damaged(id, level)];
      expect(durationSecondsOf(made)).toBeCloseTo(2, 3);
      expect(made.channels[0]!.every(Number.isFinite)).toBe(true);
      expect(again).toEqual(made);
    },
  );

  it('raises the pitch without changing the tempo', async () => {
    const raised = await damaged('pitch-shift', 3);
    const crossings = raised.channels[0]!.filter((sample, n, all) => n > 0 && all[n - 1]! < 0 && sample >= 0).length;
    // 440 Hz, four semitones up, for two seconds.
    expect(crossings / 2).toBeGreaterThan(540);
    expect(crossings / 2).toBeLessThan(570);
  });

  it('gives more clips the music of another the higher the share', async () => {
    const swapped = async (level: number): Promise<number> => {
      let count = 0;
      for (let seed = 0; seed < 40; seed++)
        if ((await damaged('other-music', level, seed)).channels[0]![5] === other.channels[0]![5]) count++;
      return count;
    };
    const counts = [await swapped(0), await swapped(2), await swapped(4)];
    expect(counts[0]!).toBeLessThan(counts[1]!);
    expect(counts[2]).toBe(40);
  });

  it('names systems by damage and level, once each', () => {
    const ids = damages.flatMap((damage) => damage.levels.map((_, level) => damagedId(damage, level)));
    expect(new Set([...ids, undamaged.id]).size).toBe(ids.length + 1);
    expect(ids[0]).toBe('noise-1');
    expect(() => damageById('nois')).toThrow('Did you mean noise');
  });
});
