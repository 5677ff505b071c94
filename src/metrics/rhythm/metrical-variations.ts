/**
 * The beats as another listener may tap them: as they are, off the beat, at double tempo, and at half tempo from the first or
 * from the second beat on (Davies, Degara and Plumbley, "Evaluation methods for musical audio beat tracking algorithms",
 * technical report C4DM-TR-09-06, 2009). The first is always the beats themselves.
 */
export function metricalVariations(beats: readonly number[]): readonly (readonly number[])[] {
  const between = beats.slice(1).map((beat, index) => beats[index]! + (beat - beats[index]!) * 0.5);
  const doubled = beats.flatMap((beat, index) => (index === 0 ? [beat] : [between[index - 1]!, beat]));
  const half = (start: number): number[] => beats.filter((_, index) => index % 2 === start);
  return [beats, between, doubled, half(0), half(1)];
}
