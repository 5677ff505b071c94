import { ok } from '../../core/outcome.js';
import { imagebindText } from '../../models/architectures/imagebind-text.js';
import type { CaseOutput, CaseRequest } from '../case-runner.js';
import { isIdsInput } from '../golden.js';
import { groupByInput } from '../group-outputs.js';
import { openRecipeSession } from '../recipe-session.js';

const outputOf: Readonly<Record<string, string>> = { text: 'embedding', text_head: 'head' };

/** `INPUT.text` and `INPUT.text_head` of rows of tokens. */
export async function* imagebindTextCases(request: CaseRequest): AsyncGenerator<CaseOutput, void, undefined> {
  const groups = groupByInput(request.fixture.golden.inputs.filter(isIdsInput), request.wanted);
  if (groups.length === 0) return;
  await using session = await openRecipeSession(request, { architecture: imagebindText, kinds: [] });
  for (const { input, outputs } of groups) {
    const data = BigInt64Array.from(input.ids.flat(), BigInt);
    const results = await session.run<string>({ ids: { data, dims: [input.ids.length, input.ids[0]?.length ?? 0] } });
    for (const { kind, output } of outputs) {
      const tensor = results[outputOf[kind] ?? kind];
      if (tensor !== undefined) yield { file: output.file, outcome: ok(tensor) };
    }
  }
}
