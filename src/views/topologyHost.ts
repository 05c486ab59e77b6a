/**
 * The topology panel: feeds the page from one engine (or one plan) and carries its gestures to commands. While it is
 * hidden the page does not exist and costs nothing; when it comes back, one message brings everything.
 */
import * as vscode from 'vscode';
import { type CommandKey, commandIds, webviewTypes } from '#contributions';
import type { Disposable, EngineSession, Engines } from '#live/types';
import type { Snapshot } from '#model/snapshot';
import type { FromPage, ToPage, UpdateMessage } from '#protocol';
import { columnBeside } from '#views/columns';
import type { Target } from '#views/target';
import { detailsOf } from '#views/topologyDetails';
import { TopologyFeed } from '#views/topologyFeed';
import { keyOf, targetOf } from '#views/topologyKeys';
import { pairOf } from '#views/topologyPair';
import { noEngine, statusOf } from '#views/topologyStatus';
import { pageWords } from '#views/topologyWords';
import { webviewHtml, webviewRoots } from '#views/webviewHtml';

/** Commands that the page may ask for: whatever else it says is not run. */
const allowed: ReadonlySet<string> = new Set<CommandKey>([
  'connectContainer',
  'explainConnection',
  'openPort',
  'inspect',
  'createNetwork',
  'publishPort',
  'runContainer',
  'startContainer',
  'exportTopology',
  'retryConnection',
  'chooseEngine',
  'showLog',
]);

const styles = ['tokens', 'controls', 'stage', 'drawing', 'parts'].map((name) => `topology/${name}.css`);

export interface PanelContext {
  readonly extension: vscode.Uri;
  readonly engines: Engines;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
  selected(target: Target): void;
}

/** What the panel draws: an engine, by the id of its endpoint (undefined: the current one), or a plan. */
export type Subject =
  | { readonly kind: 'engine'; readonly endpoint?: string }
  | { readonly kind: 'plan'; readonly title: string; readonly snapshot: Snapshot };

export class TopologyPanel implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #context: PanelContext;
  readonly #subscriptions: Disposable[] = [];
  readonly #feed = new TopologyFeed();
  readonly #pictures = new Map<number, (data: string | undefined) => void>();
  #subject: Subject;
  #session: EngineSession | undefined;
  #attached: Disposable[] = [];
  #ready = false;
  #requests = 0;
  #selected: string | undefined;
  #pair: { readonly from: string; readonly to: string } | undefined;
  #awaited: Target | undefined;
  #sending: ReturnType<typeof setTimeout> | undefined;

  constructor(panel: vscode.WebviewPanel, context: PanelContext, subject: Subject) {
    this.panel = panel;
    this.#context = context;
    this.#subject = subject;
    panel.webview.options = { enableScripts: true, localResourceRoots: [...webviewRoots(context.extension)] };
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((message: FromPage) => this.#heard(message)),
      panel.onDidChangeViewState(() => this.#attach()),
      context.engines.onDidChange(() => this.#attach()),
    );
    panel.webview.html = webviewHtml(panel.webview, context.extension, 'topology', styles, panel.title);
    this.#attach();
  }

  get snapshot(): Snapshot | undefined {
    return this.#subject.kind === 'plan' ? this.#subject.snapshot : this.#session?.snapshot;
  }

  show(subject: Subject): void {
    this.#subject = subject;
    this.#selected = undefined;
    this.#pair = undefined;
    this.#attach();
    this.#send();
  }

  /** Selects the node and moves it into view; when it is not drawn yet, as soon as it is. */
  select(target: Target): void {
    const { snapshot } = this;
    const key = snapshot && keyOf(target, snapshot);
    if (key === undefined || !this.#ready) {
      this.#awaited = target;
      return;
    }
    this.#awaited = undefined;
    this.#post({ kind: 'select', key });
  }

  /** The page's picture: SVG text, or PNG in base64; undefined when it is hidden or does not answer. A new page is waited for. */
  async picture(format: 'svg' | 'png'): Promise<string | undefined> {
    for (let waited = 0; !this.#ready && waited < 50; waited++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    if (!this.#ready || !this.panel.visible) return undefined;
    const request = this.#requests++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#pictures.get(request)?.(undefined), 10_000);
      this.#pictures.set(request, (data) => {
        clearTimeout(timer);
        this.#pictures.delete(request);
        resolve(data);
      });
      this.#post({ kind: 'picture', request, format });
    });
  }

  dispose(): void {
    clearTimeout(this.#sending);
    for (const answer of [...this.#pictures.values()]) answer(undefined);
    this.#detach();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Holds the engine while the panel is visible, and lets it go when it is not. */
  #attach(): void {
    this.#detach();
    if (!this.panel.visible) {
      this.#ready = false;
      return;
    }
    if (this.#subject.kind === 'plan') return;
    const { engines } = this.#context;
    const { endpoint } = this.#subject;
    this.#session = engines.sessions.find((session) => session.spec.id === endpoint) ?? engines.current;
    const session = this.#session;
    if (session) {
      this.#attached = [
        session.need(),
        session.onDidChangeState(() => this.#sendSoon()),
        session.onDidChangeSnapshot(() => this.#sendSoon()),
      ];
      if (session.snapshot) void session.look();
    }
    this.#sendSoon();
  }

  #detach(): void {
    for (const subscription of this.#attached) subscription.dispose();
    this.#attached = [];
  }

  /** Bursts of events are one message. */
  #sendSoon(): void {
    this.#sending ??= setTimeout(() => this.#send(), 16);
  }

  #send(): void {
    clearTimeout(this.#sending);
    this.#sending = undefined;
    if (!this.#ready || !this.panel.visible) return;
    this.#post(this.#feed.next(this.#update()));
    if (this.#awaited) this.select(this.#awaited);
    if (this.#selected !== undefined) this.#sendDetails();
    if (this.#pair) this.#sendPair();
  }

  #update(): UpdateMessage {
    if (this.#subject.kind === 'plan') {
      const { title, snapshot } = this.#subject;
      const status = { tone: 'waiting' as const, text: title };
      return { kind: 'update', engine: snapshot.engine.name, engineLabel: title, status, snapshot, plan: title };
    }
    const session = this.#session;
    if (!session) return { kind: 'update', engine: '', engineLabel: '', status: noEngine() };
    const { spec, snapshot } = session;
    return {
      kind: 'update',
      engine: spec.id,
      engineLabel: spec.label,
      status: statusOf(session),
      ...(snapshot ? { snapshot } : {}),
    };
  }

  #sendDetails(): void {
    const { snapshot } = this;
    if (!snapshot || this.#selected === undefined) return;
    const plan = this.#subject.kind === 'plan';
    const label = this.#session?.spec.label ?? '';
    const details = detailsOf(snapshot, this.#selected, this.#engine(), plan ? 'localhost' : label, plan);
    this.#post({ kind: 'details', details });
  }

  #sendPair(): void {
    const { snapshot } = this;
    if (!snapshot || !this.#pair) return;
    const { from, to } = this.#pair;
    this.#post({
      kind: 'pair',
      pair: pairOf(snapshot, from, to, this.#engine(), this.#subject.kind === 'plan'),
    });
  }

  #engine(): string {
    return this.#session?.spec.id ?? this.snapshot?.engine.name ?? '';
  }

  #heard(message: FromPage): void {
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        this.#feed.forget();
        this.#post({ kind: 'initialise', words: pageWords(), language: vscode.env.language, screenReader: false });
        this.#send();
        return;
      case 'whole':
        this.#feed.forget();
        this.#send();
        return;
      case 'selected': {
        this.#selected = message.key;
        this.#pair = undefined;
        this.#sendDetails();
        const { snapshot } = this;
        const target =
          message.key === undefined || !snapshot ? undefined : targetOf(message.key, this.#engine(), snapshot);
        if (target && message.reveal && this.#subject.kind === 'engine') this.#context.selected(target);
        return;
      }
      case 'pair':
        this.#pair = { from: message.from, to: message.to };
        this.#sendPair();
        return;
      case 'connect':
        void vscode.commands.executeCommand(commandIds.connectContainer, {
          kind: 'container',
          engine: this.#engine(),
          container: message.container,
          onto: message.network,
        });
        return;
      case 'command':
        this.#run(message.command, message.target);
        return;
      case 'picture':
        this.#pictures.get(message.request)?.(message.data);
        return;
      case 'failed':
        this.#context.log.error(`The topology page failed: ${message.message}`);
        return;
    }
  }

  #run(command: string, target: unknown): void {
    if (command === 'fromCompose') {
      void vscode.commands.executeCommand('workbench.action.quickOpen', 'compose');
      return;
    }
    if (allowed.has(command)) void vscode.commands.executeCommand(commandIds[command as CommandKey], target);
  }

  #post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }
}

/** Opens the panel beside the editor. */
export function createPanel(title: string): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(
    webviewTypes.topology,
    title,
    { viewColumn: columnBeside(), preserveFocus: true },
    { enableScripts: true },
  );
  return panel;
}
