import { parse } from 'yaml';
import { BenchError } from '../../../core/errors.js';
import type { CheckpointOutline } from '../architecture.js';

export type PadMode = 'reflect' | 'constant';

/**
 * How the codec's convolutions go on beyond the ends, from the settings that came with the weights: `config.json` of transformers, or the YAML
 * `xp.cfg` of audiocraft. The wrong one changes samples by up to 0.5, so it is never guessed. Throws a BenchError where no settings are there.
 */
export function encodecPadMode({ file, values }: CheckpointOutline): PadMode {
  const config = values.get('config.json');
  const settings = values.get('xp.cfg');
  const mode =
    typeof config === 'string'
      ? field(read(config, JSON.parse), 'pad_mode')
      : typeof settings === 'string'
        ? field(field(read(settings, parse), 'seanet'), 'pad_mode')
        : undefined;
  if (mode === 'reflect' || mode === 'constant') return mode;
  throw new BenchError({
    code: 'codec-settings-missing',
    kind: 'input',
    file,
    field: 'pad_mode',
    problem: 'the settings of the codec do not say how it pads',
    expected: 'reflect or constant',
    got: String(mode ?? 'no settings'),
    remedy: 'Keep config.json beside the weights of the codec',
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Settings that cannot be read say nothing. */
function read(text: string, parser: (text: string) => unknown): unknown {
  try {
    return parser(text);
  } catch {
    return undefined;
  }
}
