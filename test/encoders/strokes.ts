export const sampleRateHz = 22_050;

/** Short strokes every half second from 0.5 s on. */
export function strokes(seconds: number): Float32Array {
  const sound = new Float32Array(seconds * sampleRateHz);
  for (let time = 0.5; time < seconds; time += 0.5) {
    const start = Math.round(time * sampleRateHz);
    for (let n = 0; n < 2000 && start + n < sound.length; n++)
      sound[start + n] = 0.8 * Math.exp(-n / 300) * Math.sin((2 * Math.PI * 440 * n) / sampleRateHz);
  }
  return sound;
}
