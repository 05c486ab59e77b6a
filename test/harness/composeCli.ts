/** `docker compose`, the real one: Debian 13's package, unpacked into the cache folder, whatever Debian this machine is. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '#harness/packages';
import { run } from '#harness/processes';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Path of the docker-compose command (2.26 of Debian 13): Debian 12's own package is the old one in Python. */
export async function composeCli(): Promise<string> {
  const folder = join(cacheFolder, 'docker-compose');
  const command = join(folder, 'usr', 'libexec', 'docker', 'cli-plugins', 'docker-compose');
  if (existsSync(command)) return command;
  console.log('Unpacking docker-compose of Debian 13 into the cache folder, because the tests compare with it …');
  // Lists of its own, so that the machine's apt never hears of another Debian.
  for (const part of ['lists/partial', 'archives/partial']) mkdirSync(join(folder, 'apt', part), { recursive: true });
  const sources = join(folder, 'apt', 'sources.list');
  writeFileSync(sources, `deb [signed-by=${keyring}] ${await debianMirror()} trixie main\n`);
  const apt = [
    ['Dir::State::lists', join(folder, 'apt', 'lists')],
    ['Dir::Cache', join(folder, 'apt')],
    ['Dir::Etc::sourcelist', sources],
    ['Dir::Etc::sourceparts', '-'],
    ['APT::Sandbox::User', 'root'],
  ].flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await run('apt-get', ['-qq', ...apt, 'update'], { timeout: 300_000 });
  await run('apt-get', ['-qq', ...apt, 'download', 'docker-compose'], { cwd: folder, timeout: 300_000 });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb')))
    await run('dpkg-deb', ['-x', join(folder, name), folder]);
  if (!existsSync(command)) throw new Error('Debian’s package docker-compose brought no docker-compose command');
  return command;
}

/** Where this machine gets its Debian packages from, in either form of apt's sources. */
async function debianMirror(): Promise<string> {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []),
  ];
  for (const file of files.filter((name) => existsSync(name))) {
    const text = await readFile(file, 'utf8');
    const found = /^URIs:\s*(\S*debian)\/?\s*$/m.exec(text) ?? /^deb (?:\[[^\]]*\] )?(\S*debian)\/? /m.exec(text);
    if (found?.[1]) return found[1];
  }
  throw new Error('No Debian mirror is among the sources of apt: docker-compose cannot be fetched');
}
