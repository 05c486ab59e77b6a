/** What an edit of a network is going to do, written down before the first step, so that it can be resumed or undone. */
import { type EndpointConfig, endpointConfigs } from '#commands/operations/endpointConfig';
import { objectAt, objectsAt, textAt, textMapAt } from '#commands/operations/rawJson';
import { Refusal } from '#commands/operations/refusal';
import { membersOf } from '#commands/operations/resolve';
import type { ConnectBody, EngineClient } from '#engine/types';
import { holdsAddress, parseAddress, parseBlock, sameAddress } from '#model/addresses';
import type { NetworkDraft, SubnetDraft } from '#model/networkDraft';
import type { Container, Network, Snapshot } from '#model/snapshot';

export type Goal = 'old' | 'new';

export interface JournalMember {
  readonly id: string;
  readonly name: string;
  /** How it is connected to the network as it was, and to the one it becomes. */
  readonly old: ConnectBody;
  readonly new: ConnectBody;
}

export interface EditJournal {
  readonly version: 1;
  /** Id of the endpoint's spec. */
  readonly engine: string;
  readonly oldId: string;
  readonly old: NetworkDraft;
  readonly new: NetworkDraft;
  readonly members: readonly JournalMember[];
  /** Networks of one of the two names that have nothing to do with this edit (Docker 20.10 allows them). */
  readonly strangers: readonly string[];
  /** The last network made for this edit. */
  readonly made?: { readonly id: string; readonly goal: Goal };
}

/** What cannot be kept, for the plan that is confirmed. */
export interface Loss {
  readonly rule: 'loss-random-port' | 'loss-address' | 'loss-static' | 'loss-order' | 'loss-podman-static';
  readonly args: Readonly<Record<string, string>>;
}

export interface EditPlan {
  readonly journal: EditJournal;
  readonly losses: readonly Loss[];
}

/** Reads everything the edit needs to go either way. Changes nothing. Throws `Refusal` when the network cannot be edited. */
export async function planEdit(
  client: EngineClient,
  snapshot: Snapshot,
  network: Network,
  draft: NetworkDraft,
): Promise<EditPlan> {
  const args = { network: network.name };
  if (network.builtIn || network.ingress) throw new Refusal('network-built-in', args);
  const service = snapshot.services?.find(({ networks }) => networks.some(({ networkId }) => networkId === network.id));
  if (service) throw new Refusal('edit-service-attached', { ...args, service: service.name });
  const raw = objectAt(await client.rawNetwork(network.id));
  const special =
    raw.ConfigOnly === true || raw.EnableIPv4 === false || textAt(objectAt(raw, 'ConfigFrom'), 'Network') !== '';
  // Podman says EnableIPv4 false of every network (5.8, 6.1): there it tells nothing.
  if (special && snapshot.engine.kind === 'docker') throw new Refusal('edit-unsupported', args);
  const twin = snapshot.networks.some(({ id, name }) => id !== network.id && name === network.name);
  // Engines no longer make a second network of one name: the way back would be refused.
  if (twin) throw new Refusal('edit-same-name', args);
  const losses: Loss[] = [];
  const members: JournalMember[] = [];
  for (const container of membersOf(snapshot, network)) {
    const inspected = await client.rawContainer(container.id);
    const configs = endpointConfigs(inspected);
    const config =
      configs.find((candidate) => candidate.networkId === network.id) ??
      configs.find((candidate) => candidate.network === network.name);
    if (!config) continue;
    const planned = planMember(snapshot, network, container, config, draft);
    members.push(planned.member);
    losses.push(...planned.losses, ...portLosses(container, inspected));
    if (configs.length > 1) losses.push({ rule: 'loss-order', args: { container: container.name } });
  }
  const names = [network.name, draft.name];
  const strangers = snapshot.networks
    .filter(({ id, name }) => id !== network.id && names.includes(name))
    .map(({ id }) => id);
  const journal = {
    version: 1,
    engine: client.spec.id,
    oldId: network.id,
    old: oldDraft(network, raw),
    new: draft,
    members,
    strangers,
  } as const;
  return { journal, losses };
}

function planMember(
  snapshot: Snapshot,
  network: Network,
  container: Container,
  config: EndpointConfig,
  draft: NetworkDraft,
): { readonly member: JournalMember; readonly losses: readonly Loss[] } {
  const losses: Loss[] = [];
  const endpoint = container.endpoints.find((one) => one.networkId === network.id || one.network === network.name);
  const old: ConnectBody = { ...config.body };
  const args = { container: container.name };
  let wished: ConnectBody = old;
  if (snapshot.engine.kind === 'podman') {
    // Podman never tells whether an address was asked for: asking for the present one keeps it in either case.
    const { ipv4, ipv6 } = endpoint ?? {};
    wished = { ...old, ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}) };
    if (!ipv4 && !ipv6) losses.push({ rule: 'loss-podman-static', args });
  }
  const body = { ...wished };
  for (const key of ['ipv4', 'ipv6'] as const) {
    const address = wished[key];
    if (address && !fits(draft, address)) {
      losses.push({ rule: 'loss-static', args: { ...args, address } });
      delete (body as { ipv4?: string; ipv6?: string })[key];
    }
  }
  if (!wished.ipv4 && endpoint?.ipv4) losses.push({ rule: 'loss-address', args: { ...args, address: endpoint.ipv4 } });
  return { member: { id: container.id, name: container.name, old: wished, new: body }, losses };
}

/** Whether a static address can be had on the network of the draft. */
function fits(draft: NetworkDraft, text: string): boolean {
  const address = parseAddress(text);
  if (!address) return false;
  if (draft.subnets.length === 0) return false;
  return draft.subnets.some((config) => {
    const block = parseBlock(config.subnet);
    const taken = [config.gateway, ...Object.values(config.reserved ?? {})].some((other) => sameAddress(other, text));
    return block !== undefined && holdsAddress(block, address) && !taken;
  });
}

function portLosses(container: Container, raw: unknown): readonly Loss[] {
  const host = objectAt(raw, 'HostConfig');
  const bindings = Object.keys(objectAt(host, 'PortBindings')).flatMap((key) =>
    objectsAt(objectAt(host, 'PortBindings'), key),
  );
  const random =
    host.PublishAllPorts === true || bindings.some((binding) => ['', '0'].includes(textAt(binding, 'HostPort')));
  return random && container.state === 'running'
    ? [{ rule: 'loss-random-port', args: { container: container.name } }]
    : [];
}

/** The network as it is, from inspect: Docker's lists and inspects agree here, Podman's may lack options and ranges. */
function oldDraft(network: Network, raw: unknown): NetworkDraft {
  const subnets = objectsAt(objectAt(raw, 'IPAM'), 'Config').map((config): SubnetDraft => {
    const gateway = textAt(config, 'Gateway').split('/')[0] ?? '';
    const ipRange = textAt(config, 'IPRange');
    const reserved = textMapAt(config, 'AuxiliaryAddresses');
    return {
      subnet: textAt(config, 'Subnet'),
      ...(gateway === '' ? {} : { gateway }),
      ...(ipRange === '' ? {} : { ipRange }),
      ...(Object.keys(reserved).length === 0 ? {} : { reserved }),
    };
  });
  const { name, driver, internal, attachable, ipv6 } = network;
  const json = objectAt(raw);
  return {
    name,
    driver,
    internal,
    attachable,
    ipv6,
    subnets,
    options: textMapAt(json, 'Options'),
    labels: textMapAt(json, 'Labels'),
  };
}
