export interface RangeBounds {
  readonly lowest?: number;
  readonly highest?: number;
}

/**
 * The finite ends of a metric's written range, such as `0 to 1`, `[0, 1]`, `0 to infinity` or `-1..1`. An end that is
 * not a plain number (infinity, `N`) is no bound.
 */
export function rangeBounds(range: string): RangeBounds {
  const ends = range
    .replaceAll('−', '-')
    .replace(/^[[(\s]+|[\])\s]+$/g, '')
    .split(/\s*(?:,|\.\.+|…|–|\bto\b)\s*/);
  if (ends.length !== 2) return {};
  const [lowest, highest] = ends.map(plainNumber);
  return { ...(lowest === undefined ? {} : { lowest }), ...(highest === undefined ? {} : { highest }) };
}

function plainNumber(text: string): number | undefined {
  return /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
