/** Delays in seconds, without a common divisor, so that the echoes do not pile up into a tone. */
const delaySeconds = [0.0297, 0.0371, 0.0411, 0.0437] as const;
const feedback = 0.8;
/** Low-pass inside the loop: a room swallows highs first. */
const damping = 0.35;

/**
 * Adds the echo of `send` to both sides: four delay lines that feed each other through a Hadamard matrix, which keeps energy
 * (Jot and Chaigne, AES convention 90, 1991). Lines 0 and 2 are heard on the left, 1 and 3 on the right.
 */
export function addReverb(
  send: Float32Array,
  left: Float32Array,
  right: Float32Array,
  { amount, sampleRateHz }: { readonly amount: number; readonly sampleRateHz: number },
): void {
  const lines = delaySeconds.map((seconds) => new Float64Array(Math.max(1, Math.floor(seconds * sampleRateHz))));
  const [a, b, c, d] = lines as [Float64Array, Float64Array, Float64Array, Float64Array];
  let [ia, ib, ic, id] = [0, 0, 0, 0];
  let [la, lb, lc, ld] = [0, 0, 0, 0];
  for (let index = 0; index < send.length; index++) {
    la += (1 - damping) * (a[ia]! - la);
    lb += (1 - damping) * (b[ib]! - lb);
    lc += (1 - damping) * (c[ic]! - lc);
    ld += (1 - damping) * (d[id]! - ld);
    left[index] = left[index]! + amount * (la + lc);
    right[index] = right[index]! + amount * (lb + ld);
    const input = send[index]!;
    const half = feedback * 0.5;
    a[ia] = input + half * (la + lb + lc + ld);
    b[ib] = input + half * (la - lb + lc - ld);
    c[ic] = input + half * (la + lb - lc - ld);
    d[id] = input + half * (la - lb - lc + ld);
    ia = ia + 1 === a.length ? 0 : ia + 1;
    ib = ib + 1 === b.length ? 0 : ib + 1;
    ic = ic + 1 === c.length ? 0 : ic + 1;
    id = id + 1 === d.length ? 0 : id + 1;
  }
}
