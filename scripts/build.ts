/** Builds the bundles: `npm run build`; `-- --production` minifies and leaves source maps out, `-- --watch` goes on. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(process.execPath, ['esbuild.mjs', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
