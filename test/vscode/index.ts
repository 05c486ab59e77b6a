/** Runs inside the extension host: every test module beside this file, by mocha; writes the counts where it is told. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** VS Code calls this (`--extensionTestsPath`); a rejection makes the run fail. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 120_000, color: false, reporter: 'spec' });
  const only = process.env.TEST_GREP;
  if (only) mocha.grep(only);
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const failures: { title: string; message: string }[] = [];
  let passed = 0;
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', () => {
        passed += 1;
      })
      .on('fail', (test, error: Error) => {
        failures.push({ title: test.fullTitle(), message: error.stack ?? error.message });
      });
  });
  const results = process.env.TEST_RESULTS;
  if (results) writeFileSync(results, JSON.stringify({ passed, failed: failures.length, failures }));
  if (failures.length > 0) throw new Error(`${failures.length} tests failed`);
}
