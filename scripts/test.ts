/**
 * `npm test`: every stage on real parts. `-- --only STAGE` runs one (lint, unit, browser, engine, host, ui); ENGINES names
 * other engines than docker-28 and podman-5.4. The last line is `N passed, N failed`.
 */
import { parseArgs } from 'node:util';
import { enginesUnderTest } from '#harness/engines';
import { run } from '#harness/processes';
import { setUp } from '#harness/setup';
import { add, type Counts, lint, project, stage, vitest } from './stages.ts';

const names = ['lint', 'unit', 'browser', 'engine', 'host', 'ui'] as const;
type StageName = (typeof names)[number];
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
for (const name of values.only ?? []) {
  if (!names.some((known) => known === name)) {
    console.error(`There is no stage '${name}'; there are ${names.join(', ')}`);
    process.exit(2);
  }
}
const chosen = new Set<StageName>(names.filter((name) => values.only?.includes(name) ?? true));
const some = (...wanted: StageName[]) => wanted.some((name) => chosen.has(name));

async function inHost(): Promise<Counts> {
  // Loaded only here, so that the linter's stage needs nothing of it.
  const { runInExtensionHost } = await import('#harness/extensionHost');
  const { passed, failed, failures, host } = await runInExtensionHost();
  for (const { title, message } of failures) console.log(`✗ ${title}\n${message}`);
  return { passed, failed, notes: [`in ${host}`] };
}

const stages: Record<StageName, [string, () => Promise<Counts>]> = {
  lint: ['Lint and types', lint],
  unit: ['Unit tests', () => vitest('unit')],
  browser: ['Webview in a browser', () => vitest('browser')],
  engine: [`Engines: ${enginesUnderTest().join(', ')}`, () => vitest('engine')],
  host: ['Extension host', inHost],
  ui: ['Journeys through the workbench', () => vitest('ui')],
};

const started = Date.now();
let total: Counts = { passed: 0, failed: 0 };
const summary: string[] = [];
const prepared = await stage('Setting up', async () => {
  await setUp({
    engines: some('engine', 'host', 'ui') ? [...new Set([...enginesUnderTest(), 'docker-28' as const])] : [],
    browser: some('browser', 'host', 'ui'),
    graphviz: some('browser'),
    codeServer: some('host', 'ui'),
  });
  if (some('ui'))
    process.env.VSIX = (await run(process.execPath, ['scripts/package.ts'], { cwd: project })).split('\n')[0];
  await run(process.execPath, ['esbuild.mjs'], { cwd: project });
  return { passed: 1, failed: 0 };
});
if (prepared.failed > 0) total = { passed: 0, failed: 1 };
for (const name of chosen) {
  const [title, work] = stages[name];
  const counts = await stage(title, work);
  total = add(total, counts);
  summary.push(`${title}: ${counts.passed} passed, ${counts.failed} failed`);
}
console.log(`\n${summary.join('\n')}\n${((Date.now() - started) / 1000).toFixed(0)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
