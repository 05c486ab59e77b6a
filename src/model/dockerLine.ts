/** The commands a person would type, and the Compose fragment a person would write: text to read and copy, never run. */
import type { NetworkDraft } from '#model/networkDraft';
import { formatPortSpec } from '#model/portSpec';
import type { RunRequest } from '#model/runRequest';

/** One word for a POSIX shell. */
export function quoteWord(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

const line = (words: readonly string[]): string => words.map(quoteWord).join(' ');

/** `docker network create …` for this draft. */
export function networkCreateLine(draft: NetworkDraft): string {
  const words = ['docker', 'network', 'create'];
  if (draft.driver !== 'bridge') words.push('--driver', draft.driver);
  for (const config of draft.subnets) {
    words.push('--subnet', config.subnet);
    if (config.gateway) words.push('--gateway', config.gateway);
    if (config.ipRange) words.push('--ip-range', config.ipRange);
    for (const [name, address] of Object.entries(config.reserved ?? {}))
      words.push('--aux-address', `${name}=${address}`);
  }
  if (draft.ipv6 || draft.subnets.some(({ subnet }) => subnet.includes(':'))) words.push('--ipv6');
  if (draft.internal) words.push('--internal');
  if (draft.attachable) words.push('--attachable');
  for (const [name, value] of Object.entries(draft.options)) words.push('--opt', `${name}=${value}`);
  for (const [name, value] of Object.entries(draft.labels))
    words.push('--label', value === '' ? name : `${name}=${value}`);
  return line([...words, draft.name]);
}

/** `docker run --detach …`; networks beyond the first follow as `docker network connect …` lines (engines before API 1.44). */
export function runLine(request: RunRequest): string {
  const words = ['docker', 'run', '--detach'];
  const { mode } = request;
  if (request.name) words.push('--name', request.name);
  if (mode.kind === 'host' || mode.kind === 'none') words.push('--network', mode.kind);
  if (mode.kind === 'container') words.push('--network', `container:${mode.name}`);
  const [first, ...others] = mode.kind === 'networks' ? mode.networks : [];
  if (first) words.push('--network', first.name);
  if (first?.ipv4) words.push('--ip', first.ipv4);
  if (first?.ipv6) words.push('--ip6', first.ipv6);
  for (const alias of first?.aliases ?? []) words.push('--network-alias', alias);
  if (request.publishAll) words.push('--publish-all');
  for (const spec of request.publish) words.push('--publish', formatPortSpec(spec));
  for (const link of request.links) words.push('--link', link);
  for (const entry of request.env) words.push('--env', entry);
  for (const volume of request.volumes) words.push('--volume', volume);
  if (request.restart && request.restart !== 'no') words.push('--restart', request.restart);
  for (const [name, value] of Object.entries(request.labels ?? {})) words.push('--label', `${name}=${value}`);
  words.push(request.image, ...(request.command ?? []));
  const connects = others.map((network) => {
    const parts = ['docker', 'network', 'connect'];
    if (network.ipv4) parts.push('--ip', network.ipv4);
    if (network.ipv6) parts.push('--ip6', network.ipv6);
    for (const alias of network.aliases ?? []) parts.push('--alias', alias);
    return line([...parts, network.name, request.name ?? 'CONTAINER']);
  });
  return [line(words), ...connects].join('\n');
}

/** The `networks:` part of a Compose file for this draft; the name is fixed, or Compose would prefix it with the project's. */
export function composeFragment(draft: NetworkDraft): string {
  const lines = [
    'networks:',
    `  ${scalar(draft.name)}:`,
    `    name: ${scalar(draft.name)}`,
    `    driver: ${scalar(draft.driver)}`,
  ];
  if (draft.internal) lines.push('    internal: true');
  if (draft.attachable) lines.push('    attachable: true');
  if (draft.ipv6 || draft.subnets.some(({ subnet }) => subnet.includes(':'))) lines.push('    enable_ipv6: true');
  lines.push(...mapping('driver_opts', draft.options), ...mapping('labels', draft.labels));
  if (draft.subnets.length > 0) lines.push('    ipam:', '      config:');
  for (const config of draft.subnets) {
    lines.push(`        - subnet: ${scalar(config.subnet)}`);
    if (config.gateway) lines.push(`          gateway: ${scalar(config.gateway)}`);
    if (config.ipRange) lines.push(`          ip_range: ${scalar(config.ipRange)}`);
    const reserved = Object.entries(config.reserved ?? {});
    if (reserved.length > 0) lines.push('          aux_addresses:');
    for (const [name, address] of reserved) lines.push(`            ${scalar(name)}: ${scalar(address)}`);
  }
  return `${lines.join('\n')}\n`;
}

function mapping(key: string, values: Readonly<Record<string, string>>): readonly string[] {
  const entries = Object.entries(values);
  if (entries.length === 0) return [];
  return [`    ${key}:`, ...entries.map(([name, value]) => `      ${scalar(name)}: ${JSON.stringify(value)}`)];
}

/** A YAML scalar: plain where that is surely a string, else double-quoted, whose escapes JSON's are a subset of. */
function scalar(text: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9_.-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  const address = /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text);
  return plain || address ? text : JSON.stringify(text);
}
