import { errorOf } from '../core/errors.js';
import { failed, type Outcome, ok } from '../core/outcome.js';
import { encodeModel } from './graph/encode-model.js';
import { createGraphBuilder } from './graph/graph-builder.js';
import { matmul } from './graph/layer-operators.js';
import { type ExecutionProvider, openSessionBytes } from './session.js';

const width = 64;

/** Multiplies two small matrices on a provider and checks the result: a version string proves nothing. Failed: with what onnxruntime says. */
export async function probeProvider(provider: ExecutionProvider): Promise<Outcome<string>> {
  try {
    await using session = await openSessionBytes({ bytes: productOfTwo(), path: `test of ${provider}` }, { provider });
    const data = Float32Array.from({ length: width * width }, (_, index) => ((index * 7) % 11) / 11);
    const started = performance.now();
    const { product } = await session.run<'product'>({
      a: { data, dims: [width, width] },
      b: { data, dims: [width, width] },
    });
    const largest = largestError(product.data, data);
    // A GPU may round the factors to 10 bits (TF32).
    if (!(largest < 2e-2)) return failed('provider-wrong', `${provider} multiplied with an error of ${largest}`);
    return ok(
      `multiplied two matrices in ${(performance.now() - started).toFixed(0)} ms, error ${largest.toExponential(1)}`,
    );
  } catch (error) {
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}

function productOfTwo(): Uint8Array {
  const graph = createGraphBuilder('provider-probe');
  const [a, b] = ['a', 'b'].map((name) => graph.input(name, 'float32', [width, width])) as [
    ReturnType<typeof graph.input>,
    ReturnType<typeof graph.input>,
  ];
  graph.output('product', matmul(graph, a, b), { shape: [width, width] });
  return encodeModel(graph.build(), { dtype: 'f32', dataFile: '', places: new Map() });
}

function largestError(product: Float32Array, factor: Float32Array): number {
  let largest = 0;
  for (let row = 0; row < width; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let index = 0; index < width; index++) sum += factor[row * width + index]! * factor[index * width + column]!;
      largest = Math.max(largest, Math.abs(product[row * width + column]! - sum) / Math.max(1, Math.abs(sum)));
    }
  }
  return largest;
}
