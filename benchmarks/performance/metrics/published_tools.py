"""What `npm run bench:metrics` is compared with: CPU seconds of the published tools that this python3 has, one thread, best of a few calls.

Prints one JSON object: for each name either seconds or the reason why it was not measured. The tools' functions are taken from their
installed files by name, so that the parts of a package that load models need not be installed (pip install --no-deps will do).
"""

import ast
import contextlib
import importlib.util
import io
import json
import logging
import time
import warnings

warnings.filterwarnings('ignore')
REPEATS = 3


def functions_of(package: str, file: str, **scope: object) -> dict:
    """The functions of one file of an installed package, without its imports, which come as `scope`."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        raise ModuleNotFoundError(f'{package} is not installed')
    with open(f'{spec.submodule_search_locations[0]}/{file}') as source:
        tree = ast.parse(source.read())
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for function in tree.body:
        function.returns = None
        for argument in [*function.args.args, *function.args.kwonlyargs]:
            argument.annotation = None
    exec(compile(tree, file, 'exec'), scope)
    return scope


def best_seconds(work, repeats: int) -> float:
    best = float('inf')
    for _ in range(repeats):
        start = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            work()
        best = min(best, time.process_time() - start)
    return best


def product():
    import numpy
    a = numpy.random.default_rng(0).standard_normal((1024, 1024))
    return lambda: a @ a


def covariances(columns: int):
    import numpy
    random = numpy.random.default_rng(0)
    sets = [random.standard_normal((2 * columns, columns)) for _ in range(2)]
    return [(rows.mean(0), numpy.cov(rows.T)) for rows in sets]


def lapack_frechet(columns: int):
    import numpy
    (_, s), (_, t) = covariances(columns)
    def work():
        factor = numpy.linalg.cholesky(s)
        return numpy.sqrt(numpy.maximum(numpy.linalg.eigvalsh(factor.T @ t @ factor), 0)).sum()
    return work


def scipy_frechet(columns: int):
    import scipy.linalg
    (_, s), (_, t) = covariances(columns)
    return lambda: scipy.linalg.sqrtm(s @ t)


def fadtk_frechet(columns: int):
    import numpy
    import scipy.linalg
    tool = functions_of('fadtk', 'fad.py', np=numpy, linalg=scipy.linalg, scisqrt=numpy.lib.scimath.sqrt, log=logging.getLogger('fadtk'))
    first, second = covariances(columns)
    return lambda: tool['calc_frechet_distance'](*first, *second)


def fidelity_frechet(columns: int):
    import numpy
    tool = functions_of('torch_fidelity', 'metric_fid.py', np=numpy, KEY_METRIC_FID='fid', vprint=lambda *_: None)
    first, second = [{'mu': mean, 'sigma': covariance} for mean, covariance in covariances(columns)]
    return lambda: tool['fid_statistics_to_metric'](first, second, False)


def single_sets():
    import numpy
    random = numpy.random.default_rng(0)
    return [random.standard_normal((5000, 512)).astype('float32') for _ in range(2)]


def prdc_neighbourhoods():
    import prdc
    real, generated = single_sets()
    return lambda: prdc.compute_prdc(real, generated, 5)


def fidelity_precision_recall():
    import torch
    tool = functions_of('torch_fidelity', 'metric_prc.py', torch=torch)
    real, generated = [torch.tensor(rows) for rows in single_sets()]
    return lambda: tool['calculate_precision_recall_full'](real, generated)


def kadtk_distance():
    import numpy
    import torch
    tool = functions_of('kadtk', 'kad.py', torch=torch, np=numpy, SCALE_FACTOR=100)
    generated, real = [torch.tensor(rows) for rows in single_sets()]
    return lambda: tool['calc_kernel_audio_distance'](generated, real, (None, None), 'cpu')


def one_thread() -> None:
    with contextlib.suppress(ImportError):
        import torch
        torch.set_num_threads(1)


def measured(prepare, repeats: int = REPEATS) -> dict:
    try:
        return {'seconds': best_seconds(prepare(), repeats)}
    except Exception as error:  # whatever a tool throws is the reason why it has no figure
        return {'reason': f'{type(error).__name__}: {error}'}


if __name__ == '__main__':
    one_thread()
    results = {'product': measured(product, 9)}
    for columns, repeats in ((512, 5), (2048, 1)):
        for name, prepare in (
            ('lapack', lapack_frechet),
            ('scipy', scipy_frechet),
            ('fadtk', fadtk_frechet),
            ('torch-fidelity', fidelity_frechet),
        ):
            results[f'frechet-{columns}-{name}'] = measured(lambda: prepare(columns), repeats)
    results['neighbourhoods-prdc'] = measured(prdc_neighbourhoods)
    results['precision-recall-torch-fidelity'] = measured(fidelity_precision_recall)
    results['kernel-distance-kadtk'] = measured(kadtk_distance)
    print(json.dumps(results))
