import { BenchError } from '../errors.js';
import { itemById } from '../item-by-id.js';
import { compatOf, type Protocol, protocolName } from '../protocol.js';
import { audiocraftKld } from './audiocraft-kld.js';
import { audioldmEval } from './audioldm-eval-cnn14-16k.js';
import { avBenchmark } from './av-benchmark.js';
import { bench1 } from './bench-1.js';
import { fadtk } from './fadtk-1.1.js';
import { googleFad } from './google-fad.js';
import { gudgudVggish } from './gudgud-vggish.js';
import { kadtk } from './kadtk.js';
import { stableAudioMetrics } from './stable-audio-metrics.js';
import { v2mPaper } from './v2m-paper.js';

export { bench1 } from './bench-1.js';

/** All protocols, in the order in which lists show them. */
export const protocols: readonly Protocol[] = [
  bench1,
  fadtk,
  googleFad,
  gudgudVggish,
  audioldmEval,
  avBenchmark,
  stableAudioMetrics,
  audiocraftKld,
  kadtk,
  v2mPaper,
];

/** The protocol of this id. Throws a usage error that names the nearest ids when there is none. */
export function protocolById(id: string): Protocol {
  return itemById(protocols, { id, noun: 'protocol' });
}

/** The protocol with its tool's bugs. Throws a usage error where there are none that can be reproduced. */
export function inCompat(protocol: Protocol): Protocol {
  const compat = compatOf(protocol);
  if (compat !== undefined) return compat;
  const able = protocols.flatMap((one) => (compatOf(one) === undefined ? [] : one.id));
  throw new BenchError({
    code: 'no-compat',
    kind: 'usage',
    problem: `the protocol ${protocolName(protocol)} has no bugs to reproduce`,
    remedy: `Leave --compat out; it is for ${able.join(' and ')}`,
  });
}
