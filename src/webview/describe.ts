/** Says a node in one sentence, for screen readers and tooltips. */
import type { DrawnNode } from '#model/topology/drawing';
import type { Graph, GraphContainer, GraphEndpoint, GraphNetwork } from '#model/topology/graph';
import { containerPortsOf, hostPortsOf, type Plug } from '#model/topology/plugs';
import { oneLine } from '#model/topology/widths';
import type { Words } from '#webview/words';

/** Longer names than this are told by the details alone. */
const longest = 200;
const clip = (text: string): string => {
  const line = oneLine(text.slice(0, longest + 1));
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};

/** `host`: what the engine is called; its id, which the graph knows, means nothing to people. */
export function describe(node: DrawnNode, graph: Graph, words: Words, host: string): string {
  if (node.kind === 'host') return clip(host);
  if (node.kind === 'outside') return words.say('sayLan');
  if (node.kind === 'network') {
    const network = graph.networks.find((found) => found.key === node.key);
    return network ? describeNetwork(network, graph, words) : '';
  }
  const container = node.containerId === undefined ? undefined : graph.containers.get(node.containerId);
  if (!container) return '';
  if (node.kind === 'port') {
    const plug = container.plugs.find((found) => found.key === node.key);
    return plug ? describePort(plug, container, words) : '';
  }
  if (node.kind === 'ghost') {
    const endpoint = container.endpoints.find((found) => found.network.id === node.networkId);
    const name = endpoint?.network.name ?? '';
    return words.say('sayGhost', clip(container.name), clip(name), endpoint?.address ?? words.say('noNetwork'));
  }
  return describeContainer(container, graph, words);
}

function describeNetwork(network: GraphNetwork, graph: Graph, words: Words): string {
  let members = 0;
  for (const root of graph.roots) if (root.endpoints.some((endpoint) => endpoint.network === network)) members++;
  const parts = [words.say('sayNetwork', clip(network.name), network.driver, network.subnet ?? '').replace(/, $/, '')];
  if (network.gateway) parts.push(`${words.say('gateway')} ${network.gateway}`);
  if (network.internal) parts.push(words.say('sayInternal'));
  if (network.shared) parts.push(words.say('shared', network.projects.length));
  parts.push(words.say('sayMembers', members));
  return parts.join(', ');
}

function describeContainer(container: GraphContainer, graph: Graph, words: Words): string {
  const parts = [words.say('sayContainer', clip(container.name), stateOf(container, words), clip(container.image))];
  if (container.sharesWith !== undefined) {
    const owner = graph.containers.get(container.sharesWith);
    parts.push(words.say('sayShares', clip(owner?.name ?? container.sharesWith.slice(0, 12))));
  }
  for (const endpoint of container.endpoints) parts.push(describeEndpoint(endpoint, words));
  for (const plug of container.plugs) parts.push(describePlug(plug, words));
  for (const link of container.links) parts.push(words.say('sayLink', clip(link.name), clip(link.alias)));
  return parts.filter((part) => part !== '').join(', ');
}

export function stateOf(container: GraphContainer, words: Words): string {
  if (container.unhealthy) return words.say('unhealthy');
  switch (container.container.state) {
    case 'running':
    case 'paused':
    case 'restarting':
    case 'created':
    case 'removing':
    case 'dead':
      return words.say(container.container.state);
    default:
      return words.say('stopped');
  }
}

function describeEndpoint(endpoint: GraphEndpoint, words: Words): string {
  if (endpoint.network.kind === 'host') return words.say('sayHost');
  if (endpoint.network.kind === 'none') return words.say('sayNoNetwork');
  const name = clip(endpoint.network.name);
  if (endpoint.address === undefined) return words.say('inNetwork', name);
  const address = endpoint.ipv6 ? `${endpoint.address} ${endpoint.ipv6}` : endpoint.address;
  return words.say(endpoint.staticIp ? 'sayStatic' : 'sayAddress', address, name);
}

export function reachOf(plug: Plug, words: Words): string {
  switch (plug.exposure) {
    case 'all':
      return words.say('allInterfaces');
    case 'ipv4':
      return words.say('allIpv4');
    case 'local':
      return words.say('thisMachineOnly');
    case 'one':
      return plug.address ?? '';
    case 'vain':
      return words.say('noEffect');
  }
}

function describePlug(plug: Plug, words: Words): string {
  const [from, port] = [hostPortsOf(plug), containerPortsOf(plug)];
  if (plug.exposure === 'vain') return words.say('sayNoEffect', from, port);
  return words.say('sayPublishes', from, port, reachOf(plug, words));
}

function describePort(plug: Plug, container: GraphContainer, words: Words): string {
  return words.say('sayPort', hostPortsOf(plug), containerPortsOf(plug), clip(container.name), reachOf(plug, words));
}
