/** What stands beside the drawing for one node: route, networks, published ports and who is reached, as rows. */
import * as vscode from 'vscode';
import type { Snapshot } from '#model/snapshot';
import { buildGraph, type Graph, type GraphContainer, type GraphNetwork } from '#model/topology/graph';
import { containerPortsOf, hostPortsOf, type Plug } from '#model/topology/plugs';
import { containerOf, membersOf } from '#model/topology/related';
import type { DetailCell, NodeDetails } from '#protocol';
import type { Target } from '#views/target';
import { scopeOf, vainSentence } from '#views/topologyScopes';
import { driverWord, stateWords } from '#views/words';

/** `engine` is what commands are told; `hostName` what the route calls the machine. */
export function detailsOf(
  snapshot: Snapshot,
  key: string,
  engine: string,
  hostName: string,
  planned: boolean,
): NodeDetails | undefined {
  const graph = buildGraph(snapshot);
  const network = graph.networks.find((found) => found.key === key);
  if (network) return networkDetails(graph, network, engine, planned);
  const container = containerOf(graph, key);
  if (!container) return undefined;
  const plug = container.plugs.find((found) => found.key === key);
  return containerDetails(graph, container, plug, { key, engine, hostName, planned });
}

interface Asked {
  readonly key: string;
  readonly engine: string;
  readonly hostName: string;
  readonly planned: boolean;
}

function containerDetails(graph: Graph, container: GraphContainer, plug: Plug | undefined, asked: Asked): NodeDetails {
  const owner = ownerOf(graph, container);
  const target: Target = { kind: 'container', engine: asked.engine, container: container.id };
  const tables = [networksTable(owner), publishedTable(owner), reachesTable(graph, owner)];
  return {
    key: asked.key,
    title: container.name,
    subtitle: `${container.image} · ${stateWords(container.container)}`,
    actions: asked.planned ? [] : containerActions(container, plug, target, asked.engine),
    route: route(owner, plug ?? owner.plugs[0], asked.hostName),
    tables: tables.filter((table) => table.rows.length > 0),
  };
}

function containerActions(
  container: GraphContainer,
  plug: Plug | undefined,
  target: Target,
  engine: string,
): NodeDetails['actions'] {
  const open = plug ?? container.plugs.find((found) => found.exposure !== 'vain' && found.protocol === 'tcp');
  const { hostIp, hostPort, port, protocol } = open?.bindings[0] ?? {};
  const portTarget =
    hostIp === undefined || hostPort === undefined || port === undefined || protocol === undefined
      ? undefined
      : { kind: 'port' as const, engine, container: container.id, hostIp, hostPort, port, protocol };
  return [
    { icon: 'plug', label: vscode.l10n.t('Connect to a network…'), command: 'connectContainer', target },
    { icon: 'target', label: vscode.l10n.t('Explain a connection…'), command: 'explainConnection', target },
    ...(portTarget
      ? [{ icon: 'linkExternal', label: vscode.l10n.t('Open port'), command: 'openPort', target: portTarget }]
      : []),
    { icon: 'json', label: vscode.l10n.t('Inspect'), command: 'inspect', target },
  ];
}

/** The container whose addresses and ports count: its own, or those of the one whose network it shares. */
function ownerOf(graph: Graph, container: GraphContainer): GraphContainer {
  let owner = container;
  const seen = new Set<string>();
  while (owner.sharesWith !== undefined && !seen.has(owner.id)) {
    seen.add(owner.id);
    const next = graph.containers.get(owner.sharesWith);
    if (!next) return owner;
    owner = next;
  }
  return owner;
}

function route(owner: GraphContainer, plug: Plug | undefined, hostName: string): readonly DetailCell[] {
  const endpoint = owner.endpoints.at(-1);
  if (!plug || plug.exposure === 'vain' || !endpoint?.address || plug.hostPort === 0) return [];
  const from = plug.exposure === 'local' ? vscode.l10n.t('this machine') : vscode.l10n.t('LAN');
  const address = endpoint.address.includes(':') ? `[${endpoint.address}]` : endpoint.address;
  return [
    { text: from },
    { text: `${plug.address ?? hostName}:${plug.hostPort}`, mono: true },
    { text: endpoint.network.name, network: endpoint.network.id },
    { text: `${address}:${plug.port}`, mono: true },
  ];
}

function networksTable(owner: GraphContainer): NodeDetails['tables'][number] {
  return {
    columns: [vscode.l10n.t('Network'), vscode.l10n.t('Address'), vscode.l10n.t('Name')],
    rows: owner.endpoints
      .filter(({ network }) => network.network !== undefined)
      .map(({ network, address, ipv6, staticIp, endpoint }) => {
        const name = (endpoint?.aliases ?? endpoint?.dnsNames ?? [])[0] ?? owner.name;
        const both = [address, ipv6].filter(Boolean).join(' ');
        const said = staticIp ? `${both} (${vscode.l10n.t('static')})` : both;
        const resolves = network.network?.resolvesNames ?? false;
        return [
          { text: network.name, network: network.id },
          { text: said || '–', mono: true },
          resolves ? { text: name, mono: true, dim: true } : { text: vscode.l10n.t('no names'), dim: true },
        ];
      }),
  };
}

function publishedTable(owner: GraphContainer): NodeDetails['tables'][number] {
  return {
    columns: [vscode.l10n.t('Published'), vscode.l10n.t('To'), vscode.l10n.t('Host address')],
    rows: [
      ...owner.plugs.map((plug) => [
        {
          text: `${hostPortsOf(plug)} → ${containerPortsOf(plug)}`,
          mono: true,
        },
        { text: plug.vainReason ? vainSentence(plug.vainReason) : scopeOf(plug) },
        {
          text: [...new Set(plug.bindings.map(({ hostIp }) => hostIp))]
            .map((hostIp) => (hostIp.includes(':') ? `[${hostIp}]` : hostIp || '0.0.0.0'))
            .join(', '),
          mono: true,
          dim: true,
        },
      ]),
      ...ownPorts(owner),
    ],
  };
}

/** In host mode what a container listens on is the host's own: what its image says of that. */
function ownPorts(owner: GraphContainer): readonly (readonly DetailCell[])[] {
  if (owner.container.mode !== 'host') return [];
  return (owner.container.exposed ?? []).map(({ port, protocol }) => [
    { text: protocol === 'tcp' ? String(port) : `${port}/${protocol}`, mono: true },
    { text: vscode.l10n.t('the host’s own port') },
    { text: vscode.l10n.t('if it listens there'), dim: true },
  ]);
}

/** Running containers on the same networks, by name where names resolve. */
function reachesTable(graph: Graph, owner: GraphContainer): NodeDetails['tables'][number] {
  const rows = owner.endpoints
    .filter(({ network }) => network.network !== undefined && network.kind !== 'none' && network.kind !== 'host')
    .flatMap(({ network }) => {
      const others = membersOf(graph, network).filter((member) => member !== owner && member.running);
      if (others.length === 0 || network.network?.interContainer === false) return [];
      const names = others.slice(0, 12).map((member) => {
        const endpoint = member.endpoints.find((found) => found.network === network);
        return network.network?.resolvesNames ? member.name : (endpoint?.address ?? member.name);
      });
      const more = others.length > names.length ? `, +${others.length - names.length}` : '';
      return [[{ text: network.name, network: network.id }, { text: `${names.join(', ')}${more}` }]];
    });
  return { columns: [vscode.l10n.t('Reaches'), vscode.l10n.t('By name or address')], rows };
}

function networkDetails(graph: Graph, network: GraphNetwork, engine: string, planned: boolean): NodeDetails {
  const target: Target = { kind: 'network', engine, network: network.id };
  const closed = network.kind === 'host' || network.kind === 'none' || planned || !network.network;
  const members = membersOf(graph, network);
  const subnets = network.network?.ipam ?? [];
  const facts = [
    driverWord(network.driver),
    ...(network.internal ? [vscode.l10n.t('internal')] : []),
    ...(network.parent ? [network.parent] : []),
  ];
  return {
    key: network.key,
    title: network.name,
    subtitle: facts.join(' · '),
    actions: closed
      ? []
      : [
          { icon: 'plug', label: vscode.l10n.t('Connect a container…'), command: 'connectContainer', target },
          { icon: 'json', label: vscode.l10n.t('Inspect'), command: 'inspect', target },
        ],
    route: [],
    tables: [
      {
        columns: [vscode.l10n.t('Subnet'), vscode.l10n.t('Gateway')],
        rows: subnets.map(({ subnet, gateway }) => [
          { text: subnet, mono: true },
          { text: gateway ?? '–', mono: true },
        ]),
      },
      {
        columns: [vscode.l10n.t('Container'), vscode.l10n.t('Address'), vscode.l10n.t('State')],
        rows: members
          .slice(0, 200)
          .map((member) => [
            { text: member.name },
            { text: member.endpoints.find((found) => found.network === network)?.address ?? '–', mono: true },
            { text: stateWords(member.container), dim: true },
          ]),
      },
    ].filter((table) => table.rows.length > 0),
  };
}
