/** Registers the topology view: one panel for the engine, one for plans, restored after a reload of the window. */
import * as vscode from 'vscode';
import { webviewTypes } from '#contributions';
import type { Engines } from '#live/types';
import type { Snapshot } from '#model/snapshot';
import type { Target } from '#views/target';
import { createPanel, type PanelContext, type Subject, TopologyPanel } from '#views/topologyHost';

export interface TopologyDependencies {
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

export interface Topology {
  /** Opens the drawing beside the editor, or brings it to the front, and selects the node when one is given. */
  openTopology(target?: Target): Promise<void>;
  /** Opens the drawing of a planned snapshot in a panel of its own. */
  showPlan(title: string, snapshot: Snapshot): Promise<void>;
  /** Selects a node while the drawing is visible: what the tree selected. */
  select(target: Target): void;
  /** A node that the user selected in the drawing. */
  readonly onDidSelect: vscode.Event<Target>;
  /** What an open drawing looks like now; undefined when none is visible. */
  picture(format: 'svg' | 'png'): Promise<string | undefined>;
}

export function registerTopology(
  extension: vscode.ExtensionContext,
  engines: Engines,
  dependencies: TopologyDependencies,
): Topology {
  const selected = new vscode.EventEmitter<Target>();
  const context: PanelContext = {
    extension: extension.extensionUri,
    engines,
    log: dependencies.log,
    selected: (target) => selected.fire(target),
  };
  const open = new Map<'engine' | 'plan', TopologyPanel>();
  const title = (subject: Subject): string =>
    subject.kind === 'plan' ? subject.title : vscode.l10n.t('Docker Networks');
  const adopt = (panel: vscode.WebviewPanel, subject: Subject): TopologyPanel => {
    const { kind } = subject;
    open.get(kind)?.panel.dispose();
    const made = new TopologyPanel(panel, context, subject);
    open.set(kind, made);
    panel.onDidDispose(() => {
      made.dispose();
      if (open.get(kind) === made) open.delete(kind);
    });
    return made;
  };
  const show = (subject: Subject): TopologyPanel => {
    const found = open.get(subject.kind);
    if (!found) return adopt(createPanel(title(subject)), subject);
    found.panel.title = title(subject);
    found.show(subject);
    if (!found.panel.visible) found.panel.reveal(undefined, true);
    return found;
  };

  extension.subscriptions.push(
    selected,
    new vscode.Disposable(() => {
      for (const panel of open.values()) panel.panel.dispose();
    }),
    vscode.window.registerWebviewPanelSerializer(webviewTypes.topology, {
      async deserializeWebviewPanel(panel) {
        // Plans are not kept: the Compose file shows a new one. What comes back is the engine's picture.
        adopt(panel, { kind: 'engine' });
        panel.title = vscode.l10n.t('Docker Networks');
      },
    }),
  );
  return {
    async openTopology(target) {
      const panel = show({ kind: 'engine', ...(target ? { endpoint: target.engine } : {}) });
      // Who asks for the drawing goes on in it; who asks for a row's place there stays at the row.
      if (target) panel.select(target);
      else panel.panel.reveal(undefined, false);
    },
    async showPlan(planTitle, snapshot) {
      show({ kind: 'plan', title: planTitle, snapshot });
    },
    select(target) {
      // A planned snapshot's engine is named after its project: such a target is the plan's.
      const panel = open.get(target.engine.startsWith('plan:') ? 'plan' : 'engine');
      if (panel?.panel.visible) panel.select(target);
    },
    onDidSelect: selected.event,
    async picture(format) {
      const visible = [...open.values()].find((panel) => panel.panel.visible);
      return visible?.picture(format);
    },
  };
}
