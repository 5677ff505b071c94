import type { GoldenInput, GoldenOutput } from './golden.js';

/** The golden files that were computed from one input; `kind` is the file's name behind the input's: `embedding`, `logmel_last`. */
export interface InputGroup<Input extends GoldenInput> {
  readonly input: Input;
  readonly outputs: readonly { readonly kind: string; readonly output: GoldenOutput }[];
}

/**
 * Files are named `INPUT.KIND.npy`, and input names may hold dots, so the longest fitting one counts. Inputs without a file are left
 * out, and so are files without an input, which a runner must know by name.
 */
export function groupByInput<Input extends GoldenInput>(
  inputs: readonly Input[],
  outputs: readonly GoldenOutput[],
): readonly InputGroup<Input>[] {
  const longestFirst = [...inputs].sort((a, b) => b.id.length - a.id.length);
  const owner = (file: string): Input | undefined => longestFirst.find(({ id }) => file.startsWith(`${id}.`));
  return inputs
    .map((input) => ({
      input,
      outputs: outputs
        .filter(({ file }) => owner(file) === input)
        .map((output) => ({ kind: output.file.slice(input.id.length + 1).replace(/\.npy$/, ''), output })),
    }))
    .filter((group) => group.outputs.length > 0);
}
