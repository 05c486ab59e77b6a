/** The tutorial's topology: one of every way a container can be on a network, laid out through the docker command. */
import { tinyImage } from '#harness/image';

/** Everything the tests and `npm start` make carries this label, so that it is known and can be removed. */
export const label = 'docker-networks.test';

export const tutorial = {
  network: 'mynet',
  subnet: '192.168.100.0/24',
  gateway: '192.168.100.254',
  /** On mynet at a static address, its port 80 published on a fixed host port. */
  web: 'web',
  webAddress: '192.168.100.100',
  /** On mynet at whatever address is free; publishes nothing. */
  db: 'db',
  /** On mynet; its port 80 published on a host port of the engine's choice. */
  randomPort: 'random-port',
  /** On the default bridge with `-P`: every exposed port is published. */
  publishAll: 'publish-all',
  /** In the host's network. */
  host: 'host-mode',
  /** Without network. */
  none: 'isolated',
  /** Shares web's network; serves on 8000. */
  sharer: 'web-sidecar',
  /** A pair on the default bridge: the client knows the server as `cache` through `--link`. */
  linkServer: 'redis',
  linkClient: 'legacy',
  linkAlias: 'cache',
} as const;

export interface TutorialOptions {
  readonly kind: 'docker' | 'podman';
  /** Host port of `web`; 8080 by default. */
  readonly webPort?: number;
  /** Port that the host-mode container serves on; 8081 by default. */
  readonly hostPort?: number;
}

type Docker = (...args: string[]) => Promise<string>;

/** A container's command that serves its own name on a port (HTTP). */
export const serve = (name: string, port = 80): readonly string[] => [
  'sh',
  '-c',
  `mkdir -p /www && echo 'hello from ${name}' >/www/index.html && exec httpd -f -p ${port} -h /www`,
];

/**
 * Runs a labelled container that serves its name. `args` are `docker run`'s. It stops at once: busybox as first process
 * of a container ignores the usual SIGTERM.
 */
export const runServing = (docker: Docker, name: string, args: readonly string[], port = 80): Promise<string> =>
  docker(
    'run',
    '-d',
    '--stop-signal',
    'SIGKILL',
    '--name',
    name,
    '--label',
    label,
    ...args,
    tinyImage,
    ...serve(name, port),
  );

/** Makes one network and nine containers; the image must have been loaded. */
export async function layOutTutorial(docker: Docker, options: TutorialOptions): Promise<void> {
  const t = tutorial;
  const subnet = ['--subnet', t.subnet, '--gateway', t.gateway];
  await docker('network', 'create', '--label', label, ...subnet, t.network);
  const onMynet = ['--network', t.network];
  await runServing(docker, t.web, [...onMynet, '--ip', t.webAddress, '-p', `${options.webPort ?? 8080}:80`]);
  await runServing(docker, t.db, onMynet, 5432);
  await runServing(docker, t.randomPort, [...onMynet, '-p', '80']);
  await runServing(docker, t.publishAll, ['-P']);
  await runServing(docker, t.host, ['--network', 'host'], options.hostPort ?? 8081);
  await runServing(docker, t.none, ['--network', 'none']);
  await runServing(docker, t.sharer, ['--network', `container:${t.web}`], 8000);
  await runServing(docker, t.linkServer, [], 6379);
  // Podman knows no links: the pair is there, unlinked.
  const link = options.kind === 'docker' ? ['--link', `${t.linkServer}:${t.linkAlias}`] : [];
  await runServing(docker, t.linkClient, link);
}

/** Removes what carries the label, containers first. */
export async function removeLabelled(docker: Docker): Promise<void> {
  const labelled = async (...list: string[]) =>
    (await docker(...list, '-q', '--filter', `label=${label}`)).split('\n').filter((line) => line !== '');
  // One whose network another shares is refused by Podman while the other is there: the next pass removes it.
  for (let pass = 1; pass <= 3; pass += 1) {
    for (const container of await labelled('ps', '-a')) {
      await docker('rm', '-f', container).catch((error: unknown) => {
        if (pass === 3) throw error;
      });
    }
  }
  for (const network of await labelled('network', 'ls')) await docker('network', 'rm', network);
}
