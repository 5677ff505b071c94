/**
 * Reproducible pseudo-random numbers by name and place, bit for bit the same in every language: FNV-1a (Fowler, Noll, Vo) of a name,
 * XOR a seed, keys a mulberry32 stream (T. Ettinger), whose upper 24 bits are a uniform number in [0, 1).
 */

/** FNV-1a of the UTF-8 bytes, as an unsigned 32-bit integer. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

export function streamKey(name: string, seed: number): number {
  return (fnv1a32(name) ^ seed) >>> 0;
}

/** Number `index` of the stream, in [0, 1): the state is a counter, so any place costs the same. */
export function uniformAt(key: number, index: number): number {
  const state = (key + Math.imul(index + 1, 0x6d2b79f5)) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) | 0;
  return ((mixed ^ (mixed >>> 14)) >>> 8) / 16777216;
}
