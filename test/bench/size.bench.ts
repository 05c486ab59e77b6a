import { existsSync, globSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Print, whole } from '#bench/figure';

export const name = 'size';

const project = fileURLToPath(new URL('../../', import.meta.url));
const VSIX_LIMIT = 700;

/** What is shipped: the package and each bundle, as last built (`npm run package`). */
export async function run(print: Print): Promise<void> {
  const packages = globSync(`${project}*.vsix`).concat(globSync(`${project}build/*.vsix`));
  const [newest] = packages.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  if (newest) {
    const size = statSync(newest).size / 1024;
    const goal = { goal: `under ${VSIX_LIMIT} kB`, met: size < VSIX_LIMIT };
    print({ what: 'package', of: relative(project, newest), value: whole(size), unit: 'kB', ...goal });
  } else print({ what: 'package', value: 'not built: npm run package' });
  const bundles = ['dist/extension.cjs', 'dist/client.cjs', ...globSync('dist/webview/*.js', { cwd: project })];
  for (const bundle of bundles)
    if (existsSync(`${project}${bundle}`))
      print({ what: 'bundle', of: bundle, value: whole(statSync(`${project}${bundle}`).size / 1024), unit: 'kB' });
}
