/** Disagreements with the kernel that seeded topologies found, each as the smallest snapshot that shows it. */
import { expect, test } from 'vitest';
import { reach } from '#model/reachability';
import type { Container, Endpoint, Network, Snapshot } from '#model/snapshot';

const network = (name: string, prefix: string, more: Partial<Network> = {}): Network => ({
  id: name,
  name,
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ingress: false,
  ipv6: false,
  ipam: [{ subnet: `${prefix}.0/24`, gateway: `${prefix}.1` }],
  builtIn: false,
  resolvesNames: true,
  interContainer: true,
  options: {},
  labels: {},
  created: '',
  ...more,
});
const noMasquerade = { options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' } };
const macvlan = network('lan', '192.0.2', { driver: 'macvlan', options: { parent: 'eth0' } });

const on = (name: string, ipv4: string, more: Partial<Endpoint> = {}): Endpoint => ({
  networkId: name,
  network: name,
  ipv4,
  staticIp: false,
  aliases: [],
  dnsNames: [],
  ...more,
});

const container = (name: string, endpoints: Endpoint[], hostIp?: string): Container => ({
  id: `${name}-id`,
  name,
  image: 'tiny:1',
  state: 'running',
  mode: 'networks',
  endpoints,
  published: hostIp === undefined ? [] : [{ hostIp, hostPort: 9000, port: 80, protocol: 'tcp' }],
  links: [],
  labels: {},
  complete: true,
});

const snapshot = (networks: Network[], containers: Container[], version = '28.0.0'): Snapshot => ({
  engine: { name: 'e', endpoint: '', kind: 'docker', version, apiVersion: '', where: 'this-host' },
  takenAt: 0,
  complete: true,
  networks,
  containers,
  host: { addresses: [{ name: 'eth0', address: '192.0.2.10', prefix: 24 }], routes: [] },
});
const outside = { outside: true } as const;
const host = { host: true } as const;
const c = (name: string) => ({ container: name });

test('docker-28 seed 5: a dual-stack network carries the default route before an earlier name', () => {
  const networks = [network('a-plain', '10.1.1', noMasquerade), network('z-dual', '10.1.2', { ipv6: true })];
  const two = container('two', [on('a-plain', '10.1.1.2'), on('z-dual', '10.1.2.2', { ipv6: 'fd00::2' })]);
  expect(reach(snapshot(networks, [two]), { from: c('two'), to: outside }).answer).toBe('yes');
});

test('docker-28 seed 2: a port is not published where the default route leaves by macvlan', () => {
  const networks = [macvlan, network('shop', '10.1.1')];
  const two = container('two', [on('lan', '192.0.2.130'), on('shop', '10.1.1.2')], '0.0.0.0');
  const answer = reach(snapshot(networks, [two]), { from: outside, to: c('two'), port: 80 });
  expect(answer.routes.map(({ via }) => via.kind)).toEqual(['lan']);
});

test('docker-28 seed 2: the host’s LAN address is reached by the macvlan leg, which the kernel keeps apart', () => {
  const networks = [macvlan, network('a-shop', '10.1.1')];
  const two = container('two', [on('lan', '192.0.2.130'), on('a-shop', '10.1.1.2')]);
  const answer = reach(snapshot(networks, [two]), { from: c('two'), to: host });
  expect(answer.routes.map(({ address }) => address)).toEqual(['10.1.1.1']);
});

test('docker-20.10 seed 4: answers that leave by a macvlan leg never arrive', () => {
  const networks = [macvlan, network('a-shop', '10.1.1')];
  const two = container('two', [on('lan', '192.0.2.130'), on('a-shop', '10.1.1.2')], '192.0.2.10');
  const answer = reach(snapshot(networks, [two], '20.10.24'), { from: host, to: c('two'), port: 80 });
  expect(answer.routes.map(({ via }) => via.kind)).toEqual(['gateway']);
});

test('docker-28 seed 100: a second leg on the LAN needs no default route', () => {
  const networks = [macvlan, network('a-shop', '10.1.1', noMasquerade)];
  const two = container('two', [on('lan', '192.0.2.130'), on('a-shop', '10.1.1.2')]);
  expect(reach(snapshot(networks, [two]), { from: c('two'), to: outside }).answer).toBe('yes');
});

test('docker-28 seed 108: an alias that two of the asker’s networks know is not offered', () => {
  const networks = [network('one', '10.1.1'), network('two', '10.1.2')];
  const asker = container('asker', [on('one', '10.1.1.2'), on('two', '10.1.2.2')]);
  const first = container('first', [on('one', '10.1.1.3', { aliases: ['shared'] })]);
  const second = container('second', [on('two', '10.1.2.3', { aliases: ['shared'] })]);
  const answer = reach(snapshot(networks, [asker, first, second]), { from: c('asker'), to: c('first') });
  expect(answer.routes.flatMap(({ names }) => names)).toEqual(['first', 'first-id'.slice(0, 12)]);
});

test('podman-5.4 seed 201: by which of two networks a container leaves is not told', () => {
  const isolated = { options: { isolate: 'true' } };
  const networks = [network('a', '10.1.1', isolated), network('z', '10.1.2', isolated)];
  const asker = container('asker', [on('a', '10.1.1.2'), on('z', '10.1.2.2')]);
  const target = container('target', [on('z', '10.1.2.3')], '192.0.2.10');
  const made = snapshot(networks, [asker, target], '5.4.2');
  const podman = { ...made, engine: { ...made.engine, kind: 'podman' as const } };
  const answer = reach(podman, { from: c('asker'), to: c('target'), port: 80 });
  // It gets there by the network they share; through the published port nothing is promised.
  expect(answer.answer).toBe('yes');
  expect(answer.routes.map(({ via }) => via.kind)).toEqual(['network']);
});

test('docker-28 seed 207: gateway mode “routed” opens ports only where the target’s default route is', () => {
  const routed = { options: { 'com.docker.network.bridge.gateway_mode_ipv4': 'routed' } };
  const networks = [network('a-routed', '10.1.1', routed), network('z-dual', '10.1.2', { ipv6: true })];
  const asker = container('asker', [on('z-dual', '10.1.2.2', { ipv6: 'fd00::2' })]);
  const two = [on('a-routed', '10.1.1.3'), on('z-dual', '10.1.2.3', { ipv6: 'fd00::3' })];
  const one = [on('a-routed', '10.1.1.4')];
  const made = snapshot(networks, [asker, container('two', two, '0.0.0.0'), container('one', one, '0.0.0.0')]);
  const addresses = (to: string) =>
    reach(made, { from: c('asker'), to: c(to), port: 80 }).routes.map(({ address }) => address);
  expect(addresses('two')).not.toContain('10.1.1.3');
  expect(addresses('one')).toContain('10.1.1.4');
});
