/** One question a capability, asked of an engine that `laidOut` has prepared, through its command line and its raw answers. */
import { createClient } from '#engine/client';
import { connectionTo } from '#engine/modem';
import { asList, asObject, asTexts } from '#engine/raw';
import { Transport } from '#engine/transport';
import type { EngineEvent } from '#engine/types';
import type { RealEngine } from '#harness/engines';
import { tinyImage } from '#harness/image';
import { until } from '#harness/processes';

/** The engine's raw lists, and what it told while it was prepared. */
export interface Answers {
  readonly list: readonly unknown[];
  readonly networks: readonly unknown[];
  readonly events: readonly EngineEvent[];
  /** The container that was connected while it did not run. */
  readonly halted: string;
}
type Ask = (engine: RealEngine, answers: Answers) => Promise<boolean> | boolean;

const listed = (answers: Answers, name: string): Readonly<Record<string, unknown>> =>
  asObject(answers.list.find((one) => asTexts(asObject(one).Names).includes(`/${name}`)));
const endpointOf = (container: unknown, network: string): Readonly<Record<string, unknown>> =>
  asObject(asObject(asObject(asObject(container).NetworkSettings).Networks)[network]);
const inspected = async (engine: RealEngine, name: string): Promise<Readonly<Record<string, unknown>>> =>
  asObject(asList(JSON.parse(await engine.docker('inspect', name)))[0]);
const network = async (engine: RealEngine, name: string): Promise<Readonly<Record<string, unknown>>> =>
  asObject(asList(JSON.parse(await engine.docker('network', 'inspect', name)))[0]);
const ports = (container: unknown): readonly Readonly<Record<string, unknown>>[] =>
  asList(asObject(container).Ports).map(asObject);

/** By the table's names. */
export const capabilityChecks: Readonly<Record<string, Ask>> = {
  'network mode in the list': (_, answers) =>
    typeof asObject(listed(answers, 'plain').HostConfig).NetworkMode === 'string',
  'network mode names the network': async (engine) =>
    asObject((await inspected(engine, 'plain')).HostConfig).NetworkMode === 'front',
  'static address is told': async (engine) =>
    asObject(endpointOf(await inspected(engine, 'plain'), 'front').IPAMConfig).IPv4Address === '10.71.0.20',
  'aliases in the list': (_, answers) =>
    asTexts(endpointOf(listed(answers, 'plain'), 'front').Aliases).includes('nick'),
  'DNS names apart from aliases': async (engine) =>
    Array.isArray(endpointOf(await inspected(engine, 'plain'), 'front').DNSNames),
  'hostname answers': async (engine) => {
    const endpoint = endpointOf(await inspected(engine, 'plain'), 'front');
    return [...asTexts(endpoint.Aliases), ...asTexts(endpoint.DNSNames)].includes('called');
  },
  'network id in the list': (_, answers) =>
    /^[0-9a-f]{64}$/.test(String(endpointOf(listed(answers, 'plain'), 'front').NetworkID)),
  'host and none are networks': (_, answers) => answers.networks.some((one) => asObject(one).Name === 'host'),
  'network options are kept': async (engine) =>
    'com.docker.network.bridge.enable_icc' in asObject((await network(engine, 'noicc')).Options),
  'address range is kept': async (engine) =>
    asObject(asList(asObject((await network(engine, 'noicc')).IPAM).Config)[0]).IPRange !== undefined,
  'gateway listed where none was asked': async (engine) =>
    Boolean(asObject(asList(asObject((await network(engine, 'bare')).IPAM).Config)[0]).Gateway),
  'members in the network list': (_, answers) =>
    answers.networks.some((one) => Object.keys(asObject(asObject(one).Containers)).length > 0),
  'both families of a published port': (_, answers) => ports(listed(answers, 'plain')).some((one) => one.IP === '::'),
  'every port of a range in the list': (_, answers) =>
    new Set(
      ports(listed(answers, 'plain')).flatMap((one) => (Number(one.PublicPort) >= 21_000 ? [one.PublicPort] : [])),
    ).size === 3,
  'exposed ports in the list': (_, answers) =>
    ports(listed(answers, 'plain')).some((one) => one.PublicPort === undefined),
  'ports of a stopped container in the list': (_, answers) =>
    ports(listed(answers, 'halted')).some((one) => one.PublicPort === 21_050),
  'a sharer repeats its owner’s address': (_, answers) =>
    Object.keys(asObject(asObject(listed(answers, 'sharer').NetworkSettings).Networks)).length > 0,
  'gateway priority': async (engine) => {
    if ((await engine.tryDocker('network', 'connect', '--gw-priority', '7', 'bare', 'plain')).code !== 0) return false;
    const priority = endpointOf(await inspected(engine, 'plain'), 'bare').GwPriority;
    await engine.docker('network', 'disconnect', 'bare', 'plain');
    return priority === 7;
  },
  links: async (engine) => {
    const made = await engine.tryDocker('create', '--name', 'linked', '--link', 'default:friend', tinyImage);
    if (made.code !== 0) return false;
    return asList(asObject((await inspected(engine, 'linked')).HostConfig).Links).length === 1;
  },
  'two networks of one name': async (engine) => {
    const body = JSON.stringify({ Name: 'front', Driver: 'bridge', CheckDuplicate: false });
    const made = await engine.inNamespace(
      'host',
      'curl',
      '-s',
      '--unix-socket',
      engine.socket,
      '-H',
      'Content-Type: application/json',
      '-d',
      body,
      'http://d/networks/create',
    );
    const id = asObject(JSON.parse(made.stdout || '{}')).Id;
    if (typeof id !== 'string' || id === '') return false;
    const same = (await engine.docker('network', 'ls', '-q', '--no-trunc', '--filter', 'name=^front$')).split(
      '\n',
    ).length;
    if (same === 2) await engine.docker('network', 'rm', id);
    return same === 2;
  },
  'a network with a stopped container can be removed': async (engine) => {
    await engine.docker('network', 'create', '--subnet', '10.71.9.0/24', 'left');
    await engine.docker('create', '--name', 'leaver', '--network', 'left', tinyImage);
    return (await engine.tryDocker('network', 'rm', 'left')).code === 0;
  },
  'network events': (_, answers) =>
    answers.events.some((event) => event.type === 'network' && event.action === 'create'),
  'a connect event names the network': (_, answers) =>
    answers.events.some((event) => event.type === 'network' && event.action === 'connect' && event.name === 'bare'),
  'start tells of the endpoint': (_, answers) =>
    answers.events.some((event) => event.type === 'network' && event.action === 'connect' && event.name === 'front'),
  'connecting a stopped container is told': (_, answers) =>
    answers.events.some(
      (event) => event.type === 'network' && event.action === 'connect' && event.container === answers.halted,
    ),
};

/** Networks and containers for the questions; the events they caused are heard to the last. */
export async function laidOut(engine: RealEngine): Promise<Answers> {
  const client = await createClient({ id: engine.name, label: engine.name, url: engine.url, source: 'socket' });
  const transport = new Transport(connectionTo(client.spec, engine.socket), () => undefined);
  try {
    await client.describe();
    await client.list();
    const events: EngineEvent[] = [];
    const stream = await client.events(
      (event) => events.push(event),
      () => undefined,
    );
    await engine.loadImage();
    await engine.docker('network', 'create', '--subnet', '10.71.0.0/24', 'front');
    await engine.docker('network', 'create', '--subnet', '10.71.1.0/24', 'bare');
    const odd = ['-o', 'com.docker.network.bridge.enable_icc=false', '--ip-range', '10.71.2.128/25'];
    await engine.docker('network', 'create', '--subnet', '10.71.2.0/24', ...odd, 'noicc');
    await client.list();
    const named = ['--ip', '10.71.0.20', '--network-alias', 'nick', '--hostname', 'called'];
    const published = ['-p', '21000-21002:8000-8002'];
    await engine.docker(
      'run',
      '-d',
      '--stop-signal',
      'SIGKILL',
      '--name',
      'plain',
      '--network',
      'front',
      ...named,
      ...published,
      tinyImage,
    );
    await engine.docker('run', '-d', '--stop-signal', 'SIGKILL', '--name', 'default', tinyImage);
    await engine.docker(
      'run',
      '-d',
      '--stop-signal',
      'SIGKILL',
      '--name',
      'sharer',
      '--network',
      'container:plain',
      tinyImage,
    );
    const halted = await engine.docker('create', '--name', 'halted', '--network', 'front', '-p', '21050:80', tinyImage);
    await engine.docker('network', 'connect', 'bare', 'halted');
    await engine.docker('network', 'disconnect', 'bare', 'halted');
    await engine.docker('network', 'connect', 'bare', 'plain');
    await engine.docker('network', 'disconnect', 'bare', 'plain');
    // The last thing done is heard on every engine: what was not heard by then was not told.
    await engine.docker('rename', 'default', 'default2');
    await engine.docker('rename', 'default2', 'default');
    await until('the last event', () => events.filter((event) => event.action === 'rename').length === 2);
    stream.dispose();
    const get = (path: string, query?: Readonly<Record<string, string>>) =>
      transport.json({ method: 'GET', path, deadline: 10_000, ...(query === undefined ? {} : { query }) });
    return {
      list: asList(await get('/containers/json', { all: '1' })),
      networks: asList(await get('/networks')),
      events,
      halted,
    };
  } finally {
    transport.dispose();
    client.dispose();
  }
}
