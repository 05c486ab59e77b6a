import { createServer } from 'node:net';
import * as vscode from 'vscode';
import { accessFor } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { askOnce } from '#commands/multiStep';
import { copy } from '#commands/networkPrompts';
import { Refusal } from '#commands/operations/refusal';
import type { Command } from '#commands/registry';
import { refusalWords } from '#commands/words';
import { freeHostPorts } from '#model/hostPorts';
import type { Protocol } from '#model/snapshot';
import { freeSubnets } from '#model/subnets';

const limits = { ipv4: { low: 8, high: 29 }, ipv6: { low: 48, high: 112 } } as const;

/** Proposes free subnets, to copy: `findFreeSubnet({ engine?, prefix?, family?, count? })` gives them as a list. */
export const findFreeSubnet: Command = {
  id: 'findFreeSubnet',
  changes: false,
  async run(context, argument) {
    const script = asScript(argument);
    const answers = new Answers(script ?? {}, ['prefix', 'family', 'count']);
    const wanted = answers.text('family') ?? 'ipv4';
    if (wanted !== 'ipv4' && wanted !== 'ipv6')
      throw new Refusal('argument-type', { argument: 'family', expected: 'ipv4 or ipv6' });
    const standard = wanted === 'ipv4' ? 24 : 64;
    const family = wanted;
    const count = answers.whole('count') ?? 8;
    const { snapshot } = await accessFor(context, argument);
    if (script) {
      const prefix = answers.whole('prefix') ?? standard;
      const problem = prefixProblem(`${prefix}`, family);
      if (problem) throw problem;
      return freeSubnets(snapshot, { prefix, family, count });
    }
    const title = vscode.l10n.t('Find Free Subnet');
    const text = await askOnce(title).input({
      prompt: vscode.l10n.t('Prefix length: /24 holds 254 addresses, /16 holds 65,534; /64 is for IPv6'),
      value: '24',
      validate: (value) => {
        const found = prefixProblem(value.replace(/^\//, ''), familyOf(value));
        return found && refusalWords(found.code, found.args);
      },
    });
    const prefix = Number(text.replace(/^\//, ''));
    const free = freeSubnets(snapshot, { prefix, family: familyOf(text), count });
    if (free.length === 0) throw new Refusal('no-free-subnet', { prefix: `${prefix}` });
    const items = free.map((subnet) => ({ label: subnet, value: subnet }));
    const chosen = await askOnce(title).pick({
      placeholder: vscode.l10n.t('Free subnets; choose one to copy it'),
      items,
    });
    await copy(chosen);
    return chosen;
  },
};

function familyOf(text: string): 'ipv4' | 'ipv6' {
  return Number(text.replace(/^\//, '')) > 32 ? 'ipv6' : 'ipv4';
}

function prefixProblem(text: string, family: 'ipv4' | 'ipv6'): Refusal | undefined {
  const { low, high } = limits[family];
  const prefix = Number(text);
  if (/^\d+$/.test(text) && prefix >= low && prefix <= high) return undefined;
  return new Refusal('prefix-range', { prefix: text, low: `${low}`, high: `${high}` });
}

/** Proposes free host ports, to copy: `findFreePort({ engine?, from?, count?, protocol? })` gives them as a list. */
export const findFreePort: Command = {
  id: 'findFreePort',
  changes: false,
  async run(context, argument) {
    const script = asScript(argument);
    const answers = new Answers(script ?? {}, ['from', 'count', 'protocol']);
    const { snapshot } = await accessFor(context, argument);
    const protocol = answers.text('protocol') ?? 'tcp';
    if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp')
      throw new Refusal('argument-type', { argument: 'protocol', expected: 'tcp, udp or sctp' });
    const ports = await bindablePorts(snapshot, answers.whole('from') ?? 8080, answers.whole('count') ?? 8, protocol);
    if (script) return ports;
    if (ports.length === 0) throw new Refusal('no-free-port');
    const items = ports.map((port) => ({ label: `${port}`, value: `${port}` }));
    const placeholder = vscode.l10n.t('Free host ports; choose one to copy it');
    const chosen = await askOnce(vscode.l10n.t('Find Free Host Port')).pick({ placeholder, items });
    await copy(chosen);
    return Number(chosen);
  },
};

/** Free by the snapshot and, where the engine is this machine, by trying: other processes hold ports too. */
export async function bindablePorts(
  snapshot: Parameters<typeof freeHostPorts>[0],
  from: number,
  count: number,
  protocol: Protocol,
): Promise<readonly number[]> {
  if (snapshot.engine.where !== 'this-host' || protocol !== 'tcp')
    return freeHostPorts(snapshot, from, count, protocol);
  const found: number[] = [];
  // A bounded look: 200 candidates are tried, not all ports of the machine.
  for (const port of freeHostPorts(snapshot, from, 200, protocol)) {
    if (found.length === count) break;
    if (await canListen(port)) found.push(port);
  }
  return found;
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '0.0.0.0', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
