/** The steps that ask how a container is to join a network. */
import * as vscode from 'vscode';
import { type Choice, runSteps, type Step, type StepUi } from '#commands/multiStep';
import { hasGatewayPriority } from '#commands/operations/connect';
import { refusalWords } from '#commands/words';
import type { ConnectBody } from '#engine/types';
import { type Family, parseBlock } from '#model/addresses';
import { addressProblem, freeAddress } from '#model/freeAddress';
import type { Container, Network, Snapshot } from '#model/snapshot';

export interface ConnectAnswers {
  body: Omit<ConnectBody, 'container'>;
  more: boolean;
  /** The engine's words when it refused. */
  refusal?: string;
}

export async function askConnection(
  snapshot: Snapshot,
  container: Container,
  network: Network,
  answers: ConnectAnswers,
  title: string,
): Promise<void> {
  const heading = vscode.l10n.t('{0}: {1} to {2}', title, container.name, network.name);
  const families = familiesOf(network);
  const steps = (): readonly Step[] => [
    ...families.map((family) => (ui: StepUi) => askAddress(ui, snapshot, container, network, answers, family)),
    (ui) => askAliases(ui, answers),
    (ui) => lastLook(ui, snapshot, container, network, answers),
  ];
  await runSteps(heading, steps, answers.refusal === undefined ? 0 : steps().length - 1);
}

function familiesOf(network: Network): readonly Family[] {
  const found = network.ipam.map(({ subnet }) => parseBlock(subnet)?.family);
  return (['ipv4', 'ipv6'] as const).filter((family) => found.includes(family));
}

async function askAddress(
  ui: StepUi,
  snapshot: Snapshot,
  container: Container,
  network: Network,
  answers: ConnectAnswers,
  family: Family,
): Promise<void> {
  const free = freeAddress(snapshot, network.id, family, { containerId: container.id });
  const subnets = network.ipam.map(({ subnet }) => subnet).filter((subnet) => parseBlock(subnet)?.family === family);
  const address = await ui.input({
    prompt: vscode.l10n.t('Static address in {0}. Empty: the engine chooses.', subnets.join(', ')),
    placeholder: free ? vscode.l10n.t('automatic; the next free one is {0}', free) : vscode.l10n.t('automatic'),
    value: answers.body[family],
    validate: (value) => {
      const problem =
        value === '' ? undefined : addressProblem(snapshot, network.id, value, { containerId: container.id });
      return problem?.certain ? refusalWords(`address-${problem.rule}`, problem.args) : undefined;
    },
  });
  const { [family]: _before, ...rest } = answers.body;
  answers.body = address === '' ? rest : { ...rest, [family]: address };
}

async function askAliases(ui: StepUi, answers: ConnectAnswers): Promise<void> {
  const text = await ui.input({
    prompt: vscode.l10n.t('Aliases: further names on this network, separated by commas. Empty: none.'),
    value: answers.body.aliases?.join(', '),
    validate: (value) => {
      const wrong = listOf(value).find((alias) => !/^[a-zA-Z0-9]([a-zA-Z0-9_.-]*)$/.test(alias));
      return wrong === undefined ? undefined : vscode.l10n.t('“{0}” is not a host name.', wrong);
    },
  });
  const { aliases: _before, ...rest } = answers.body;
  answers.body = text === '' ? rest : { ...rest, aliases: listOf(text) };
}

export function listOf(text: string): readonly string[] {
  return text
    .split(/[,\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

type Last = 'finish' | 'priority' | 'link-local' | 'options' | 'more';

async function lastLook(
  ui: StepUi,
  snapshot: Snapshot,
  container: Container,
  network: Network,
  answers: ConnectAnswers,
): Promise<void> {
  for (;;) {
    const { body } = answers;
    const later = [body.ipv4, body.ipv6]
      .map((address) =>
        address ? addressProblem(snapshot, network.id, address, { containerId: container.id }) : undefined,
      )
      .find((problem) => problem && !problem.certain);
    const detail = [body.ipv4, body.ipv6, ...(body.aliases ?? [])].filter(Boolean).join(', ');
    const items: Choice<Last>[] = [
      {
        label: `$(plug) ${vscode.l10n.t('Connect {0} to {1}', container.name, network.name)}`,
        detail: later
          ? refusalWords(`address-${later.rule}`, later.args)
          : detail || vscode.l10n.t('automatic address'),
        value: 'finish',
      },
      ...(answers.more
        ? moreRows(snapshot, body)
        : [{ label: `$(settings-gear) ${vscode.l10n.t('More options…')}`, value: 'more' as const }]),
    ];
    const placeholder = answers.refusal
      ? vscode.l10n.t('The engine refused: {0}', answers.refusal)
      : vscode.l10n.t('Look once more, then go ahead');
    const answer = await ui.pick<Last>({ placeholder, items });
    if (answer === 'finish') return;
    if (answer === 'more') answers.more = true;
    else answers.body = await askMore(ui, body, answer);
  }
}

function moreRows(snapshot: Snapshot, body: ConnectAnswers['body']): readonly Choice<Last>[] {
  const none = vscode.l10n.t('none');
  const options = Object.entries(body.driverOptions ?? {}).map(([key, value]) => `${key}=${value}`);
  return [
    ...(hasGatewayPriority(snapshot)
      ? [
          {
            label: vscode.l10n.t('Gateway priority…'),
            description: `${body.gatewayPriority ?? 0}`,
            detail: vscode.l10n.t('The network with the highest one carries the default route'),
            value: 'priority' as const,
          },
        ]
      : []),
    {
      label: vscode.l10n.t('Link-local addresses…'),
      description: body.linkLocal?.join(', ') ?? none,
      value: 'link-local',
    },
    { label: vscode.l10n.t('Driver options…'), description: options.join(', ') || none, value: 'options' },
  ];
}

async function askMore(ui: StepUi, body: ConnectAnswers['body'], what: Last): Promise<ConnectAnswers['body']> {
  if (what === 'priority') {
    const text = await ui.input({
      prompt: vscode.l10n.t('Gateway priority, a whole number'),
      value: `${body.gatewayPriority ?? 0}`,
      validate: (value) => (/^-?\d+$/.test(value) ? undefined : vscode.l10n.t('“{0}” is not a whole number.', value)),
    });
    return { ...body, gatewayPriority: Number(text) };
  }
  if (what === 'link-local') {
    const prompt = vscode.l10n.t('Link-local addresses, separated by commas. Empty: none.');
    const linkLocal = listOf(await ui.input({ prompt, value: body.linkLocal?.join(', ') }));
    const { linkLocal: _before, ...rest } = body;
    return linkLocal.length === 0 ? rest : { ...rest, linkLocal };
  }
  const value = Object.entries(body.driverOptions ?? {}).map(([key, text]) => `${key}=${text}`);
  const prompt = vscode.l10n.t('Driver options of this endpoint, like key=value, separated by commas. Empty: none.');
  const pairs = listOf(await ui.input({ prompt, value: value.join(', ') })).map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? ([part, ''] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
  });
  const { driverOptions: _before, ...rest } = body;
  return pairs.length === 0 ? rest : { ...rest, driverOptions: Object.fromEntries(pairs) };
}
