import * as vscode from 'vscode';
import { type Access, accessFor } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { askOnce, type Choice } from '#commands/multiStep';
import { copy } from '#commands/networkPrompts';
import { Refusal } from '#commands/operations/refusal';
import { resolveContainer, resolveNetwork } from '#commands/operations/resolve';
import { pickContainer } from '#commands/pickers';
import type { Command } from '#commands/registry';
import type { Container, PublishedPort } from '#model/snapshot';
import { asTarget, type Target } from '#views/target';

/** Copies an address: of a container's row, of a network its subnet, of a port its host address; `{ text }` is copied as it is. */
export const copyAddress: Command = {
  id: 'copyAddress',
  changes: false,
  async run(context, argument) {
    const script = asScript(argument);
    if (script) {
      const answers = new Answers(script, ['text', 'container', 'network']);
      const text = answers.text('text');
      if (text !== undefined) {
        await copy(text);
        return text;
      }
      const { snapshot } = await accessFor(context, argument);
      const container = resolveContainer(snapshot, answers.needText('container'));
      return take(choices(container, answers.text('network')));
    }
    const access = await accessFor(context, argument);
    return take(await choicesFor(access, asTarget(argument)));
  },
};

async function choicesFor(access: Access, target: Target | undefined): Promise<readonly Choice<string>[]> {
  const { snapshot } = access;
  switch (target?.kind) {
    case 'network':
      return resolveNetwork(snapshot, target.network).ipam.flatMap(({ subnet, gateway }) => [
        { label: subnet, description: vscode.l10n.t('subnet'), value: subnet },
        ...(gateway ? [{ label: gateway, description: vscode.l10n.t('gateway'), value: gateway }] : []),
      ]);
    case 'port': {
      const text = hostPort(target);
      return [{ label: text, value: text }];
    }
    case 'container':
      return choices(resolveContainer(snapshot, target.container), target.network);
    default: {
      const title = vscode.l10n.t('Copy Address');
      return choices(
        await pickContainer(title, access, (container) => choices(container, undefined).length > 0),
        undefined,
      );
    }
  }
}

/** Every address of the container; with `network` (name or id) only those it has there. */
function choices(container: Container, network: string | undefined): readonly Choice<string>[] {
  return container.endpoints
    .filter((endpoint) => network === undefined || endpoint.networkId === network || endpoint.network === network)
    .flatMap((endpoint) =>
      [endpoint.ipv4 ?? endpoint.configuredIpv4, endpoint.ipv6 ?? endpoint.configuredIpv6, endpoint.mac]
        .filter((address) => address !== undefined && address !== '')
        .map((address) => ({ label: address ?? '', description: endpoint.network, value: address ?? '' })),
    );
}

/** One network's IPv4 address is what a row's button means; where there are several networks, it is asked. */
async function take(found: readonly Choice<string>[]): Promise<string> {
  const [first] = found;
  if (!first) throw new Refusal('no-addresses');
  const several = new Set(found.map(({ description }) => description)).size > 1;
  const placeholder = vscode.l10n.t('Which address?');
  const text = several ? await askOnce(vscode.l10n.t('Copy Address')).pick({ placeholder, items: found }) : first.value;
  await copy(text);
  return text;
}

function hostPort({ hostIp, hostPort: port }: Pick<PublishedPort, 'hostIp' | 'hostPort'>): string {
  const wild = hostIp === '0.0.0.0' || hostIp === '::' || hostIp === '';
  if (wild) return `localhost:${port}`;
  return hostIp.includes(':') ? `[${hostIp}]:${port}` : `${hostIp}:${port}`;
}

/** Opens a published port in the browser: on the engine's own host when that is remote. `openPort({ engine?, container, port? })`. */
export const openPort: Command = {
  id: 'openPort',
  changes: false,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    const port = await whichPort(access, argument);
    if (port.protocol !== 'tcp') throw new Refusal('not-a-web-port', { port: `${port.hostPort}` });
    const remote = remoteHost(access.session.spec.url);
    const wild = port.hostIp === '0.0.0.0' || port.hostIp === '::' || port.hostIp === '';
    const host = wild ? (remote ?? 'localhost') : port.hostIp;
    const scheme = [443, 8443].includes(port.port) ? 'https' : 'http';
    const bracketed = host.includes(':') ? `[${host}]` : host;
    const local = vscode.Uri.parse(`${scheme}://${bracketed}:${port.hostPort}/`);
    // With the engine on this machine, a remote window forwards the port to where the person's browser is.
    const uri = remote ? local : await vscode.env.asExternalUri(local);
    await vscode.env.openExternal(uri);
    return uri.toString();
  },
};

/** The name of the machine the engine runs on, when its endpoint says so. */
function remoteHost(url: string): string | undefined {
  const match = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(url);
  const host = match?.[1]?.replace(/^\[|\]$/g, '');
  return host === undefined || ['localhost', '127.0.0.1', '::1'].includes(host) ? undefined : host;
}

async function whichPort(access: Access, argument: unknown): Promise<PublishedPort> {
  const target = asTarget(argument);
  if (target?.kind === 'port' && target.hostPort > 0) return target;
  const script = asScript(argument);
  const title = vscode.l10n.t('Open Port in Browser');
  const bound = (one: Container): readonly PublishedPort[] => one.published.filter((port) => port.hostPort > 0);
  let container: Container;
  let wanted: number | undefined;
  if (script) {
    const answers = new Answers(script, ['container', 'port']);
    container = resolveContainer(access.snapshot, answers.needText('container'));
    wanted = answers.whole('port');
  } else if (target?.kind === 'container' || target?.kind === 'port')
    container = resolveContainer(access.snapshot, target.container);
  else container = await pickContainer(title, access, (one) => one.state === 'running' && bound(one).length > 0);
  if (container.state !== 'running') throw new Refusal('port-not-bound', { container: container.name });
  const ports = bound(container).filter(
    (port) => wanted === undefined || port.port === wanted || port.hostPort === wanted,
  );
  const distinct = [...new Map(ports.map((port) => [`${port.hostPort}/${port.protocol}`, port])).values()];
  const [first, second] = distinct;
  if (!first) throw new Refusal('no-ports');
  if (!second || script) return first;
  const items = distinct.map((port) => ({
    label: hostPort(port),
    description: `→ ${port.port}/${port.protocol}`,
    value: port,
  }));
  return askOnce(title).pick({ placeholder: vscode.l10n.t('Which port?'), items });
}
