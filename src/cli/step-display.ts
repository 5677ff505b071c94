import type { Progress, StepName } from '../run/progress.js';

/** Shows a step whose work tells how far it is; a step without work is not shown at all. */
export interface StepDisplay {
  itemDone(label: string, progress: { readonly done: number; readonly total: number }): void;
  finished(): void;
}

export function createStepDisplay(progress: Progress, step: StepName): StepDisplay {
  let started = false;
  return {
    itemDone: (label, { done, total }) => {
      if (!started) progress.stepStarted(step, total, done - 1);
      started = true;
      progress.itemDone(step, label);
    },
    finished: () => {
      if (started) progress.stepFinished(step);
    },
  };
}
