/** Random topologies from a seed: every kind of network and attachment, laid out through the docker command. */
import type { RealEngine } from '#harness/engines';
import { tinyImage } from '#harness/image';
import { Random } from '#harness/random';
import { label } from '#harness/tutorial';

type Command = readonly string[];

/** Commands in order; those that `may` fail are ones an engine may refuse (Podman's links, a second macvlan). */
export interface Step {
  readonly command: Command;
  readonly mayFail?: boolean;
}

interface PlannedNetwork {
  readonly name: string;
  readonly kind: 'plain' | 'internal' | 'dual' | 'ranged' | 'icc' | 'macvlan';
  readonly prefix: string;
}

const kinds = ['plain', 'plain', 'internal', 'dual', 'ranged', 'icc', 'macvlan'] as const;
const states = ['running', 'running', 'running', 'stopped', 'created', 'paused', 'restarted'] as const;

/** A pure function of its arguments: the same seed makes the same topology. */
export function planTopology(seed: number, engine: Pick<RealEngine, 'kind' | 'name'>): readonly Step[] {
  const random = new Random(seed);
  const networks = planNetworks(random, seed);
  const steps: Step[] = networks.map((network) => ({ command: networkCommand(network) }));
  const usual = networks.filter((network) => network.kind !== 'macvlan');
  const names: string[] = [];
  const count = 3 + random.below(4);
  for (let n = 0; n < count; n += 1) {
    const name = `t${seed}-c${n}`;
    const attachment = attach(random, networks, names, n, engine);
    const command = ['create', '--stop-signal', 'SIGKILL', '--name', name, '--label', label, ...attachment.args];
    if (random.below(4) === 0)
      command.push('--label', `com.docker.compose.project=p${n}`, '--label', `com.docker.compose.service=s${n}`);
    steps.push({ command: [...command, tinyImage], ...(attachment.mayFail ? { mayFail: true } : {}) });
    const state = random.pick(states) ?? 'running';
    // Starting may be refused where creating was not: the owner of a shared namespace has to run.
    if (state !== 'created') steps.push({ command: ['start', name], mayFail: true });
    if (attachment.joins) steps.push(...more(random, usual, name, seed, n, engine));
    if (state === 'stopped') steps.push({ command: ['stop', '-t', '0', name], mayFail: true });
    if (state === 'paused') steps.push({ command: ['pause', name], mayFail: true });
    if (state === 'restarted') steps.push({ command: ['restart', '-t', '0', name], mayFail: true });
    names.push(name);
  }
  if (random.below(3) === 0) steps.push({ command: ['rename', `t${seed}-c0`, `t${seed}-renamed`], mayFail: true });
  return steps;
}

function planNetworks(random: Random, seed: number): readonly PlannedNetwork[] {
  const networks: PlannedNetwork[] = [];
  const count = 2 + random.below(3);
  for (let n = 0; n < count; n += 1) {
    const kind = random.pick(kinds) ?? 'plain';
    // Docker up to 26 allows one macvlan network a parent.
    const taken = kind === 'macvlan' && networks.some((network) => network.kind === 'macvlan');
    networks.push({ name: `t${seed}-n${n}`, kind: taken ? 'plain' : kind, prefix: `10.${100 + (seed % 100)}.${n}` });
  }
  return networks;
}

function networkCommand({ name, kind, prefix }: PlannedNetwork): Command {
  const subnet = ['--subnet', `${prefix}.0/24`];
  const options: Readonly<Record<PlannedNetwork['kind'], Command>> = {
    plain: ['--gateway', `${prefix}.254`],
    internal: ['--internal'],
    dual: ['--ipv6', '--subnet', `fd00:${prefix.split('.')[1]}:${prefix.split('.')[2]}::/64`],
    ranged: ['--ip-range', `${prefix}.128/25`, '--aux-address', `nas=${prefix}.200`],
    icc: ['-o', 'com.docker.network.bridge.enable_icc=false', '--attachable'],
    macvlan: ['-d', 'macvlan', '-o', 'parent=lan0'],
  };
  return ['network', 'create', '--label', label, ...subnet, ...options[kind], name];
}

interface Attachment {
  readonly args: Command;
  /** Whether further networks may be joined. */
  readonly joins: boolean;
  readonly mayFail?: boolean;
}

function attach(
  random: Random,
  networks: readonly PlannedNetwork[],
  before: readonly string[],
  n: number,
  engine: Pick<RealEngine, 'kind'>,
): Attachment {
  const owner = random.pick(before);
  const network = random.pick(networks);
  switch (random.below(9)) {
    case 0:
      return { args: ['--network', 'host'], joins: false };
    case 1:
      return { args: ['--network', 'none'], joins: false };
    case 2:
      // Refused where the owner itself shares, or failed to be created.
      if (owner !== undefined) return { args: ['--network', `container:${owner}`], joins: false, mayFail: true };
      return { args: publish(random, n), joins: true };
    case 3:
      if (owner !== undefined && engine.kind === 'docker')
        return { args: ['--link', `${owner}:friend`, ...publish(random, n)], joins: true, mayFail: true };
      return { args: publish(random, n), joins: true };
    default: {
      if (network === undefined) return { args: [], joins: true };
      const address = random.below(2) === 0 ? ['--ip', `${network.prefix}.${20 + n}`] : [];
      const alias = random.below(2) === 0 ? ['--network-alias', `alias${n}`] : [];
      const hostname = random.below(4) === 0 ? ['--hostname', `host${n}`] : [];
      const ports = network.kind === 'macvlan' ? [] : publish(random, n);
      return { args: ['--network', network.name, ...address, ...alias, ...hostname, ...ports], joins: true };
    }
  }
}

/** No port, a fixed one, a random one, UDP, this machine only, a range, all exposed ones. */
function publish(random: Random, n: number): Command {
  const port = 20_000 + n * 20;
  const choices: readonly Command[] = [
    [],
    [],
    ['-p', `${port}:80`],
    ['-p', '80'],
    ['-p', `${port + 1}:53/udp`],
    ['-p', `127.0.0.1:${port + 2}:80`],
    ['-p', `${port + 3}-${port + 5}:8000-8002`],
    ['-P', '--expose', '90/udp'],
  ];
  return random.pick(choices) ?? [];
}

/** Joins and leaves after the creation: with address, aliases, priority; or off every network. */
function more(
  random: Random,
  networks: readonly PlannedNetwork[],
  name: string,
  seed: number,
  n: number,
  engine: Pick<RealEngine, 'name'>,
): readonly Step[] {
  const network = random.pick(networks);
  if (network === undefined) return [];
  switch (random.below(5)) {
    case 0:
      return [{ command: ['network', 'connect', network.name, name], mayFail: true }];
    case 1: {
      const priority = engine.name === 'docker-28' ? ['--gw-priority', '7'] : [];
      const address = ['--ip', `${network.prefix}.${40 + n}`, '--alias', `second${n}`, '--alias', `more${seed}`];
      return [{ command: ['network', 'connect', ...priority, ...address, network.name, name], mayFail: true }];
    }
    case 2:
      return [{ command: ['network', 'disconnect', network.name, name], mayFail: true }];
    default:
      return [];
  }
}

/** Lays it out. @throws when a step fails that must not. */
export async function layOutTopology(engine: RealEngine, steps: readonly Step[]): Promise<void> {
  for (const { command, mayFail } of steps) {
    const { code, stderr } = await engine.tryDocker(...command);
    if (code !== 0 && !mayFail) throw new Error(`docker ${command.join(' ')}\n${stderr}`);
  }
}
