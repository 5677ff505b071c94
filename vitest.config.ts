import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Vitest's order, but the files that run whole commands or networks first: one of them at the end would leave a core idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => /\/test\/(e2e|cli|verify)\//.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** The folders of pure functions whose tests touch nothing outside themselves. */
const pure = ['core', 'linalg', 'dsp', 'stats', 'pictures', 'music', 'metrics', 'scoring', 'audit'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

const shared: NonNullable<ViteUserConfig['test']> = {
  testTimeout: 30_000,
  hookTimeout: 120_000,
  setupFiles: ['test/helpers/relaxed-vectors.ts'],
};

const config: ViteUserConfig = defineConfig({
  test: {
    globalSetup: ['test/helpers/build-once.ts'],
    // Two cores are the smallest machine that the project promises to test on.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      // Nothing that one of these files does can reach another, so they share processes, which load each module once.
      { test: { ...shared, name: 'pure', include: pure, isolate: false } },
      { test: { ...shared, name: 'real', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
  },
});

export default config;
