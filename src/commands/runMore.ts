/** Everything of `docker run` beyond image, name, mode and ports, each asked on request. */
import * as vscode from 'vscode';
import { listOf } from '#commands/connectPrompts';
import type { Choice, StepUi } from '#commands/multiStep';
import { words } from '#commands/networkPrompts';
import { refusalWords } from '#commands/words';
import { addressProblem, freeAddress } from '#model/freeAddress';
import { envProblem, type RunNetwork, type RunRequest, volumeProblem } from '#model/runRequest';
import type { Snapshot } from '#model/snapshot';

export type MoreOfRun =
  | 'publish-all'
  | 'ipv4'
  | 'ipv6'
  | 'aliases'
  | 'env'
  | 'volumes'
  | 'restart'
  | 'links'
  | 'command';

/** One row an option, with its value now; what the mode does not allow is not offered. */
export function runRows(request: RunRequest): readonly Choice<MoreOfRun>[] {
  const none = vscode.l10n.t('none');
  const first = firstNetwork(request);
  const onNetworks = request.mode.kind === 'networks';
  const automatic = vscode.l10n.t('automatic');
  return [
    ...(first
      ? [
          {
            label: vscode.l10n.t('Static IPv4 address…'),
            description: first.ipv4 ?? automatic,
            value: 'ipv4' as const,
          },
          {
            label: vscode.l10n.t('Static IPv6 address…'),
            description: first.ipv6 ?? automatic,
            value: 'ipv6' as const,
          },
          {
            label: vscode.l10n.t('Aliases…'),
            description: first.aliases?.join(', ') || none,
            value: 'aliases' as const,
          },
        ]
      : []),
    ...(onNetworks
      ? [
          {
            label: vscode.l10n.t('Publish all exposed ports (-P)'),
            description: request.publishAll ? vscode.l10n.t('yes') : vscode.l10n.t('no'),
            value: 'publish-all' as const,
          },
          {
            label: vscode.l10n.t('Links (--link)…'),
            description: request.links.join(', ') || none,
            detail: vscode.l10n.t('Legacy: brings variables like ALIAS_PORT and an entry in /etc/hosts, one way only'),
            value: 'links' as const,
          },
        ]
      : []),
    { label: vscode.l10n.t('Environment…'), description: request.env.join(', ') || none, value: 'env' },
    { label: vscode.l10n.t('Volumes…'), description: request.volumes.join(', ') || none, value: 'volumes' },
    { label: vscode.l10n.t('Restart policy…'), description: request.restart ?? 'no', value: 'restart' },
    {
      label: vscode.l10n.t('Command…'),
      description: request.command?.join(' ') ?? vscode.l10n.t('the image’s own'),
      value: 'command',
    },
  ];
}

function firstNetwork(request: RunRequest): RunNetwork | undefined {
  return request.mode.kind === 'networks' ? request.mode.networks[0] : undefined;
}

/** Asks for one option; gives the request with it. */
export async function askMoreOfRun(
  ui: StepUi,
  snapshot: Snapshot,
  request: RunRequest,
  what: MoreOfRun,
): Promise<RunRequest> {
  switch (what) {
    case 'publish-all':
      return { ...request, publishAll: !request.publishAll };
    case 'ipv4':
    case 'ipv6':
      return askAddress(ui, snapshot, request, what);
    case 'aliases': {
      const prompt = vscode.l10n.t('Aliases: further names on this network, separated by commas. Empty: none.');
      const aliases = listOf(await ui.input({ prompt, value: firstNetwork(request)?.aliases?.join(', ') }));
      return withFirst(request, ({ aliases: _before, ...rest }) =>
        aliases.length === 0 ? rest : { ...rest, aliases },
      );
    }
    case 'env':
      return {
        ...request,
        env: await askList(ui, vscode.l10n.t('Environment, like NAME=value; OTHER=value'), request.env, envProblem),
      };
    case 'volumes':
      return {
        ...request,
        volumes: await askList(
          ui,
          vscode.l10n.t('Volumes, like data:/path; /here:/there:ro'),
          request.volumes,
          volumeProblem,
        ),
      };
    case 'links':
      return {
        ...request,
        links: await askList(ui, vscode.l10n.t('Links, like redis:cache'), request.links, () => undefined),
      };
    case 'restart': {
      const items = (['no', 'always', 'unless-stopped', 'on-failure'] as const).map((value) => ({
        label: value,
        value,
      }));
      const restart = await ui.pick({
        placeholder: vscode.l10n.t('Restart policy'),
        items,
        active: request.restart ?? 'no',
      });
      return { ...request, restart };
    }
    case 'command': {
      const prompt = vscode.l10n.t('Command and its arguments, separated by spaces. Empty: the image’s own.');
      const text = await ui.input({ prompt, value: request.command?.join(' ') });
      const { command: _before, ...rest } = request;
      return text === '' ? rest : { ...rest, command: text.split(/\s+/) };
    }
  }
}

function withFirst(request: RunRequest, change: (network: RunNetwork) => RunNetwork): RunRequest {
  if (request.mode.kind !== 'networks') return request;
  const [first, ...others] = request.mode.networks;
  return first ? { ...request, mode: { kind: 'networks', networks: [change(first), ...others] } } : request;
}

async function askAddress(
  ui: StepUi,
  snapshot: Snapshot,
  request: RunRequest,
  family: 'ipv4' | 'ipv6',
): Promise<RunRequest> {
  const network = firstNetwork(request);
  if (!network) return request;
  const free = freeAddress(snapshot, network.id, family);
  const address = await ui.input({
    prompt: vscode.l10n.t('Static address on {0}. Empty: the engine chooses.', network.name),
    placeholder: free ? vscode.l10n.t('automatic; the next free one is {0}', free) : vscode.l10n.t('automatic'),
    value: network[family],
    validate: (value) => {
      const problem = value === '' ? undefined : addressProblem(snapshot, network.id, value);
      return problem?.certain ? refusalWords(`address-${problem.rule}`, problem.args) : undefined;
    },
  });
  return withFirst(request, ({ [family]: _before, ...rest }) =>
    address === '' ? rest : { ...rest, [family]: address },
  );
}

/** Entries separated by semicolons, for values hold commas and spaces. */
async function askList(
  ui: StepUi,
  prompt: string,
  now: readonly string[],
  check: (entry: string) => ReturnType<typeof envProblem>,
): Promise<readonly string[]> {
  const read = (text: string): readonly string[] =>
    text
      .split(';')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  const validate = (value: string): string | undefined =>
    words(
      read(value)
        .map(check)
        .find((problem) => problem !== undefined),
    );
  return read(await ui.input({ prompt, value: now.join('; '), validate }));
}
