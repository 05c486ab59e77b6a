/** Everything of a network beyond name, driver, subnet and gateway, each asked on request. */
import * as vscode from 'vscode';
import { driverOptions } from '#commands/driverOptions';
import type { Choice, StepUi } from '#commands/multiStep';
import { refusalWords } from '#commands/words';
import { firstUsable, parseBlock } from '#model/addresses';
import {
  type DraftProblem,
  gatewayProblem,
  ipRangeProblem,
  type NetworkDraft,
  reservedProblem,
  subnetProblem,
} from '#model/networkDraft';
import type { Snapshot } from '#model/snapshot';
import { freeSubnets } from '#model/subnets';

export type MoreAnswer = 'internal' | 'attachable' | 'ipv6' | 'subnet' | 'range' | 'reserved' | 'labels' | 'options';

const words = (problem: DraftProblem | undefined): string | undefined =>
  problem && refusalWords(problem.rule, problem.args);

/** One row an option, with its value now. */
export function moreChoices(draft: NetworkDraft, _snapshot: Snapshot): readonly Choice<MoreAnswer>[] {
  const yes = (value: boolean | undefined): string => (value ? vscode.l10n.t('yes') : vscode.l10n.t('no'));
  const none = vscode.l10n.t('none');
  const list = (map: Readonly<Record<string, string>> | undefined): string =>
    Object.entries(map ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(', ') || none;
  const six = draft.subnets.find(({ subnet }) => subnet.includes(':'));
  const rest = draft.subnets.slice(1).filter((config) => config !== six);
  return [
    {
      label: vscode.l10n.t('Internal'),
      description: yes(draft.internal),
      detail: vscode.l10n.t('No way out: containers reach only each other'),
      value: 'internal',
    },
    {
      label: vscode.l10n.t('Attachable'),
      description: yes(draft.attachable),
      detail: vscode.l10n.t('Plain containers may join an overlay network'),
      value: 'attachable',
    },
    { label: vscode.l10n.t('IPv6 subnet and gateway…'), description: six?.subnet ?? none, value: 'ipv6' },
    {
      label: vscode.l10n.t('Another subnet…'),
      description: rest.map(({ subnet }) => subnet).join(', ') || none,
      value: 'subnet',
    },
    {
      label: vscode.l10n.t('IP range…'),
      description: draft.subnets[0]?.ipRange ?? none,
      detail: vscode.l10n.t('The part of the subnet the engine hands addresses out from'),
      value: 'range',
    },
    {
      label: vscode.l10n.t('Reserved addresses…'),
      description: list(draft.subnets[0]?.reserved),
      detail: vscode.l10n.t('Addresses of other machines, never given to a container'),
      value: 'reserved',
    },
    { label: vscode.l10n.t('Labels…'), description: list(draft.labels), value: 'labels' },
    { label: vscode.l10n.t('Driver options…'), description: list(draft.options), value: 'options' },
  ];
}

/** Asks for one option; gives the draft with it. */
export async function askMore(
  ui: StepUi,
  snapshot: Snapshot,
  draft: NetworkDraft,
  what: MoreAnswer,
  except: string | undefined,
): Promise<NetworkDraft> {
  switch (what) {
    case 'internal':
      return { ...draft, internal: !draft.internal };
    case 'attachable':
      return { ...draft, attachable: !draft.attachable };
    case 'ipv6':
      return askSubnetAndGateway(ui, snapshot, draft, 'ipv6', except);
    case 'subnet':
      return askSubnetAndGateway(ui, snapshot, draft, 'ipv4', except);
    case 'range':
      return askRange(ui, draft);
    case 'reserved':
      return askReserved(ui, draft);
    case 'labels':
      return { ...draft, labels: await askPairs(ui, vscode.l10n.t('Labels, like team=net, env=dev'), draft.labels) };
    case 'options':
      return { ...draft, options: await askOptions(ui, snapshot, draft) };
  }
}

async function askSubnetAndGateway(
  ui: StepUi,
  snapshot: Snapshot,
  draft: NetworkDraft,
  family: 'ipv4' | 'ipv6',
  except: string | undefined,
): Promise<NetworkDraft> {
  const known = family === 'ipv6' ? draft.subnets.find(({ subnet }) => subnet.includes(':')) : undefined;
  const own = draft.subnets.map(({ subnet }) => subnet);
  const free = freeSubnets(snapshot, { prefix: family === 'ipv6' ? 64 : 24, family, count: own.length + 4 });
  const subnet = await ui.input({
    prompt:
      family === 'ipv6'
        ? vscode.l10n.t('IPv6 subnet; a unique local one is proposed. Empty: none.')
        : vscode.l10n.t('Another subnet. Empty: none.'),
    value: known?.subnet ?? free.find((candidate) => !own.includes(candidate)) ?? '',
    validate: (value) => {
      const block = parseBlock(value);
      if (value !== '' && block && block.family !== family && family === 'ipv6')
        return vscode.l10n.t('{0} is not IPv6.', value);
      return words(subnetProblem(snapshot, value, draft.driver, except));
    },
  });
  const others = draft.subnets.filter((config) => config !== known);
  if (subnet === '') return { ...draft, subnets: others, ipv6: others.some((config) => config.subnet.includes(':')) };
  const gateway = await ui.input({
    prompt: vscode.l10n.t('Gateway inside {0}. Empty: the engine chooses.', subnet),
    value: known?.gateway ?? firstUsable(subnet) ?? '',
    validate: (value) => words(gatewayProblem(subnet, value)),
  });
  const subnets = [...others, gateway === '' ? { subnet } : { subnet, gateway }];
  return { ...draft, subnets, ipv6: subnets.some((config) => config.subnet.includes(':')) };
}

async function askRange(ui: StepUi, draft: NetworkDraft): Promise<NetworkDraft> {
  const [first, ...others] = draft.subnets;
  if (!first) return draft;
  const range = await ui.input({
    prompt: vscode.l10n.t('IP range inside {0}. Empty: the whole subnet.', first.subnet),
    value: first.ipRange ?? '',
    validate: (value) => words(ipRangeProblem(first.subnet, value)),
  });
  const { ipRange: _before, ...rest } = first;
  return { ...draft, subnets: [range === '' ? rest : { ...rest, ipRange: range }, ...others] };
}

async function askReserved(ui: StepUi, draft: NetworkDraft): Promise<NetworkDraft> {
  const [first, ...others] = draft.subnets;
  if (!first) return draft;
  const prompt = vscode.l10n.t('Reserved addresses inside {0}, like router=192.168.1.2', first.subnet);
  const reserved = await askPairs(ui, prompt, first.reserved ?? {}, (pairs) =>
    words(reservedProblem({ ...first, reserved: pairs })),
  );
  const { reserved: _before, ...rest } = first;
  return { ...draft, subnets: [Object.keys(reserved).length === 0 ? rest : { ...rest, reserved }, ...others] };
}

async function askOptions(ui: StepUi, snapshot: Snapshot, draft: NetworkDraft): Promise<NetworkDraft['options']> {
  const known = driverOptions(draft.driver, snapshot.engine);
  const items = known.map((option) => ({
    label: option.key,
    description: draft.options[option.key] ?? vscode.l10n.t('default: {0}', option.standard),
    detail: option.explanation,
    value: option.key,
  }));
  const other = { label: vscode.l10n.t('Another option…'), value: '' };
  const key = await ui.pick({ placeholder: vscode.l10n.t('Which driver option?'), items: [...items, other] });
  if (key === '') return askPairs(ui, vscode.l10n.t('Driver options, like key=value'), draft.options);
  const prompt = vscode.l10n.t('Value of {0}. Empty: the default.', key);
  const value = await ui.input({ prompt, value: draft.options[key] ?? '' });
  const { [key]: _before, ...rest } = draft.options;
  return value === '' ? rest : { ...rest, [key]: value };
}

/** `a=1, b=2` as a map. A value may not hold a comma: such ones are given by script. */
async function askPairs(
  ui: StepUi,
  prompt: string,
  now: Readonly<Record<string, string>>,
  check: (pairs: Readonly<Record<string, string>>) => string | undefined = () => undefined,
): Promise<Readonly<Record<string, string>>> {
  const read = (text: string): readonly (readonly [string, string])[] =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => {
        const at = part.indexOf('=');
        return at < 0 ? [part, ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      });
  const text = await ui.input({
    prompt,
    value: Object.entries(now)
      .map(([key, value]) => `${key}=${value}`)
      .join(', '),
    validate: (value) => {
      const pairs = read(value);
      if (pairs.some(([key]) => key === '')) return vscode.l10n.t('Write it like name=value, name=value.');
      return check(Object.fromEntries(pairs));
    },
  });
  return Object.fromEntries(read(text));
}
