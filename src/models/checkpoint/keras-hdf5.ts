import type { ByteSource } from './byte-source.js';
import type { Checkpoint, PlainValue } from './checkpoint.js';
import { refused } from './damage.js';
import { type Hdf5Group, openHdf5 } from './hdf5/hdf5-file.js';
import { checkpointLimits } from './limits.js';
import type { TensorView } from './tensor-layout.js';
import { viewedCheckpoint } from './viewed-checkpoint.js';

/**
 * Weights of a Keras model in HDF5, of `save_weights` or inside a whole model (keras 2.13, saving/legacy/hdf5_format.py). Keras numbers the names of
 * layers anew in each process and goes by their order when it loads, so names here are the number of the layer among those with weights, and
 * the weight's own: `layers.0.gamma`. The file's names of the layers are values, `layers.0`.
 */
export async function openKerasHdf5(source: ByteSource): Promise<Checkpoint> {
  const { file, size } = source;
  if (size > checkpointLimits.wholeFileBytes)
    throw refused(file, { problem: `an HDF5 file of ${size} bytes is too large: it is read as a whole` });
  const root = openHdf5(await source.read(0, size), file);
  const { placed, layerNames } = layersOf(modelIn(root, file), file);
  return viewedCheckpoint(source, {
    format: 'keras-hdf5',
    views: new Map([...placed].map(([name, { view }]) => [name, view])),
    values: layerNames,
    storageOffset: (_, name) => placed.get(name)!.at,
  });
}

/** The group with the layers: the root, or that of the weights in a whole model. */
function modelIn(root: Hdf5Group, file: string): Hdf5Group {
  if (root.texts('layer_names') !== undefined) return root;
  const inside = root.has('model_weights') ? root.group('model_weights') : undefined;
  if (inside?.texts('layer_names') !== undefined) return inside;
  throw refused(file, {
    problem: 'the HDF5 file holds no weights of a Keras model',
    expected: 'an attribute layer_names',
  });
}

interface Layers {
  readonly placed: ReadonlyMap<string, { readonly view: TensorView; readonly at: number }>;
  readonly layerNames: ReadonlyMap<string, PlainValue>;
}

function layersOf(model: Hdf5Group, file: string): Layers {
  const placed = new Map<string, { readonly view: TensorView; readonly at: number }>();
  const layerNames = new Map<string, PlainValue>();
  for (const layerName of model.texts('layer_names')!) {
    const layer = model.group(layerName);
    const weightNames = layer.texts('weight_names') ?? [];
    if (weightNames.length === 0) continue;
    const stem = `layers.${layerNames.size}`;
    layerNames.set(stem, layerName);
    for (const weightName of weightNames) {
      const name = `${stem}.${leafOf(weightName)}`;
      if (placed.has(name))
        throw refused(file, { field: `${layerName}/${weightName}`, problem: 'the layer is a model' });
      placed.set(name, layer.dataset(weightName));
    }
  }
  return { placed, layerNames };
}

/** `conv2d_3/kernel:0` → `kernel`. */
function leafOf(weightName: string): string {
  return weightName.slice(weightName.lastIndexOf('/') + 1).replace(/:\d+$/, '');
}
