import { existsSync, globSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Print, whole } from '#bench/figure';
import { run as runCommand } from '#harness/processes';

export const name = 'size';

const project = fileURLToPath(new URL('../../', import.meta.url));
const VSIX_LIMIT = 700;

/** What is shipped: the package, made anew, and each of its bundles. */
export async function run(print: Print): Promise<void> {
  const [vsix = ''] = (await runCommand(process.execPath, ['scripts/package.ts'], { cwd: project })).split('\n');
  const size = statSync(vsix).size / 1024;
  const goal = { goal: `under ${VSIX_LIMIT} kB`, met: size < VSIX_LIMIT };
  print({ what: 'package', of: relative(project, vsix), value: whole(size), unit: 'kB', ...goal });
  const bundles = ['dist/extension.cjs', 'dist/client.cjs', ...globSync('dist/webview/*.js', { cwd: project })];
  for (const bundle of bundles)
    if (existsSync(`${project}${bundle}`))
      print({ what: 'bundle', of: bundle, value: whole(statSync(`${project}${bundle}`).size / 1024), unit: 'kB' });
}
