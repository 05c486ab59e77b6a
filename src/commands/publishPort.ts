import * as vscode from 'vscode';
import { accessFor, targetContainer } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { listOf } from '#commands/connectPrompts';
import { askOnce } from '#commands/multiStep';
import { planPublish, type RecreatePlan, recreateContainer } from '#commands/operations/recreateContainer';
import { Refusal, refuse } from '#commands/operations/refusal';
import { resolveContainer } from '#commands/operations/resolve';
import { confirmModal, pickContainer, withProgress } from '#commands/pickers';
import type { Command } from '#commands/registry';
import { readPort } from '#commands/runArguments';
import { portsProblem } from '#commands/runPrompts';
import { refusalWords } from '#commands/words';
import { freeHostPorts, portClash } from '#model/hostPorts';
import { formatPortSpec, type PortSpec } from '#model/portSpec';
import type { Container, Snapshot } from '#model/snapshot';
import { asTarget } from '#views/target';

/**
 * Publishes ports of a container that exists, by making it anew: `publishPort({ engine?, container, publish, confirmed? })`,
 * `publish` one text or a list, like `8080:80`.
 */
export const publishPort: Command = {
  id: 'publishPort',
  changes: true,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    const { client, snapshot, session } = access;
    const script = asScript(argument);
    let container: Container;
    let ports: readonly PortSpec[];
    let confirmed = false;
    if (script) {
      const answers = new Answers(script, ['container', 'publish', 'port']);
      container = resolveContainer(snapshot, answers.needText('container'));
      refuse(modeProblem(snapshot, container));
      ports = portsFrom(answers).map(readPort);
      confirmed = answers.flag('confirmed') ?? false;
      for (const spec of ports) {
        const holder = portClash(snapshot, spec);
        if (holder) throw new Refusal('port-held', { port: `${holder.hostPort}`, holder: holder.name });
      }
    } else {
      const title = vscode.l10n.t('Publish Port');
      container =
        targetContainer(access, asTarget(argument)) ??
        (await pickContainer(title, access, (one) => one.mode === 'networks'));
      refuse(modeProblem(snapshot, container));
      ports = await askPorts(snapshot, container, title);
    }
    const plan = await planPublish(client, snapshot, container, ports);
    if (!confirmed) await confirm(plan, ports);
    const { id } = await withProgress(vscode.l10n.t('Publishing ports of {0}', container.name), (report, signal) =>
      recreateContainer(client, plan, { signal, step: (code, args) => report(refusalWords(code, args)) }),
    );
    await session.look();
    return { id };
  },
};

/** Where publishing has no effect, known before anything is asked. */
function modeProblem(
  snapshot: Snapshot,
  container: Container,
): { readonly rule: string; readonly args: Readonly<Record<string, string>> } | undefined {
  const args = { container: container.name };
  if (container.mode === 'host') return { rule: 'publish-in-host-mode', args };
  if (container.mode === 'none') return { rule: 'publish-without-network', args };
  if (container.mode !== 'container') return undefined;
  const owner = snapshot.containers.find((candidate) => candidate.id === container.sharesWith);
  return { rule: 'publish-when-sharing', args: { container: owner?.name ?? container.name } };
}

/** A remedy may know the container's port only: the engine then chooses the host's. */
function portsFrom(answers: Answers): readonly string[] {
  const given = answers.any('publish') ?? answers.any('port');
  if (typeof given === 'string') return listOf(given);
  if (typeof given === 'number') return [`${given}`];
  const ports = answers.texts('publish') ?? [];
  if (ports.length === 0) throw new Refusal('argument-missing', { argument: 'publish' });
  return ports;
}

async function askPorts(snapshot: Snapshot, container: Container, title: string): Promise<readonly PortSpec[]> {
  const hidden = container.exposed?.find(
    ({ port }) => !container.published.some((published) => published.port === port),
  );
  const port = hidden?.port ?? 80;
  const [free] = freeHostPorts(snapshot, port < 1024 ? 8000 + port : port, 1, hidden?.protocol ?? 'tcp');
  const proposal = `${free ?? ''}:${port}${hidden && hidden.protocol !== 'tcp' ? `/${hidden.protocol}` : ''}`;
  const text = await askOnce(`${title}: ${container.name}`).input({
    prompt: vscode.l10n.t('Ports to publish, like 8080:80 or 127.0.0.1:8080:80/udp'),
    value: proposal,
    validate: (value) => (value === '' ? refusalWords('port-empty', {}) : portsProblem(snapshot, value)),
  });
  return listOf(text).map(readPort);
}

async function confirm(plan: RecreatePlan, ports: readonly PortSpec[]): Promise<void> {
  const lines = [
    vscode.l10n.t(
      'Engines cannot publish a port of a container that exists, so it is made anew with everything else as it is.',
    ),
    ...plan.losses.map((loss) => `⚠ ${refusalWords(loss.rule, loss.args)}`),
    vscode.l10n.t('If a step fails, the earlier container is brought back.'),
  ];
  const message = vscode.l10n.t('Publish {0} of “{1}”?', ports.map(formatPortSpec).join(', '), plan.name);
  await confirmModal(message, lines.join('\n'), vscode.l10n.t('Publish'));
}
