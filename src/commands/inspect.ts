import * as vscode from 'vscode';
import { type Access, accessFor, proposedContainer, proposedNetwork, targetContainer } from '#commands/access';
import { Answers, asScript } from '#commands/arguments';
import { askOnce } from '#commands/multiStep';
import { Refusal } from '#commands/operations/refusal';
import { resolveContainer, resolveNetwork } from '#commands/operations/resolve';
import { containerChoices, networkChoices } from '#commands/pickers';
import type { Command, CommandContext } from '#commands/registry';
import { asTarget } from '#views/target';

const scheme = 'dockernetworks-inspect';

interface Thing {
  readonly kind: 'network' | 'container';
  readonly id: string;
  readonly name: string;
}

/**
 * Opens the engine's own JSON in a read-only editor: `inspect({ engine?, network })` or `inspect({ engine?, container })`
 * gives it too.
 */
export const inspect: Command = {
  id: 'inspect',
  changes: false,
  async run(context, argument) {
    const access = await accessFor(context, argument);
    const thing = await whichThing(access, argument);
    const uri = vscode.Uri.from({
      scheme,
      path: `/${thing.kind}/${thing.id}/${thing.name.replaceAll('/', '_')}.json`,
      query: access.session.spec.id,
    });
    const document = await vscode.workspace.openTextDocument(uri);
    changed.fire(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    await vscode.window.showTextDocument(document, { preview: true });
    return asScript(argument) ? raw(access, thing) : undefined;
  },
};

const changed = new vscode.EventEmitter<vscode.Uri>();

/** Gives the text of inspect documents; registered once at activation. */
export function registerInspect(context: CommandContext): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri) {
      const [, kind, id = ''] = uri.path.split('/');
      const client = await context.engines.find(uri.query).client();
      const json = kind === 'network' ? await client.rawNetwork(id) : await client.rawContainer(id);
      return `${JSON.stringify(json, null, 2)}\n`;
    },
  });
}

function raw({ client }: Access, thing: Thing): Promise<unknown> {
  return thing.kind === 'network' ? client.rawNetwork(thing.id) : client.rawContainer(thing.id);
}

async function whichThing(access: Access, argument: unknown): Promise<Thing> {
  const { snapshot } = access;
  const script = asScript(argument);
  if (script) {
    const answers = new Answers(script, ['network', 'container']);
    const network = answers.text('network');
    if (network !== undefined) return { kind: 'network', ...resolveNetwork(snapshot, network) };
    return { kind: 'container', ...resolveContainer(snapshot, answers.needText('container')) };
  }
  const target = asTarget(argument);
  if (target?.kind === 'network') return { kind: 'network', ...resolveNetwork(snapshot, target.network) };
  const container = targetContainer(access, target);
  if (container) return { kind: 'container', ...container };
  const items = [
    ...networkChoices(snapshot, () => true).map((choice) => ({
      ...choice,
      value: { kind: 'network', ...choice.value } as Thing,
    })),
    ...containerChoices(snapshot, () => true).map((choice) => ({
      ...choice,
      value: { kind: 'container', ...choice.value } as Thing,
    })),
  ];
  if (items.length === 0) throw new Refusal('no-containers');
  const proposed = (access.proposed?.kind === 'network' ? proposedNetwork(access) : proposedContainer(access))?.id;
  const active = items.find(({ value }) => value.id === proposed)?.value;
  const placeholder = vscode.l10n.t('Which network or container?');
  return askOnce(vscode.l10n.t('Inspect')).pick({ placeholder, items, active });
}
