/** One service of the merged tree as its networking. */
import { attachmentsOf } from '#compose/loader';
import { readPorts } from '#compose/ports';
import { child, itemsOf, type Problem, pairsOf, type Span, type Tree, textOf } from '#compose/tree';
import type { Attachment, ComposeService, LinkSpec, Placed } from '#compose/types';

export function readService(name: string, at: Span, tree: Tree, problems: Problem[]): ComposeService {
  const networksTree = child(tree, 'networks');
  const portsEntry = tree.kind === 'map' ? tree.entries.get('ports') : undefined;
  const linksTree = child(tree, 'links');
  const optional = <K extends string>(key: K, value: string | undefined): { [P in K]?: string } =>
    value === undefined || value === '' ? {} : ({ [key]: value } as { [P in K]: string });
  const mode = placed(child(tree, 'network_mode'));
  return {
    name,
    at,
    body: tree.at,
    ...optional('image', textOf(child(tree, 'image'))),
    ...optional('containerName', textOf(child(tree, 'container_name'))),
    ...optional('hostname', textOf(child(tree, 'hostname'))),
    ...(mode && mode.value !== '' ? { networkMode: mode } : {}),
    networks: attachmentsOf(networksTree).map(([network, entry]) => readAttachment(network, entry.key, entry.value)),
    ...(networksTree ? { networksAt: networksTree.at } : {}),
    ports: readPorts(portsEntry?.value, problems),
    ...(portsEntry
      ? { portsAt: { ...portsEntry.value.at, start: Math.min(portsEntry.key.start, portsEntry.value.at.start) } }
      : {}),
    expose: itemsOf(child(tree, 'expose')).flatMap((item) => placed(item) ?? []),
    links: itemsOf(linksTree).flatMap(readLink),
    ...(linksTree ? { linksAt: linksTree.at } : {}),
    environment: new Map(
      [...pairsOf(child(tree, 'environment'))].flatMap(([key, value]) => {
        const one = placed(value);
        return one ? [[key, one] as const] : [];
      }),
    ),
    commands: [child(tree, 'command'), child(tree, 'entrypoint'), child(child(tree, 'healthcheck'), 'test')].flatMap(
      texts,
    ),
    dependsOn: attachmentsOf(child(tree, 'depends_on')).map(([other]) => other),
    extraHosts: [...pairsOf(child(tree, 'extra_hosts')).keys(), ...pairsOf(child(tree, 'extra_hosts'), ':').keys()],
    profiles: itemsOf(child(tree, 'profiles')).flatMap((item) => textOf(item) ?? []),
    replicas: count(child(tree, 'scale')) ?? count(child(child(tree, 'deploy'), 'replicas')) ?? 1,
  };
}

function readAttachment(network: string, at: Span, tree: Tree): Attachment {
  const ipv4 = placed(child(tree, 'ipv4_address'));
  const ipv6 = placed(child(tree, 'ipv6_address'));
  const priority = count(child(tree, 'priority'));
  return {
    network,
    at,
    aliases: itemsOf(child(tree, 'aliases')).flatMap((item) => textOf(item) ?? []),
    ...(ipv4 && ipv4.value !== '' ? { ipv4 } : {}),
    ...(ipv6 && ipv6.value !== '' ? { ipv6 } : {}),
    ...(priority === undefined ? {} : { priority }),
  };
}

function readLink(item: Tree): readonly LinkSpec[] {
  const [service, alias] = (textOf(item) ?? '').split(':');
  if (!service) return [];
  return [{ service, ...(alias ? { alias } : {}), at: item.at }];
}

function texts(tree: Tree | undefined): readonly Placed<string>[] {
  if (tree === undefined) return [];
  if (tree.kind === 'list') return tree.items.flatMap((item) => placed(item) ?? []);
  const one = placed(tree);
  return one ? [one] : [];
}

export function placed(tree: Tree | undefined): Placed<string> | undefined {
  const text = textOf(tree);
  return text === undefined || tree?.kind !== 'scalar' ? undefined : { value: text, at: tree.at, unsure: tree.unsure };
}

function count(tree: Tree | undefined): number | undefined {
  const value = Number(textOf(tree) ?? Number.NaN);
  return Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** Text values of a map or `KEY=value` list. */
export function record(tree: Tree | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries([...pairsOf(tree)].map(([key, value]) => [key, textOf(value) ?? '']));
}
