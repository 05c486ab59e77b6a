/** The one image of the tests: a static busybox, made here, because a test must not need a registry. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from '#harness/packages';
import { run } from '#harness/processes';

export const tinyImage = 'tiny:1';

const applets = 'sh httpd sleep nc ping ping6 wget nslookup ip cat echo ls hostname route printf true false'.split(' ');
const places = ['/bin/busybox', '/usr/bin/busybox'];

/** A static busybox of this machine; `others` are looked at first (the engines' file systems have one). */
async function busybox(others: readonly string[]): Promise<string> {
  const found = [...others, ...places].find((place) => existsSync(place));
  if (found) return found;
  await installPackages(['busybox-static'], 'the containers of the tests run it');
  const installed = places.find((place) => existsSync(place));
  if (!installed) throw new Error('busybox-static brought no busybox');
  return installed;
}

/** Imports `tiny:1` (EXPOSE 80, sleeps by default) with a docker command that is bound to the engine by `dockerArgs`. */
export async function importTinyImage(
  docker: string,
  dockerArgs: readonly string[],
  others: readonly string[] = [],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-networks-image-'));
  try {
    const root = join(folder, 'root');
    for (const name of ['bin', 'www', 'tmp', 'etc']) mkdirSync(join(root, name), { recursive: true });
    copyFileSync(await busybox(others), join(root, 'bin', 'busybox'));
    for (const applet of applets) symlinkSync('busybox', join(root, 'bin', applet));
    const archive = join(folder, 'root.tar');
    await run('tar', ['-C', root, '-cf', archive, '.']);
    const changes = ['-c', 'CMD ["/bin/sleep","1000000"]', '-c', 'EXPOSE 80'];
    await run(docker, [...dockerArgs, 'import', ...changes, archive, tinyImage]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
