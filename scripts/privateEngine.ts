/** A dockerd of one's own for a machine without an engine: with the tutorial's topology, and gone without trace at the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#harness/codeServer';
import { importTinyImage } from '#harness/image';
import { dockerCli, installPackages } from '#harness/packages';
import { attempt, findCommand, Hopeless, run, until } from '#harness/processes';
import { layOutTutorial, removeLabelled } from '#harness/tutorial';
import type { Cleanup } from './cleanup.ts';
import { readHostState, restoreHostState } from './hostState.ts';

/** Whether this machine lets us: Linux, root, and Debian's or Ubuntu's packages or a dockerd that is there already. */
export const mayStartEngine = (): boolean =>
  process.platform === 'linux' && process.getuid?.() === 0 && Boolean(findCommand('dockerd') ?? findCommand('apt-get'));

/** Debian's package would start a daemon of its own at once; this file forbids it while the package is installed. */
async function withoutServices(work: () => Promise<void>): Promise<void> {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n');
  chmodSync(policy, 0o755);
  try {
    await work();
  } finally {
    rmSync(policy, { force: true });
  }
}

async function install(): Promise<void> {
  const missing = [
    ...(findCommand('dockerd') ? [] : ['docker.io']),
    ...(findCommand('iptables') ? [] : ['iptables']),
    ...(findCommand('ip') ? [] : ['iproute2']),
    ...(existsSync('/bin/busybox') ? [] : ['busybox-static']),
  ];
  if (missing.length === 0) return;
  await withoutServices(() =>
    installPackages(missing, 'no engine answers here and the extension has nothing to show without one'),
  );
  if (missing.includes('docker.io')) {
    await attempt('systemctl', ['disable', 'docker.service', 'docker.socket', 'containerd.service']).catch(
      () => undefined,
    );
  }
  console.log('They stay installed; Docker’s own service was neither started nor enabled.');
}

/** The wanted port when nobody has it, else a free one. */
async function portNear(wanted: number): Promise<number> {
  const { stdout } = await attempt('ss', ['-Hltn', `sport = :${wanted}`]);
  return stdout.trim() === '' ? wanted : freePort();
}

/** Starts it, lays out the topology, and adds to `cleanup` what undoes all of it. Gives the engine's URL. */
export async function startPrivateEngine(cleanup: Cleanup): Promise<string> {
  await install();
  const before = await readHostState();
  const made = daemonFolders.filter((place) => !existsSync(place));
  const folder = mkdtempSync(join(tmpdir(), 'docker-networks-engine-'));
  const url = `unix://${join(folder, 'docker.sock')}`;
  const subnets: string[] = [];
  cleanup.add('remove the private engine', async () => {
    await restoreHostState(before, subnets);
    await removeFolder(folder);
    await removeCgroups();
    for (const place of made) await removeEmptyFolders(place);
  });
  console.log(`Starting a private dockerd (data, socket and log in ${folder}) …`);
  writeFileSync(join(folder, 'daemon.json'), '{}');
  const log = openSync(join(folder, 'log'), 'a');
  const files = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec'), '-p', join(folder, 'pid')];
  const daemon = spawn(
    findCommand('dockerd') ?? 'dockerd',
    // Its own group of cgroups, so that they can be told from another's.
    ['-H', url, ...files, '--cgroup-parent', cgroup, '--config-file', join(folder, 'daemon.json')],
    { stdio: ['ignore', log, log], detached: true },
  );
  cleanup.add('stop the private engine', () => stop(daemon));
  const cli = await dockerCli();
  const { DOCKER_HOST: _host, DOCKER_CONTEXT: _context, ...env } = process.env;
  const docker = (...args: string[]) => run(cli, ['-H', url, ...args], { env });
  await until('the private dockerd', async () => {
    if (daemon.exitCode !== null) {
      throw new Hopeless(
        `dockerd ended: ${readFileSync(join(folder, 'log'), 'utf8').split('\n').slice(-4).join('\n')}`,
      );
    }
    return docker('version');
  });
  cleanup.add('remove the containers and networks', async () => {
    const networks = (await docker('network', 'ls', '-q')).split('\n').filter((id) => id !== '');
    const format = '{{range .IPAM.Config}}{{.Subnet}} {{end}}';
    const text = await docker('network', 'inspect', '--format', format, ...networks);
    subnets.push(...text.split(/\s+/).filter((subnet) => subnet !== ''));
    await removeLabelled(docker);
    // What was made by hand while it ran.
    const rest = (await docker('ps', '-aq')).split('\n').filter((id) => id !== '');
    if (rest.length > 0) await docker('rm', '-f', ...rest);
    await docker('network', 'prune', '-f');
  });
  console.log('Laying out the tutorial’s topology: mynet 192.168.100.0/24, web, db and seven more containers …');
  await importTinyImage(cli, ['-H', url]);
  const [webPort, hostPort] = [await portNear(8080), await portNear(8081)];
  await layOutTutorial(docker, { kind: 'docker', webPort, hostPort });
  return url;
}

const cgroup = '/docker-networks-start';

async function stop(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  daemon.kill('SIGTERM');
  const timer = setTimeout(() => daemon.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(timer);
}

/** Network namespaces of containers are mounted inside; the folder cannot be removed before they are not. */
async function removeFolder(folder: string): Promise<void> {
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((place) => place.startsWith(`${folder}/`));
  for (const place of mounts.reverse()) await attempt('umount', ['-l', place]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Folders outside its own that dockerd and containerd make, whatever they are told. */
const daemonFolders = ['/etc/docker', '/opt/containerd', '/run/docker', '/run/containerd'];

/** Only empty ones: another daemon may have been started meanwhile. */
async function removeEmptyFolders(place: string): Promise<void> {
  // Docker up to 23 writes a key for itself.
  if (place === '/etc/docker') rmSync(join(place, 'key.json'), { force: true });
  await attempt('find', [place, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', '+']);
}

async function removeCgroups(): Promise<void> {
  const path = ['-path', `*${cgroup}*`];
  await attempt('find', ['/sys/fs/cgroup', '-depth', '-type', 'd', ...path, '-exec', 'rmdir', '{}', '+']);
}
