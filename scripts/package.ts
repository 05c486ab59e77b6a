/** Makes the VSIX: production bundles, no dependencies, nothing else. Prints its path and size. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '#harness/processes';

const project = fileURLToPath(new URL('..', import.meta.url));
const { name, version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
const out = join(project, 'out', `${name}-${version}.vsix`);

mkdirSync(join(project, 'out'), { recursive: true });
await run(process.execPath, ['esbuild.mjs', '--production'], { cwd: project });
const vsce = join(project, 'node_modules', '@vscode', 'vsce', 'vsce');
const said = await run(process.execPath, [vsce, 'package', '--no-dependencies', '--out', out], { cwd: project });
if (process.argv.includes('--verbose')) console.log(said);
console.log(`${out}\n${(statSync(out).size / 1024).toFixed(0)} kB`);
