/** The planned snapshot, the drift from an engine, interpolation, and which files make a project. */
import { describe, expect, it } from 'vitest';
import { parseDotenv } from '#compose/dotenv';
import { driftOf } from '#compose/drift';
import { projectFiles } from '#compose/files';
import { interpolate } from '#compose/interpolate';
import { join } from '#compose/paths';
import { containerId, plan, serviceOfPlan } from '#compose/plan';
import { composeFixture, composeText } from '#harness/composeFixtures';
import { reach } from '#model/reachability';
import { findReference } from '#model/referenceIndex';
import type { Container, Network, Snapshot } from '#model/snapshot';

const file = `
name: shop
services:
  web:
    image: nginx
    ports: ["8080:80", "127.0.0.1:9000-9001:9000-9001"]
    networks: {front: {aliases: [www]}, back: }
  db: {image: postgres, networks: {back: {ipv4_address: 10.9.0.5}}}
  tool: {image: tool, profiles: [tools], networks: [back]}
  probe: {image: probe, network_mode: "service:web"}
  agent: {image: agent, network_mode: host}
networks:
  front:
  back: {internal: true, ipam: {config: [{subnet: 10.9.0.0/24}]}}
`;

describe('the plan of a Compose file', () => {
  it('is a snapshot on which reachability and references work', async () => {
    const snapshot = plan(await composeText({ 'compose.yaml': file }));
    expect(snapshot.containers.map(({ name }) => name)).toEqual([
      'shop-agent-1',
      'shop-db-1',
      'shop-probe-1',
      'shop-web-1',
    ]);
    expect(snapshot.networks.map(({ name, internal }) => [name, internal])).toEqual([
      ['host', false],
      ['shop_back', true],
      ['shop_front', false],
    ]);
    const pair = { from: { container: containerId('web') }, to: { container: containerId('db') }, port: 5432 } as const;
    expect(reach(snapshot, pair).answer).toBe('yes');
    const other = { from: { container: containerId('db') }, to: { container: containerId('web') }, port: 80 } as const;
    expect(reach(snapshot, other).routes[0]?.names).toContain('web');
    const found = findReference(snapshot, { kind: 'name', start: 0, end: 3, host: 'www' });
    expect(found?.kind === 'names' && found.hits[0]?.container.name).toBe('shop-web-1');
    expect(findReference(snapshot, { kind: 'address', start: 0, end: 3, host: '10.9.0.1' })?.kind).toBe('gateway');
    expect(findReference(snapshot, { kind: 'local', start: 0, end: 3, host: 'localhost', port: 8080 })?.kind).toBe(
      'ports',
    );
    expect(serviceOfPlan(containerId('web', 3))).toBe('web');
  });

  it('starts as many containers as the file says', async () => {
    const snapshot = plan(await composeFixture('deploy'));
    expect(snapshot.containers.map(({ name }) => name)).toEqual([
      'deploy-api-1',
      'deploy-api-2',
      'deploy-web-1',
      'deploy-web-2',
      'deploy-web-3',
    ]);
  });
});

/** An engine on which the project runs exactly as planned, with the ids an engine would give. */
async function running(change: (snapshot: Snapshot) => Snapshot = (one) => one): Promise<Snapshot> {
  const planned = plan(await composeText({ 'compose.yaml': file }));
  const labels = (key: string): Record<string, string> => ({
    'com.docker.compose.project': 'shop',
    'com.docker.compose.network': key,
  });
  return change({
    ...planned,
    networks: planned.networks.map((network) => ({ ...network, labels: labels(network.name.replace('shop_', '')) })),
  });
}

async function drift(change?: (snapshot: Snapshot) => Snapshot): Promise<string[]> {
  const { differences } = driftOf(await composeText({ 'compose.yaml': file }), await running(change));
  return differences.map(({ rule, args }) => [rule, ...Object.values(args)].join(' '));
}

const withContainer =
  (name: string, change: (container: Container) => Container | undefined) =>
  (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    containers: snapshot.containers.flatMap((one) => (one.name === name ? (change(one) ?? []) : [one])),
  });
const withNetwork =
  (name: string, change: (network: Network) => Network) =>
  (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    networks: snapshot.networks.map((one) => (one.name === name ? change(one) : one)),
  });

describe('the drift from a running project', () => {
  it('is nothing where the engine has what the file says', async () => {
    expect(
      await drift((snapshot) => ({ ...snapshot, networks: snapshot.networks.filter(({ name }) => name !== 'host') })),
    ).toEqual([]);
  });
  it('is nothing, and not running, where the engine has nothing of it', async () => {
    const project = await composeText({ 'compose.yaml': file });
    const empty = { ...(await running()), containers: [] };
    expect(driftOf(project, empty)).toEqual({ running: false, differences: [] });
  });

  const places: readonly [string, (snapshot: Snapshot) => Snapshot, string[]][] = [
    [
      'a port that changed',
      withContainer('shop-web-1', (one) => ({
        ...one,
        published: one.published.map((port) => (port.hostPort === 8080 ? { ...port, hostPort: 8081 } : port)),
      })),
      ['port-changed web shop-web-1 8080:80/tcp 0.0.0.0:8081:80/tcp'],
    ],
    [
      'a port that is missing',
      withContainer('shop-web-1', (one) => ({
        ...one,
        published: one.published.filter(({ hostPort }) => hostPort !== 9001),
      })),
      ['port-missing web shop-web-1 127.0.0.1:9001:9001/tcp'],
    ],
    [
      'a port too many',
      withContainer('shop-db-1', (one) => ({
        ...one,
        published: [
          { hostIp: '0.0.0.0', hostPort: 5432, port: 5432, protocol: 'tcp' },
          { hostIp: '::', hostPort: 5432, port: 5432, protocol: 'tcp' },
        ],
      })),
      ['port-extra db shop-db-1 5432:5432/tcp'],
    ],
    [
      'an alias that is missing',
      withContainer('shop-web-1', (one) => ({
        ...one,
        endpoints: one.endpoints.map((endpoint) => ({ ...endpoint, aliases: [], dnsNames: ['web'] })),
      })),
      ['alias-missing web shop-web-1 shop_front www'],
    ],
    [
      'an address that changed',
      withContainer('shop-db-1', (one) => ({
        ...one,
        endpoints: one.endpoints.map((endpoint) => ({ ...endpoint, ipv4: '10.9.0.9' })),
      })),
      ['address db shop-db-1 shop_back 10.9.0.5 10.9.0.9'],
    ],
    [
      'a network it is not on',
      withContainer('shop-web-1', (one) => ({ ...one, endpoints: one.endpoints.slice(1) })),
      ['attachment-missing web shop-web-1 shop_front'],
    ],
    [
      'a container the file no longer has',
      (snapshot) => ({
        ...snapshot,
        containers: [
          ...snapshot.containers,
          { ...snapshot.containers[0]!, id: 'x', name: 'shop-old-1', compose: { project: 'shop', service: 'old' } },
        ],
      }),
      ['container-extra shop-old-1 old'],
    ],
    ['a service without container', withContainer('shop-db-1', () => undefined), ['service-missing db']],
    [
      'another mode',
      withContainer('shop-agent-1', (one) => ({ ...one, mode: 'none' })),
      ['mode agent shop-agent-1 host none'],
    ],
    [
      'a subnet that changed',
      withNetwork('shop_back', (one) => ({ ...one, ipam: [{ subnet: '10.8.0.0/24' }] })),
      ['network-subnet shop_back 10.9.0.0/24 10.8.0.0/24'],
    ],
    [
      'internal no more',
      withNetwork('shop_back', (one) => ({ ...one, internal: false })),
      ['network-internal shop_back true false'],
    ],
    [
      'a renamed network',
      withNetwork('shop_front', (one) => ({ ...one, name: 'old_front' })),
      ['network-renamed front shop_front old_front'],
    ],
  ];
  it.each(places)('names %s', async (_, change, expected) => {
    const host = (snapshot: Snapshot): Snapshot => ({
      ...snapshot,
      networks: snapshot.networks.filter(({ name }) => name !== 'host'),
    });
    expect(await drift((snapshot) => change(host(snapshot)))).toEqual(expected);
  });
});

describe('variables', () => {
  const values: Readonly<Record<string, string>> = { A: 'a', EMPTY: '' };
  /** `@` stands for the dollar sign, which a linter would take for a template's. */
  const dollars = (text: string): string => text.replaceAll('@', '$');
  it.each([
    ['@A-@{A}', 'a-a'],
    ['@{X:-d}@{EMPTY:-d}@{EMPTY-d}', 'dd'],
    ['@{X:-@{Y:-deep}}', 'deep'],
    ['@{A:+x}@{EMPTY:+x}@{EMPTY+y}@{X+z}', 'xy'],
    ['@@A @{A', '@A @{A'],
    ['@A cost: 5@', 'a cost: 5@'],
  ])('%s is %s', (text, expected) => {
    expect(interpolate(dollars(text), (name) => values[name]).text).toBe(dollars(expected));
  });
  it('that are not set are named', () => {
    expect(interpolate('$X $Y', () => undefined).unset).toEqual(['X', 'Y']);
  });
  it('are read from .env', () => {
    const read = parseDotenv('# c\nA=1 # one\nexport B="x\\n$A"\nC=\'$A\'\nD=a#b\nE=\n', () => undefined);
    expect(Object.fromEntries(read)).toEqual({ A: '1', B: 'x\n1', C: '$A', D: 'a#b', E: '' });
  });
});

describe('the files of a project', () => {
  const read =
    (texts: Readonly<Record<string, string>>) =>
    async (name: string): Promise<string | undefined> =>
      texts[name];
  it.each([
    ['compose.yaml alone', '/p/compose.yaml', { '/p/compose.yaml': '' }, ['/p/compose.yaml']],
    [
      'with its override',
      '/p/compose.yaml',
      { '/p/compose.override.yml': '' },
      ['/p/compose.yaml', '/p/compose.override.yml'],
    ],
    [
      'from the override',
      '/p/compose.override.yaml',
      { '/p/docker-compose.yml': '' },
      ['/p/docker-compose.yml', '/p/compose.override.yaml'],
    ],
    [
      'a part over its base',
      '/p/docker-compose.prod.yml',
      { '/p/docker-compose.yml': '', '/p/docker-compose.prod.yml': 'services: {a: {ports: ["1:1"]}}' },
      ['/p/docker-compose.yml', '/p/docker-compose.prod.yml'],
    ],
    [
      'a variant that stands alone',
      '/p/docker-compose.dev.yml',
      { '/p/docker-compose.yml': '', '/p/docker-compose.dev.yml': 'services: {a: {image: a}}' },
      ['/p/docker-compose.dev.yml'],
    ],
  ] as const)('are found: %s', async (_, open, texts, expected) => {
    expect(await projectFiles(open, read(texts))).toEqual(expected);
  });
  it('lie where their paths say', () => {
    expect(join('file:///a/b', '../c/./d.yml')).toBe('file:///a/c/d.yml');
    expect(join('vscode-remote://ssh+x/a', '/etc/x.yml')).toBe('vscode-remote://ssh+x/etc/x.yml');
    expect(join('/a/b', 'c')).toBe('/a/b/c');
  });
});
