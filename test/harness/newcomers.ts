/** The questions newcomers ask about Docker networking, each with a set-up, the model's question and a real probe. */
import type { RealEngine } from '#harness/engines';
import { hostPort } from '#harness/labEngine';
import { runServing } from '#harness/tutorial';
import type { ReachQuestion } from '#model/reach';
import type { RuleId } from '#model/reachRules';

export interface NewcomerQuestion {
  readonly question: string;
  /** What the model is asked. */
  readonly ask: ReachQuestion;
  readonly answer: 'yes' | 'no';
  /** Engines that do not tell enough: there the model may say what it depends on instead. */
  readonly unsureOn?: readonly string[];
  /** A rule among the reasons, the names missed included. */
  readonly because?: RuleId;
  /** What a real probe tries: from a container, the host or the LAN, to `address` (a URL without scheme). */
  readonly probe: { readonly from: string; readonly to: string; readonly reached: boolean };
  /** A name that must (or, with `!`, must not) be among the routes' names. */
  readonly name?: string;
  /** Only for engines of this kind. */
  readonly only?: 'docker' | 'podman';
}

/** Lays out everything the questions speak of; `HOST` serves on its port 30020 (labEngine). */
export async function layOutNewcomers(engine: RealEngine): Promise<void> {
  const docker = engine.docker;
  const create = (name: string, number: number, ...args: string[]) =>
    docker('network', 'create', '--subnet', `10.70.${number}.0/24`, '--gateway', `10.70.${number}.1`, ...args, name);
  await create('shop', 1);
  await create('office', 2);
  await create('vault', 3, '--internal');
  await create('apart', 4, '-o', 'com.docker.network.bridge.enable_icc=false');
  const on = (network: string, ...more: string[]) => ['--network', network, ...more];
  await runServing(docker, 'plain1', []);
  await runServing(docker, 'plain2', []);
  await runServing(docker, 'web', on('shop', '-p', '8080:80', '--network-alias', 'store', '--ip', '10.70.1.100'));
  await runServing(docker, 'db', on('shop'), 5432);
  await runServing(docker, 'desk', on('office'));
  await runServing(docker, 'hosted', on('host'), 8081);
  await runServing(docker, 'sidecar', on('container:web'), 8000);
  await runServing(docker, 'secret', on('vault'));
  await runServing(docker, 'secret2', on('vault'));
  await runServing(docker, 'apart1', on('apart'));
  await runServing(docker, 'apart2', on('apart'));
  await runServing(docker, 'alone', on('none'));
  await runServing(docker, 'local', on('shop', '-p', '127.0.0.1:8082:80'));
  await runServing(docker, 'resting', on('shop', '-p', '8083:80'));
  await docker('stop', 'resting');
  if (engine.kind === 'docker') await runServing(docker, 'legacy', ['--link', 'plain1:old']);
}

const c = (container: string) => ({ container });
const host = { host: true } as const;
const outside = { outside: true } as const;

/** `lan` is the host's address on its LAN, where published ports answer. */
export function newcomerQuestions(lan: string): readonly NewcomerQuestion[] {
  return [
    {
      question: 'Two containers on the default bridge: why does the name not resolve?',
      ask: { from: c('plain1'), to: c('plain2'), port: 80 },
      answer: 'yes',
      because: 'default-bridge-no-names',
      name: '!plain2',
      probe: { from: 'plain1', to: 'plain2:80', reached: false },
    },
    {
      question: 'Two containers on one network of my own: by which name?',
      ask: { from: c('web'), to: c('db'), port: 5432 },
      answer: 'yes',
      name: 'db',
      probe: { from: 'web', to: 'db:5432', reached: true },
    },
    {
      question: 'Two networks: why can one container not reach the other?',
      ask: { from: c('desk'), to: c('db'), port: 5432 },
      answer: 'no',
      because: 'other-network',
      // Asked through the Docker API, it forgets to tell which networks are isolated.
      unsureOn: ['podman-4.3'],
      probe: { from: 'desk', to: 'db:5432', reached: false },
    },
    {
      question: 'Does a container with --network host need -p?',
      ask: { from: host, to: c('hosted'), port: 8081 },
      answer: 'yes',
      probe: { from: 'HOST', to: '127.0.0.1:8081', reached: true },
    },
    {
      question: '--network container:web: is that the same localhost?',
      ask: { from: c('sidecar'), to: c('web'), port: 80 },
      answer: 'yes',
      name: 'localhost',
      probe: { from: 'sidecar', to: '127.0.0.1:80', reached: true },
    },
    {
      question: 'What does an internal network keep inside?',
      ask: { from: c('secret'), to: outside },
      answer: 'no',
      because: 'internal-source',
      probe: { from: 'secret', to: `${lan}:8080`, reached: false },
    },
    {
      question: 'What does enable_icc=false keep apart?',
      ask: { from: c('apart1'), to: c('apart2'), port: 80 },
      answer: 'no',
      because: 'icc-disabled',
      only: 'docker',
      probe: { from: 'apart1', to: 'apart2:80', reached: false },
    },
    {
      question: 'What can a container with --network none reach?',
      ask: { from: c('alone'), to: c('web'), port: 80 },
      answer: 'no',
      because: 'mode-none',
      probe: { from: 'alone', to: '10.70.1.100:80', reached: false },
    },
    {
      question: 'Published on 127.0.0.1: why can nobody else connect?',
      ask: { from: outside, to: c('local'), port: 80 },
      answer: 'no',
      because: 'published-loopback',
      probe: { from: 'LAN', to: `${lan}:8082`, reached: false },
    },
    {
      question: 'What does --link still do?',
      ask: { from: c('legacy'), to: c('plain1'), port: 80 },
      answer: 'yes',
      name: 'old',
      only: 'docker',
      probe: { from: 'legacy', to: 'old:80', reached: true },
    },
    {
      question: 'An alias and a static address: which of them can I use?',
      ask: { from: c('db'), to: c('web'), port: 80 },
      answer: 'yes',
      name: 'store',
      probe: { from: 'db', to: 'store:80', reached: true },
    },
    {
      question: 'The container is stopped: what of its published port?',
      ask: { from: host, to: c('resting'), port: 80 },
      answer: 'no',
      because: 'target-stopped',
      probe: { from: 'HOST', to: '127.0.0.1:8083', reached: false },
    },
    {
      question: 'May a container use the published port of its neighbour (hairpin)?',
      ask: { from: c('db'), to: c('web'), port: 80 },
      answer: 'yes',
      probe: { from: 'db', to: `${lan}:8080`, reached: true },
    },
    {
      question: 'How does a container reach a service of the host itself?',
      ask: { from: c('db'), to: host, port: hostPort },
      answer: 'yes',
      probe: { from: 'db', to: `10.70.1.1:${hostPort}`, reached: true },
    },
  ];
}
