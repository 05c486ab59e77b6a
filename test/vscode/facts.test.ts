/** What is said where the engine's host may be read, and the reason where not; whose certificate is at fault; dragging. */
import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { portRows } from '#model/ports';
import { relationsOf } from '#model/relations';
import type { Container, Engine, Host, Network, Snapshot } from '#model/snapshot';
import { containerFacts, networkFacts, portFacts } from '#views/facts';
import { problemWords } from '#views/problems';
import { ContainerDrag } from '#views/tree/dragAndDrop';
import type { TreeNode } from '#views/tree/nodes';

const network: Network = {
  id: 'a'.repeat(64),
  name: 'shop',
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ingress: false,
  ipv6: false,
  ipam: [{ subnet: '10.71.0.0/24', gateway: '10.71.0.1' }],
  bridgeName: 'br-aaaaaaaaaaaa',
  builtIn: false,
  resolvesNames: true,
  interContainer: true,
  options: {},
  labels: {},
  created: '',
};
const endpoint = {
  networkId: network.id,
  network: 'shop',
  ipv4: '10.71.0.2',
  mac: '02:42:0a:47:00:02',
  staticIp: false,
};

function snapshot(where: Engine['where'], host?: Partial<Host>, veth?: string): Snapshot {
  const container: Container = {
    id: 'c'.repeat(64),
    name: 'web',
    image: 'tiny:1',
    state: 'running',
    mode: 'networks',
    endpoints: [{ ...endpoint, ...(veth === undefined ? {} : { veth }) }],
    published: [{ hostIp: '0.0.0.0', hostPort: 8080, port: 80, protocol: 'tcp' }],
    labels: {},
    complete: true,
  };
  return {
    engine: { name: 's', endpoint: 'unix:///x', kind: 'docker', version: '28', apiVersion: '1.48', where },
    takenAt: 0,
    complete: true,
    networks: [network],
    containers: [container],
    ...(host ? { host: { addresses: [], routes: [], ...host } } : {}),
  };
}

const hostInterface = (of: Snapshot): readonly string[] =>
  containerFacts(of, 'c'.repeat(64))
    .filter(({ label }) => label === 'Host interface')
    .map(({ value }) => value);

const liveRules = (of: Snapshot): readonly string[] => {
  const relations = relationsOf(of);
  const [row] = of.containers.flatMap((container) => portRows(container, relations));
  assert.ok(row);
  return portFacts(of, row)
    .filter(({ label }) => label.startsWith('Live rule'))
    .map(({ label, value }) => `${label}: ${value}`);
};

suite('what the host tells', () => {
  test('of an endpoint: its interface, or why there is none', () => {
    assert.deepEqual(hostInterface(snapshot('this-host', {}, 'veth12ab34c')), ['veth12ab34c']);
    assert.deepEqual(hostInterface(snapshot('this-host', { vethUnavailable: 'permission' })), [
      'not readable for this user: only root sees into containers',
    ]);
    assert.deepEqual(hostInterface(snapshot('this-host', { vethUnavailable: 'processes' })), [
      'not found: the engine’s processes cannot be seen from here',
    ]);
    assert.deepEqual(hostInterface(snapshot('vm')), ['known only when the engine runs on this machine']);
  });

  test('of a network: its bridge device', () => {
    const facts = networkFacts(snapshot('this-host', {}), network.id);
    assert.ok(facts.some(({ label, copy }) => label === 'Bridge device' && copy === 'br-aaaaaaaaaaaa'));
  });

  test('of a port: the live rule, or why there is none', () => {
    const text = '-A DOCKER ! -i br-aaaaaaaaaaaa -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.71.0.2:80';
    assert.deepEqual(liveRules(snapshot('this-host', { nat: [{ tool: 'iptables', text }] })), [
      `Live rule (iptables): ${text}`,
    ]);
    assert.match(liveRules(snapshot('this-host', { nat: [] }))[0] ?? '', /none in the packet filter/);
    assert.match(liveRules(snapshot('this-host', { natUnavailable: 'permission' }))[0] ?? '', /only root/);
    assert.match(liveRules(snapshot('this-host', { natUnavailable: 'tool' }))[0] ?? '', /neither iptables nor nft/);
    assert.match(liveRules(snapshot('this-host', { natUnavailable: 'failed' }))[0] ?? '', /did not answer/);
    assert.match(liveRules(snapshot('remote'))[0] ?? '', /runs on this machine/);
  });
});

test('whose certificate is at fault', () => {
  const asked = { label: 'far', url: 'tcp://far:2376' };
  const causeOf = (detail: string): string => problemWords({ kind: 'tls', detail }, asked).cause;
  assert.equal(
    causeOf('ssl/tls alert certificate expired:SSL alert number 45'),
    'Your client certificate for tcp://far:2376 has expired.',
  );
  assert.equal(
    causeOf('ssl/tls alert bad certificate:SSL alert number 42'),
    'tcp://far:2376 rejects your client certificate.',
  );
  assert.equal(
    causeOf('tlsv13 alert certificate required:SSL alert number 116'),
    'tcp://far:2376 asks for a client certificate, and there is none.',
  );
  assert.equal(causeOf('certificate has expired'), 'The certificate of tcp://far:2376 has expired.');
  assert.match(causeOf('self-signed certificate in certificate chain'), /not signed by a known authority/);
});

suite('dragging in the Networks view', () => {
  const drag = new ContainerDrag();
  const row = (kind: 'network' | 'container', engine: string, on: string, container = 'web'): TreeNode =>
    kind === 'network'
      ? { kind, id: `${engine}/${on}`, parent: engine, engine, network: on }
      : {
          kind,
          id: `${engine}/${on}/${container}`,
          parent: `${engine}/${on}`,
          engine,
          network: on,
          container,
          target: { kind: 'container', engine, container, network: on },
        };
  const dragged = async (rows: readonly TreeNode[]): Promise<vscode.DataTransfer> => {
    const data = new vscode.DataTransfer();
    drag.handleDrag(rows, data);
    return data;
  };
  const carried = async (data: vscode.DataTransfer): Promise<unknown> => {
    const item = data.get(drag.dragMimeTypes[0] ?? '');
    return item && JSON.parse(await item.asString());
  };

  test('takes containers along, and nothing else', async () => {
    const data = await dragged([
      row('container', 'e', 'n1'),
      row('network', 'e', 'n1'),
      row('container', 'e', 'n2', 'db'),
    ]);
    assert.deepEqual(await carried(data), [
      { kind: 'container', engine: 'e', container: 'web', network: 'n1' },
      { kind: 'container', engine: 'e', container: 'db', network: 'n2' },
    ]);
    assert.equal(await carried(await dragged([row('network', 'e', 'n1')])), undefined);
  });

  test('does nothing where there is nothing to connect', async () => {
    const web = await dragged([row('container', 'e', 'n1')]);
    // Its own network, a row of another engine, no row, and something foreign: none of these asks anything.
    await drag.handleDrop(row('network', 'e', 'n1'), web);
    await drag.handleDrop(row('container', 'e', 'n1', 'db'), web);
    await drag.handleDrop(row('network', 'other', 'n9'), web);
    await drag.handleDrop(undefined, web);
    const foreign = new vscode.DataTransfer();
    foreign.set(drag.dropMimeTypes[0] ?? '', new vscode.DataTransferItem('{"kind":'));
    await drag.handleDrop(row('network', 'e', 'n2'), foreign);
  });
});
