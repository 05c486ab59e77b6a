/** The package under test: VSIX names one, else it is made from the working copy, once a process. */
import { fileURLToPath } from 'node:url';
import { run } from '#harness/processes';

const project = fileURLToPath(new URL('../..', import.meta.url));
let made: Promise<string> | undefined;

export function vsix(): Promise<string> {
  if (process.env.VSIX) return Promise.resolve(process.env.VSIX);
  made ??= (async () => {
    const said = await run(process.execPath, ['scripts/package.ts'], { cwd: project });
    const path = /^(\/.*\.vsix)/m.exec(said)?.[1];
    if (!path) throw new Error(`scripts/package.ts named no package:\n${said}`);
    return path;
  })();
  return made;
}
