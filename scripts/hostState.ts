/**
 * What a dockerd leaves on its host when it ends: firewall chains, forwarding switched on, its bridge, its cgroups. This
 * notes how things were before and puts back only what has changed since, and only what is Docker's.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { attempt, findCommand } from '#harness/processes';

const switches = ['/proc/sys/net/ipv4/ip_forward', '/proc/sys/net/ipv6/conf/all/forwarding'];
const families = ['iptables', 'ip6tables'] as const;
const tables = ['nat', 'filter', 'raw', 'mangle'] as const;

export interface HostState {
  /** Values of the forwarding switches by their file. */
  readonly switches: Readonly<Record<string, string>>;
  /** The rules, by `iptables nat` and so on, as `iptables-save` prints them. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
  readonly links: readonly string[];
}

export async function readHostState(): Promise<HostState> {
  const rules: Record<string, readonly string[]> = {};
  for (const family of families) {
    if (!findCommand(`${family}-save`)) continue;
    for (const table of tables) {
      const { stdout } = await attempt(`${family}-save`, ['-t', table]);
      rules[`${family} ${table}`] = stdout.split('\n').filter((line) => /^(-A|:)/.test(line));
    }
  }
  const values = switches.filter((file) => existsSync(file)).map((file) => [file, readFileSync(file, 'utf8').trim()]);
  const { stdout } = await attempt('ip', ['-o', 'link', 'show', 'type', 'bridge']);
  const links = [...stdout.matchAll(/^\d+: ([^:@]+)/gm)].map((match) => match[1] ?? '');
  return { switches: Object.fromEntries(values), rules, links };
}

const dockers = /DOCKER|docker0|\bbr-[0-9a-f]{12}\b/;

/**
 * Lines for `iptables-restore --noflush` that undo what Docker added between two readings of one table: its rules are
 * deleted, its chains emptied and deleted, and a policy it closed is opened again.
 */
export function undoRules(before: readonly string[], now: readonly string[], subnets: readonly string[]): string[] {
  const was = new Set(before);
  const chain = (line: string) => line.slice(1).split(' ')[0] ?? '';
  const chainsBefore = new Set(before.filter((line) => line.startsWith(':')).map(chain));
  const isDockers = (rule: string) => dockers.test(rule) || subnets.some((subnet) => rule.includes(subnet));
  const added = now.filter((line) => line.startsWith('-A') && !was.has(line) && isDockers(line));
  const chains = now
    .filter((line) => line.startsWith(':DOCKER'))
    .map(chain)
    .filter((name) => !chainsBefore.has(name));
  const policies = before.flatMap((line) => {
    const [name, policy] = line.slice(1).split(' ');
    const differs = now.some((other) => other.startsWith(`:${name} `) && other.split(' ')[1] !== policy);
    return line.startsWith(':') && policy !== '-' && differs ? [`:${name} ${policy} [0:0]`] : [];
  });
  // A built-in chain that no rule used before is not in the first reading: its policy was ACCEPT.
  const closed = now
    .filter((line) => /^:FORWARD DROP/.test(line) && !chainsBefore.has('FORWARD'))
    .map(() => ':FORWARD ACCEPT [0:0]');
  return [
    ...policies,
    ...closed,
    ...added.map((rule) => rule.replace(/^-A/, '-D')),
    ...chains.map((name) => `-F ${name}`),
    ...chains.map((name) => `-X ${name}`),
  ];
}

/** Puts back what differs from `before`; `subnets` are those of the networks that the daemon had. */
export async function restoreHostState(before: HostState, subnets: readonly string[]): Promise<void> {
  const now = await readHostState();
  for (const [key, lines] of Object.entries(now.rules)) {
    const [family = '', table = ''] = key.split(' ');
    const undo = undoRules(before.rules[key] ?? [], lines, subnets);
    if (undo.length === 0) continue;
    const input = [`*${table}`, ...undo, 'COMMIT', ''].join('\n');
    const { code, stderr } = await attempt(`${family}-restore`, ['--noflush'], { input });
    if (code !== 0) console.error(`The ${key} rules could not be put back: ${stderr.trim()}`);
  }
  const ours = (link: string) => link === 'docker0' || /^br-[0-9a-f]{12}$/.test(link);
  for (const link of now.links) {
    if (!before.links.includes(link) && ours(link)) await attempt('ip', ['link', 'delete', link]);
  }
  for (const [file, value] of Object.entries(before.switches)) {
    if (readFileSync(file, 'utf8').trim() !== value) writeFileSync(file, value);
  }
}
