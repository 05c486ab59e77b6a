import * as vscode from 'vscode';
import { type Access, accessFor, proposedContainer, targetContainer, targetsOf } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { askConnection, type ConnectAnswers } from '#commands/connectPrompts';
import { askOnce } from '#commands/multiStep';
import { connect, connectProblem } from '#commands/operations/connect';
import { detailOf, Refusal, refuse } from '#commands/operations/refusal';
import { endpointOn, resolveContainer, resolveNetwork } from '#commands/operations/resolve';
import { containerChoices, pickContainer, pickNetwork } from '#commands/pickers';
import type { Command, CommandContext } from '#commands/registry';
import { refusalWords } from '#commands/words';
import { EngineError } from '#engine/errors';
import type { ConnectBody } from '#engine/types';
import type { Container, Network } from '#model/snapshot';

const known = ['network', 'container', 'ipv4', 'ipv6', 'aliases', 'gatewayPriority', 'linkLocal', 'driverOptions'];

/**
 * Connects containers to a network, from either side: a network's row asks for containers, a container's row for the
 * network; a dropped container says both (`{ kind: 'container', …, onto: NETWORK }`).
 * Script: `connectContainer({ engine?, network, container, ipv4?, ipv6?, aliases?, gatewayPriority? })`.
 */
export const connectContainer: Command = {
  id: 'connectContainer',
  changes: true,
  async run(context, argument, selection) {
    const access = await accessFor(context, argument);
    const script = asScript(argument);
    if (script && script.ask !== true) return connectScripted(access, new Answers(script, known));
    const title = vscode.l10n.t('Connect Container');
    const wish = await whoAndWhere(access, argument, selection, title);
    let last = '';
    for (const container of wish.containers)
      last = await askAndConnect(context, access, container, wish.network, title);
    return { id: last };
  },
};

async function connectScripted(access: Access, answers: Answers): Promise<{ readonly id: string }> {
  const network = resolveNetwork(access.snapshot, answers.needText('network'));
  const container = resolveContainer(access.snapshot, answers.needText('container'));
  const ipv4 = answers.text('ipv4');
  const ipv6 = answers.text('ipv6');
  const aliases = answers.texts('aliases');
  const gatewayPriority = answers.whole('gatewayPriority');
  const linkLocal = answers.texts('linkLocal');
  const driverOptions = answers.map('driverOptions');
  const body: ConnectBody = {
    container: container.id,
    ...(ipv4 ? { ipv4 } : {}),
    ...(ipv6 ? { ipv6 } : {}),
    ...(aliases ? { aliases } : {}),
    ...(gatewayPriority === undefined ? {} : { gatewayPriority }),
    ...(linkLocal ? { linkLocal } : {}),
    ...(driverOptions ? { driverOptions } : {}),
  };
  refuse(connectProblem(access.snapshot, network, container, body));
  await connect(access.client, network, body, container.name);
  return { id: container.id };
}

interface Wish {
  readonly network: Network;
  readonly containers: readonly Container[];
}

const joinable = (network: Network): boolean =>
  network.driver !== 'host' && network.driver !== 'null' && !network.ingress && network.name !== 'docker_gwbridge';

async function whoAndWhere(
  access: Access,
  argument: unknown,
  selection: readonly unknown[] | undefined,
  title: string,
): Promise<Wish> {
  const { snapshot } = access;
  const onto = (argument as { onto?: unknown } | undefined)?.onto ?? asScript(argument)?.network;
  const rows = targetsOf(argument, selection);
  const wanted = asScript(argument)?.container;
  const dropped = rows.map((target) => targetContainer(access, target)).filter((found) => found !== undefined);
  const containers = typeof wanted === 'string' ? [resolveContainer(snapshot, wanted)] : dropped;
  if (containers.length > 0) {
    const network =
      typeof onto === 'string'
        ? resolveNetwork(snapshot, onto)
        : await pickNetwork(
            title,
            access,
            (candidate) => joinable(candidate) && containers.some((one) => !endpointOn(one, candidate)),
          );
    return { network, containers };
  }
  const [row] = rows;
  const id = typeof onto === 'string' ? onto : row?.kind === 'network' ? row.network : undefined;
  const network = id ? resolveNetwork(snapshot, id) : await pickNetwork(title, access, joinable);
  const free = (container: Container): boolean =>
    container.mode !== 'host' && container.mode !== 'container' && !endpointOn(container, network);
  const items = containerChoices(snapshot, free);
  if (items.length === 0) throw new Refusal('no-containers');
  if (items.length === 1) return { network, containers: [await pickContainer(title, access, free)] };
  const placeholder = vscode.l10n.t('Which containers are to join {0}?', network.name);
  const chosen = await askOnce(title).pickMany({ placeholder, items, active: proposedContainer(access) });
  if (chosen.length === 0) throw new vscode.CancellationError();
  return { network, containers: chosen };
}

/** Asks for addresses and aliases until the engine takes them; a refusal keeps the answers. */
async function askAndConnect(
  context: CommandContext,
  access: Access,
  container: Container,
  network: Network,
  title: string,
): Promise<string> {
  refuse(connectProblem(access.snapshot, network, container, {}));
  const answers: ConnectAnswers = { body: {}, more: false };
  for (;;) {
    await askConnection(access.snapshot, container, network, answers, title);
    try {
      await connect(access.client, network, { ...answers.body, container: container.id }, container.name);
      break;
    } catch (error) {
      if (error instanceof Refusal) answers.refusal = refusalWords(error.code, error.args);
      else if (error instanceof EngineError && error.status !== undefined) answers.refusal = detailOf(error);
      else throw error;
    }
  }
  await access.session.look();
  const { id } = container;
  await context.surfaces.revealInTree({
    kind: 'container',
    engine: access.session.spec.id,
    container: id,
    network: network.id,
  });
  return id;
}
