/** What a run tells while it works; the command line draws bars from it, tests record it. */
export interface Progress {
  stepStarted(step: StepName, total: number, alreadyDone: number): void;
  /** `made`: the length of the music, where the step makes some. */
  itemDone(step: StepName, label: string, made?: { readonly musicSeconds: number }): void;
  stepFinished(step: StepName): void;
  warning(message: string): void;
}

export const stepNames = ['examine', 'make', 'generate', 'embed', 'score', 'aggregate', 'report'] as const;
export type StepName = (typeof stepNames)[number];

export const silentProgress: Progress = {
  stepStarted: () => undefined,
  itemDone: () => undefined,
  stepFinished: () => undefined,
  warning: () => undefined,
};
