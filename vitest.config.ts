import { defineConfig } from 'vitest/config';

/** One project a kind of test, so that each stage of `npm test` runs alone and says its own counts. */
const project = (name: string, timeout: number, workers?: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeout,
    hookTimeout: Math.max(timeout, 240_000),
    // A browser and a workbench want the machine to themselves; engines mostly wait, and each file has its own, so two at
    // a time. What fails on a busy machine is tried once more; the report says which tests needed it.
    ...(workers === undefined ? {} : { fileParallelism: workers > 1, maxWorkers: workers, retry: 1 }),
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 60_000),
      project('browser', 120_000, 1),
      project('engine', 240_000, 2),
      project('ui', 300_000, 1),
    ],
  },
});
