/** What the tests need of the system, installed when missing and said before: Debian and Ubuntu packages, as root. */
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { attempt, findCommand, run } from '#harness/processes';

/** Everything that is big and made once: engines' file systems, code-server. Outside the project, safe to delete. */
export const cacheFolder = process.env.DOCKER_NETWORKS_CACHE ?? join(homedir(), '.cache', 'docker-networks');

const apt = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];
let listsAreFresh: Promise<unknown> | undefined;

const updateLists = () => {
  listsAreFresh ??= run('apt-get', [...apt, 'update'], { timeout: 600_000 });
  return listsAreFresh;
};

/** Installs Debian packages and says which and why before. */
export async function installPackages(packages: readonly string[], because: string): Promise<void> {
  const why = `${packages.join(', ')} (Debian packages), because ${because}`;
  if (!findCommand('apt-get') || process.getuid?.() !== 0) {
    throw new Error(`Please install ${why}. Doing it for you needs root on Debian or Ubuntu.`);
  }
  console.log(`Installing ${why} …`);
  await updateLists();
  await run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...packages], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 900_000,
  });
}

/** Installs the package unless the command is there; gives the command's path. */
export async function ensureCommand(command: string, name: string, because: string): Promise<string> {
  const found = findCommand(command);
  if (found) return found;
  await installPackages([name], because);
  const installed = findCommand(command);
  if (!installed) throw new Error(`${name} was installed but brought no ${command}`);
  return installed;
}

let dockerCommand: Promise<string> | undefined;

/**
 * The docker command: the machine's own, else Debian's unpacked into the cache folder. It is unpacked and not installed
 * because Debian 12 has it only inside docker.io, whose installation would start a daemon.
 */
export function dockerCli(): Promise<string> {
  dockerCommand ??= findDockerCli();
  return dockerCommand;
}

async function findDockerCli(): Promise<string> {
  const found = findCommand('docker');
  if (found) return found;
  const folder = join(cacheFolder, 'docker-cli');
  const command = join(folder, 'usr', 'bin', 'docker');
  if (existsSync(command)) return command;
  console.log(
    'Unpacking the docker command of Debian into the cache folder, because the tests ask engines through it …',
  );
  mkdirSync(folder, { recursive: true });
  await updateLists();
  const small = await attempt('apt-get', [...apt, 'download', 'docker-cli'], { cwd: folder });
  if (small.code !== 0) await run('apt-get', [...apt, 'download', 'docker.io'], { cwd: folder });
  for (const file of (await run('ls', [folder])).split('\n').filter((name) => name.endsWith('.deb'))) {
    await run('dpkg-deb', ['-x', join(folder, file), folder]);
  }
  if (!existsSync(command)) throw new Error('Debian’s packages docker-cli and docker.io brought no docker command');
  return command;
}
