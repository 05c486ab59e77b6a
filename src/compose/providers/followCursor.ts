/** Drawing and code, both ways: the cursor highlights a node, a selected node shows its service. Off by a setting. */
import * as vscode from 'vscode';
import { containerId, networkId, planPrefix, serviceOfPlan } from '#compose/plan';
import { type ComposeDocuments, isComposeDocument, uriOf } from '#compose/providers/documents';
import { containersOf, networkOf, placeAt } from '#compose/providers/locate';
import type { Span } from '#compose/tree';
import { settings } from '#contributions';
import type { Engines } from '#live/types';

/** A node of a drawing: of an engine's, or (ids that begin with `plan:`) of a planned one. */
export type FollowTarget =
  | { readonly kind: 'network'; readonly engine: string; readonly network: string }
  | { readonly kind: 'container'; readonly engine: string; readonly container: string };

/** What a drawing says was selected: anything that names a container or a network. */
export interface SelectedNode {
  readonly kind: string;
  readonly engine: string;
  readonly container?: string;
  readonly network?: string;
}

export interface FollowCursor extends vscode.Disposable {
  /** A node was selected in a drawing: shows its service or network in the file, when a visible editor has it. */
  selected(target: SelectedNode): Promise<void>;
}

/** `highlight` is called with what the cursor is in, on the engine and in the plan alike; with [] when it leaves. */
export function followCursor(
  documents: ComposeDocuments,
  engines: Engines,
  highlight: (targets: readonly FollowTarget[]) => void,
): FollowCursor {
  const enabled = (): boolean => vscode.workspace.getConfiguration().get(settings.followCursor, true);
  let turn = 0;
  let last = '[]';
  /** The selection we set ourselves says nothing new. */
  let revealing = false;

  const tell = (targets: readonly FollowTarget[]): void => {
    const now = JSON.stringify(targets);
    if (now === last) return;
    last = now;
    highlight(targets);
  };

  const moved = async (editor: vscode.TextEditor): Promise<void> => {
    const own = ++turn;
    if (revealing || !enabled() || !isComposeDocument(editor.document)) {
      if (!revealing && last !== '[]') tell([]);
      return;
    }
    const { project, file } = await documents.project(editor.document.uri);
    // A later move has overtaken this one.
    if (own !== turn) return;
    const place = placeAt(project, file, editor.document.offsetAt(editor.selection.active));
    if (!place) return tell([]);
    const plan = `${planPrefix}${project.name}`;
    const session = engines.current;
    const snapshot = session?.snapshot;
    const targets: FollowTarget[] = [];
    if (place.kind === 'service') {
      if (snapshot)
        for (const { id } of containersOf(project, place.service, snapshot))
          targets.push({ kind: 'container', engine: snapshot.engine.name, container: id });
      targets.push({ kind: 'container', engine: plan, container: containerId(place.service.name) });
    } else {
      const known = snapshot && networkOf(project, place.key, snapshot);
      if (snapshot && known) targets.push({ kind: 'network', engine: snapshot.engine.name, network: known.id });
      const name = project.networks.find(({ key }) => key === place.key)?.name ?? place.key;
      targets.push({ kind: 'network', engine: plan, network: networkId(name) });
    }
    tell(targets);
  };

  const selected = async (node: SelectedNode): Promise<void> => {
    const target = followed(node);
    // The echo of what the cursor itself has highlighted must not move the cursor.
    if (!target || !enabled() || last.includes(JSON.stringify(target))) return;
    for (const editor of vscode.window.visibleTextEditors) {
      if (!isComposeDocument(editor.document)) continue;
      const { project, file } = await documents.project(editor.document.uri);
      const span = spanOf(project, target, engines);
      if (span?.file !== file && span !== undefined && uriOf(span.file).toString() !== editor.document.uri.toString())
        continue;
      if (!span) continue;
      const range = new vscode.Range(editor.document.positionAt(span.start), editor.document.positionAt(span.end));
      revealing = true;
      try {
        editor.selection = new vscode.Selection(range.start, range.start);
        editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      } finally {
        setTimeout(() => {
          revealing = false;
        }, 100);
      }
      return;
    }
  };

  const subscription = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => void moved(textEditor)),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor) void moved(editor);
    }),
  );
  return { dispose: () => subscription.dispose(), selected };
}

function followed({ engine, container, network }: SelectedNode): FollowTarget | undefined {
  if (container !== undefined) return { kind: 'container', engine, container };
  return network === undefined ? undefined : { kind: 'network', engine, network };
}

type Project = Awaited<ReturnType<ComposeDocuments['project']>>['project'];

function spanOf(project: Project, target: FollowTarget, engines: Engines): Span | undefined {
  if (target.kind === 'container') {
    const planned = serviceOfPlan(target.container);
    const snapshot = engines.current?.snapshot;
    const container = snapshot?.containers.find(({ id }) => id === target.container);
    const name = planned ?? (container?.compose?.project === project.name ? container.compose.service : undefined);
    return project.services.find((service) => service.name === name)?.at;
  }
  const known = engines.current?.snapshot?.networks.find(({ id }) => id === target.network);
  return project.networks.find(
    (network) =>
      network.declared &&
      (networkId(network.name) === target.network || (known !== undefined && network.name === known.name)),
  )?.at;
}
