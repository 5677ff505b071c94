import type { Outcome } from '../../core/outcome.js';
import type { SignalMetric } from '../metric.js';
import { oneValue } from '../one-value.js';

type Fact = Omit<SignalMetric, 'version' | 'level' | 'need' | 'measure'> & { readonly encoder: string };

/** A check that reports the one number of an encoder of signal facts. */
export function factMetric({ encoder, ...fact }: Fact): SignalMetric {
  return {
    ...fact,
    version: 1,
    level: 'signal',
    need: { encoder, output: 'value' },
    measure: (audio): Outcome<number> => oneValue(audio, 'the music'),
  };
}
