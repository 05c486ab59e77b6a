/** The steps that ask what to run: image, name, mode, ports, and a last look with everything else on request. */
import * as vscode from 'vscode';
import type { Access } from '#commands/access';
import { listOf } from '#commands/connectPrompts';
import { bindablePorts } from '#commands/findFree';
import { type Choice, runSteps, type Step, type StepUi } from '#commands/multiStep';
import { copy, words } from '#commands/networkPrompts';
import { containerChoices, networkChoices } from '#commands/pickers';
import { askMoreOfRun, type MoreOfRun, runRows } from '#commands/runMore';
import { refusalWords } from '#commands/words';
import { runLine } from '#model/dockerLine';
import { freeHostPorts, portClash } from '#model/hostPorts';
import { formatPortSpec, parsePortSpec } from '#model/portSpec';
import { containerNameProblem, imageProblem, type RunMode, type RunRequest, runProblem } from '#model/runRequest';
import type { Protocol } from '#model/snapshot';

export interface RunAnswers {
  request: RunRequest;
  more: boolean;
  refusal?: string;
}

type ModeKind = RunMode['kind'];

export async function askRun(access: Access, answers: RunAnswers, title: string): Promise<void> {
  const publishes = (): boolean => answers.request.mode.kind === 'networks';
  const steps = (): readonly Step[] => [
    (ui) => askImage(ui, access, answers),
    (ui) => askName(ui, access, answers),
    (ui) => askMode(ui, answers),
    ...(answers.request.mode.kind === 'networks' ? [(ui: StepUi) => askNetworks(ui, access, answers)] : []),
    ...(answers.request.mode.kind === 'container' ? [(ui: StepUi) => askOwner(ui, access, answers)] : []),
    ...(publishes() ? [(ui: StepUi) => askPorts(ui, access, answers)] : []),
    (ui) => lastLook(ui, access, answers),
  ];
  await runSteps(title, steps, answers.refusal === undefined ? 0 : steps().length - 1);
}

async function askImage(ui: StepUi, { client }: Access, answers: RunAnswers): Promise<void> {
  const images = await client.images();
  const tags = images.flatMap((image) => image.tags.filter((tag) => !tag.includes('<none>'))).sort();
  const other: Choice<string> = {
    label: vscode.l10n.t('Another image…'),
    description: vscode.l10n.t('pulled from its registry'),
    value: '',
  };
  const items = [...tags.map((tag): Choice<string> => ({ label: tag, value: tag })), other];
  const chosen =
    tags.length === 0
      ? ''
      : await ui.pick({ placeholder: vscode.l10n.t('Image'), items, active: answers.request.image });
  const image =
    chosen ||
    (await ui.input({
      prompt: vscode.l10n.t('Image to pull and run'),
      placeholder: 'nginx:latest',
      value: answers.request.image,
      validate: (value) => words(imageProblem(value)),
    }));
  answers.request = { ...answers.request, image };
}

async function askName(ui: StepUi, { snapshot }: Access, answers: RunAnswers): Promise<void> {
  const name = await ui.input({
    prompt: vscode.l10n.t('Name of the container. Empty: the engine makes one up.'),
    placeholder: 'web',
    value: answers.request.name,
    validate: (value) => words(containerNameProblem(snapshot, value)),
  });
  const { name: _before, ...rest } = answers.request;
  answers.request = name === '' ? rest : { ...rest, name };
}

async function askMode(ui: StepUi, answers: RunAnswers): Promise<void> {
  const items: readonly Choice<ModeKind>[] = [
    {
      label: vscode.l10n.t('On networks'),
      description: vscode.l10n.t('with its own address and names'),
      value: 'networks',
    },
    {
      label: vscode.l10n.t('In the host’s network'),
      description: vscode.l10n.t('its ports are the host’s; no address of its own'),
      value: 'host',
    },
    { label: vscode.l10n.t('Without a network'), description: vscode.l10n.t('only its own localhost'), value: 'none' },
    {
      label: vscode.l10n.t('In another container’s network'),
      description: vscode.l10n.t('one address for both; they reach each other on localhost'),
      value: 'container',
    },
  ];
  const kind = await ui.pick({
    placeholder: vscode.l10n.t('How is it to be connected?'),
    items,
    active: answers.request.mode.kind,
  });
  if (kind === answers.request.mode.kind) return;
  const modes = {
    networks: { kind: 'networks', networks: [] },
    host: { kind: 'host' },
    none: { kind: 'none' },
  } as const;
  const mode: RunMode = kind === 'container' ? { kind, id: '', name: '' } : modes[kind];
  // Ports and links belong to a container with a network of its own.
  answers.request = {
    ...answers.request,
    mode,
    ...(kind === 'networks' ? {} : { publish: [], publishAll: false, links: [] }),
  };
}

async function askNetworks(ui: StepUi, { snapshot }: Access, answers: RunAnswers): Promise<void> {
  const { mode } = answers.request;
  const known = mode.kind === 'networks' ? mode.networks : [];
  const usable = networkChoices(
    snapshot,
    (network) =>
      network.driver !== 'host' &&
      network.driver !== 'null' &&
      !network.ingress &&
      (network.scope !== 'swarm' || network.attachable),
  );
  const items = usable.map((choice) => ({ ...choice, picked: known.some(({ id }) => id === choice.value.id) }));
  const placeholder = vscode.l10n.t('Networks to join; none ticked: the default bridge');
  const chosen = await ui.pickMany({ placeholder, items });
  const networks = chosen.map(({ id, name }) => known.find((network) => network.id === id) ?? { id, name });
  answers.request = { ...answers.request, mode: { kind: 'networks', networks } };
}

async function askOwner(ui: StepUi, { snapshot }: Access, answers: RunAnswers): Promise<void> {
  const items = containerChoices(
    snapshot,
    (container) => container.state === 'running' && container.mode !== 'container',
  );
  const placeholder = vscode.l10n.t('Whose network is to be shared?');
  const { id, name } = await ui.pick({ placeholder, items });
  answers.request = { ...answers.request, mode: { kind: 'container', id, name } };
}

async function askPorts(ui: StepUi, { snapshot }: Access, answers: RunAnswers): Promise<void> {
  const [free] = await bindablePorts(snapshot, 8080, 1, 'tcp');
  const text = await ui.input({
    prompt: vscode.l10n.t(
      'Ports to publish, separated by commas: 8080:80, 80 (random), 8000-8010:80-90/udp, 127.0.0.1:8080:80. Empty: none.',
    ),
    placeholder: free ? vscode.l10n.t('the next free host port is {0}', free) : '',
    value: answers.request.publish.map(formatPortSpec).join(', '),
    validate: (value) => portsProblem(snapshot, value),
  });
  const publish = listOf(text).flatMap((part) => {
    const reading = parsePortSpec(part);
    return 'spec' in reading ? [reading.spec] : [];
  });
  answers.request = { ...answers.request, publish };
}

/** What is wrong with a list of ports, holders of host ports named and the next free one proposed. */
export function portsProblem(snapshot: Access['snapshot'], text: string, exceptContainer?: string): string | undefined {
  for (const part of listOf(text)) {
    const reading = parsePortSpec(part);
    if ('problem' in reading) return refusalWords(reading.problem.rule, reading.problem.args);
    const holder = portClash(snapshot, reading.spec, exceptContainer);
    if (holder) return heldWords(snapshot, holder.hostPort, holder.name, reading.spec.protocol);
  }
  return undefined;
}

type LastAnswer = 'finish' | 'more' | 'copy' | MoreOfRun;

async function lastLook(ui: StepUi, access: Access, answers: RunAnswers): Promise<void> {
  for (;;) {
    const line = runLine(answers.request);
    const items: Choice<LastAnswer>[] = [
      { label: `$(play) ${vscode.l10n.t('Run')}`, detail: line, value: 'finish' },
      { label: `$(copy) ${vscode.l10n.t('Copy as docker command')}`, value: 'copy' },
      ...(answers.more
        ? runRows(answers.request)
        : [{ label: `$(settings-gear) ${vscode.l10n.t('More options…')}`, value: 'more' as const }]),
    ];
    const refused = answers.refusal && vscode.l10n.t('The engine refused: {0}', answers.refusal);
    const placeholder = refused || vscode.l10n.t('Look once more, then go ahead');
    const answer = await ui.pick<LastAnswer>({ placeholder, items });
    const problem = answer === 'finish' ? runProblem(access.snapshot, answers.request) : undefined;
    if (answer === 'finish' && !problem) return;
    if (problem) answers.refusal = words(problem) ?? '';
    else if (answer === 'more') answers.more = true;
    else if (answer === 'copy') await copy(line);
    else if (answer !== 'finish') answers.request = await askMoreOfRun(ui, access.snapshot, answers.request, answer);
  }
}

function heldWords(snapshot: Access['snapshot'], port: number, holder: string, protocol: Protocol): string {
  const [next] = freeHostPorts(snapshot, port + 1, 1, protocol);
  if (next === undefined) return refusalWords('port-held', { port: `${port}`, holder });
  return vscode.l10n.t('Host port {0} is taken by “{1}”. The next free one is {2}.', port, holder, next);
}
