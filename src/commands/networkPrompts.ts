/** The steps that ask for a network: name, driver, subnet, gateway, and a last look with everything else on request. */
import * as vscode from 'vscode';
import type { Access } from '#commands/access';
import { type Choice, runSteps, type Step, type StepUi } from '#commands/multiStep';
import { askMore, type MoreAnswer, moreChoices } from '#commands/networkMore';
import { refusalWords } from '#commands/words';
import { firstUsable } from '#model/addresses';
import { composeFragment, networkCreateLine } from '#model/dockerLine';
import {
  type DraftProblem,
  driverProblem,
  gatewayProblem,
  type NetworkDraft,
  nameProblem,
  subnetProblem,
} from '#model/networkDraft';
import { freeSubnets } from '#model/subnets';

/** The answers so far; every step may be gone back to. */
export interface NetworkAnswers {
  draft: NetworkDraft;
  /** The network that is edited: its own name and ranges are no conflict. */
  readonly except?: string;
  /** The engine's words when it refused these answers. */
  refusal?: string;
  /** Whether all options are listed in the last step. */
  more: boolean;
}

export interface NetworkPromptTexts {
  readonly title: string;
  /** The first row of the last step: what happens. */
  readonly finish: (name: string) => string;
}

export const words = (problem: DraftProblem | undefined): string | undefined =>
  problem && refusalWords(problem.rule, problem.args);

/** Asks for everything; `answers` holds the result. After a refusal it begins at the last step, with Back to the others. */
export async function askNetwork(access: Access, answers: NetworkAnswers, texts: NetworkPromptTexts): Promise<void> {
  const onLan = (): boolean => answers.draft.driver === 'macvlan' || answers.draft.driver === 'ipvlan';
  const steps = (): readonly Step[] => [
    (ui) => askName(ui, access, answers),
    (ui) => askDriver(ui, access, answers),
    ...(onLan() ? [(ui: StepUi) => askParent(ui, access, answers)] : []),
    (ui) => askSubnet(ui, access, answers),
    (ui) => askGateway(ui, answers),
    (ui) => lastLook(ui, access, answers, texts),
  ];
  await runSteps(texts.title, steps, answers.refusal === undefined ? 0 : steps().length - 1);
}

async function askName(ui: StepUi, { snapshot }: Access, answers: NetworkAnswers): Promise<void> {
  const name = await ui.input({
    prompt: vscode.l10n.t('Name of the network'),
    placeholder: 'mynet',
    value: answers.draft.name,
    validate: (value) => words(nameProblem(snapshot, value, answers.except)),
  });
  answers.draft = { ...answers.draft, name };
}

async function askDriver(ui: StepUi, { snapshot }: Access, answers: NetworkAnswers): Promise<void> {
  const overlay = driverProblem(snapshot, 'overlay');
  const items: Choice<string>[] = [
    {
      label: 'bridge',
      description: vscode.l10n.t('containers on this engine, with their own subnet'),
      value: 'bridge',
    },
    { label: 'macvlan', description: vscode.l10n.t('containers with their own place on the LAN'), value: 'macvlan' },
    { label: 'ipvlan', description: vscode.l10n.t('the same with the host’s MAC address'), value: 'ipvlan' },
    ...(overlay
      ? []
      : [{ label: 'overlay', description: vscode.l10n.t('containers on every node of the swarm'), value: 'overlay' }]),
  ];
  const placeholder = overlay
    ? vscode.l10n.t('Driver (overlay needs swarm mode, which is not active here)')
    : vscode.l10n.t('Driver');
  const driver = await ui.pick({ placeholder, items, active: answers.draft.driver });
  if (driver === answers.draft.driver) return;
  // Options belong to a driver: those of another would be refused.
  answers.draft = { ...answers.draft, driver, options: {}, subnets: [] };
}

async function askParent(ui: StepUi, { snapshot }: Access, answers: NetworkAnswers): Promise<void> {
  const bridges = new Set(snapshot.networks.map((network) => network.bridgeName));
  const names = new Map<string, string[]>();
  for (const { name, address } of snapshot.host?.addresses ?? [])
    if (name !== 'lo' && !bridges.has(name)) names.set(name, [...(names.get(name) ?? []), address]);
  const current = answers.draft.options.parent ?? '';
  let parent: string;
  if (names.size === 0) {
    const prompt = vscode.l10n.t('Interface of the engine’s host that carries the network (parent)');
    parent = await ui.input({ prompt, placeholder: 'eth0', value: current });
  } else {
    const items = [...names].map(([name, addresses]) => ({
      label: name,
      description: addresses.join(', '),
      value: name,
    }));
    const placeholder = vscode.l10n.t('Interface of this machine that carries the network (parent)');
    const none = { label: vscode.l10n.t('None'), description: vscode.l10n.t('an isolated network'), value: '' };
    parent = await ui.pick({ placeholder, items: [...items, none], active: current });
  }
  const { parent: _before, ...options } = answers.draft.options;
  answers.draft = { ...answers.draft, options: parent === '' ? options : { ...options, parent } };
}

async function askSubnet(ui: StepUi, { snapshot }: Access, answers: NetworkAnswers): Promise<void> {
  const [first, ...others] = answers.draft.subnets;
  const onLan = answers.draft.driver === 'macvlan' || answers.draft.driver === 'ipvlan';
  const prefix = answers.draft.driver === 'overlay' ? 24 : 16;
  const proposal =
    freeSubnets(snapshot, { prefix, family: 'ipv4', count: 1 })[0] ??
    freeSubnets(snapshot, { prefix: 24, family: 'ipv4', count: 1 })[0];
  const subnet = await ui.input({
    prompt: onLan
      ? vscode.l10n.t('Subnet of the LAN in CIDR notation')
      : vscode.l10n.t('Subnet in CIDR notation; a free one is proposed. Empty: the engine chooses.'),
    placeholder: proposal,
    value: first?.subnet ?? (onLan || answers.except ? '' : proposal),
    validate: (value) => words(subnetProblem(snapshot, value, answers.draft.driver, answers.except)),
  });
  if (subnet === first?.subnet) return;
  // Gateway, range and reserved addresses belong to the subnet they were given for.
  answers.draft = { ...answers.draft, subnets: subnet === '' ? others : [{ subnet }, ...others] };
}

async function askGateway(ui: StepUi, answers: NetworkAnswers): Promise<void> {
  const [first, ...others] = answers.draft.subnets;
  if (!first) return;
  const gateway = await ui.input({
    prompt: vscode.l10n.t('Gateway inside {0}. Empty: the engine chooses.', first.subnet),
    value: first.gateway ?? firstUsable(first.subnet) ?? '',
    validate: (value) => words(gatewayProblem(first.subnet, value)),
  });
  const { gateway: _before, ...rest } = first;
  answers.draft = { ...answers.draft, subnets: [gateway === '' ? rest : { ...rest, gateway }, ...others] };
}

type LastAnswer = 'finish' | 'more' | 'copy-line' | 'copy-compose' | MoreAnswer;

/** Shows what will be done as a docker line and a Compose fragment; stays until the person goes ahead or back. */
async function lastLook(ui: StepUi, access: Access, answers: NetworkAnswers, texts: NetworkPromptTexts): Promise<void> {
  for (;;) {
    const line = networkCreateLine(answers.draft);
    const fragment = composeFragment(answers.draft);
    const items: Choice<LastAnswer>[] = [
      { label: `$(check) ${texts.finish(answers.draft.name)}`, detail: line, value: 'finish' },
      { label: `$(copy) ${vscode.l10n.t('Copy as docker command')}`, value: 'copy-line' },
      { label: `$(copy) ${vscode.l10n.t('Copy as Compose fragment')}`, value: 'copy-compose' },
      ...(answers.more
        ? moreChoices(answers.draft, access.snapshot)
        : [{ label: `$(settings-gear) ${vscode.l10n.t('More options…')}`, value: 'more' as const }]),
    ];
    const placeholder = answers.refusal
      ? vscode.l10n.t('The engine refused: {0}', answers.refusal)
      : vscode.l10n.t('Look once more, then go ahead');
    const answer = await ui.pick<LastAnswer>({ placeholder, items });
    if (answer === 'finish') return;
    if (answer === 'more') answers.more = true;
    else if (answer === 'copy-line') await copy(line);
    else if (answer === 'copy-compose') await copy(fragment);
    else answers.draft = await askMore(ui, access.snapshot, answers.draft, answer, answers.except);
  }
}

export async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied'), 3000);
}
