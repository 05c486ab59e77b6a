import { defineConfig } from 'vitest/config';

/** One project a kind of test, so that each stage of `npm test` runs alone and says its own counts. */
const project = (name: string, timeout: number, parallel: boolean) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeout,
    hookTimeout: Math.max(timeout, 240_000),
    fileParallelism: parallel,
    // A real engine, browser or workbench is one to a machine: these files run one after another. What fails on a busy
    // machine is tried once more; the report says which tests needed it.
    ...(parallel ? {} : { maxWorkers: 1, retry: 1 }),
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 60_000, true),
      project('browser', 120_000, false),
      project('engine', 240_000, false),
      project('ui', 300_000, false),
    ],
  },
});
