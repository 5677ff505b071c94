/** Lets a few works go at a time; the others wait in the order in which they asked. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

export function createTurns(atATime: number): Turns {
  const waiting: (() => void)[] = [];
  let going = 0;
  return async (work) => {
    if (going >= atATime) await new Promise<void>((resolve) => waiting.push(resolve));
    else going += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Who waits takes the place over, so that nobody who asks now comes first.
      if (next === undefined) going -= 1;
      else next();
    }
  };
}
