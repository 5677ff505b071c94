import { allowRelaxedVectors } from '../../src/cli/relaxed-vectors.js';

// As the command line does: tests run the kernels that users run.
allowRelaxedVectors();
