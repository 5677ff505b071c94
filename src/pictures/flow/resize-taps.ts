/** Where a bilinear resize reads along one axis. */
export interface ResizeTaps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Of the second place. */
  readonly weight: Float32Array;
}

/** For each new place the two old ones; beyond the outermost centres the border is repeated. `round`: how exact positions are, float64 unless said. */
export function resizeTaps(
  from: number,
  to: number,
  { round = Number }: { round?: typeof Math.fround } = {},
): ResizeTaps {
  const result = { first: new Int32Array(to), second: new Int32Array(to), weight: new Float32Array(to) };
  for (let place = 0; place < to; place++) {
    const position = Math.min(from - 1, Math.max(0, round(((place + 0.5) * from) / to - 0.5)));
    const first = Math.floor(position);
    result.first[place] = first;
    result.second[place] = Math.min(from - 1, first + 1);
    result.weight[place] = position - first;
  }
  return result;
}
