import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Chart.js as one classic script that sets the global `Chart`, from the installed package. Its licence comment stays. */
export async function readChartLibrary(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('chart.js');
  const source = await readFile(join(dirname(entry), 'chart.umd.min.js'), 'utf8');
  // The source map lies in the package, not beside the report.
  return source.replace(/^\/\/# sourceMappingURL=.*$/m, '').trimEnd();
}
