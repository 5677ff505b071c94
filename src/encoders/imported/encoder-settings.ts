import type { Protocol } from '../../core/protocol.js';
import type { NetworkCompute } from './network.js';

/** What of a run reaches the encoders over imported networks: from the protocol, and so their parameters, and where they compute. */
export interface EncoderSettings extends Pick<Protocol, 'windows' | 'numerics'> {
  /** Left out: on the CPU, clip by clip. */
  readonly compute?: NetworkCompute;
}
