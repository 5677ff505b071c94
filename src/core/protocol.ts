/**
 * How sound is prepared before anything is measured. A frozen piece of data: its hash stands in every result, and results under
 * different hashes never share a column.
 */
export interface Protocol {
  readonly id: string;
  readonly version: number;
  readonly summary: string;
  /** Channels become one by their mean. */
  readonly channels: 'mean';
  /** Both sets are brought to this integrated loudness (BS.1770-4) before the encoders that are level-sensitive. */
  readonly loudnessLufs: number;
  /** A windowed sinc by torchaudio's formula: its default (Hann, 6 zero crossings), which most published tools use, or fadtk's (Kaiser, 64). */
  readonly resampler: 'torchaudio-hann' | 'kaiser-best';
  /** Music and video are held against each other over the time that both have; differences are flagged. */
  readonly lengthPolicy: 'common-part';
  /** Lengths that differ by less are the codec's rounding and not flagged. */
  readonly lengthToleranceSeconds: number;
}

export const bench1: Protocol = {
  id: 'bench-1',
  version: 1,
  summary: 'mean of channels, both sets at -23 LUFS, one resampling to each encoder’s rate, common part',
  channels: 'mean',
  loudnessLufs: -23,
  resampler: 'torchaudio-hann',
  lengthPolicy: 'common-part',
  lengthToleranceSeconds: 0.1,
};

export const protocols: readonly Protocol[] = [bench1];
