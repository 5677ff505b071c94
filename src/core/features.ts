/** A row-major float32 matrix: what every encoder output is, from 1506-wide embeddings to a column of onset times. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** The named outputs of one encoder for one clip. */
export type Features = Readonly<Record<string, FeatureMatrix>>;

/** One encoder output that a metric reads. */
export interface FeatureNeed {
  readonly encoder: string;
  readonly output: string;
}
