/** The panel that explains connections: one pair, one container's lists, or the whole matrix, kept in step with the engine. */
import * as vscode from 'vscode';
import { type CommandKey, commandIds, webviewTypes } from '#contributions';
import type { Disposable, EngineSession, Engines } from '#live/types';
import type { Party, ReachQuestion, Remedy } from '#model/reach';
import type { Snapshot } from '#model/snapshot';
import type { ReachPage, ReachRequest, TestLine } from '#reachProtocol';
import { columnBesideDrawing } from '#views/columns';
import { reachHtml } from '#views/reachHtml';
import { listPage, matrixPage } from '#views/reachOverview';
import { pairPage } from '#views/reachPairPage';

/** What the page is about. */
export type ReachSubject =
  | { readonly kind: 'pair'; readonly engine: string; readonly question: ReachQuestion }
  | { readonly kind: 'list'; readonly engine: string; readonly container: string; readonly direction: 'to' | 'from' }
  | { readonly kind: 'matrix'; readonly engine: string; readonly grouping: 'network' | 'project' };

export interface ReachPagesOptions {
  readonly extensionUri: vscode.Uri;
  readonly engines: Engines;
  /** A real probe, on request only; it asks for consent where it needs more than the source container has. */
  readonly test: (engine: string, question: ReachQuestion) => Promise<TestLine>;
  readonly failed: (error: unknown) => void;
}

export class ReachPages implements vscode.Disposable {
  readonly #options: ReachPagesOptions;
  #panel: vscode.WebviewPanel | undefined;
  #subject: ReachSubject | undefined;
  #session: EngineSession | undefined;
  #test: TestLine | undefined;
  #remedies: readonly Remedy[] = [];
  #ids: readonly string[] = [];
  #parties: readonly Party[] = [];
  #held: Disposable[] = [];

  constructor(options: ReachPagesOptions) {
    this.#options = options;
  }

  /** Opens the page that explains one pair: `Surfaces.explain`. Rejects where the engine cannot be asked. */
  explain(engine: string, from: Party, to: Party, port?: number): Promise<void> {
    return this.open({ kind: 'pair', engine, question: { from, to, ...(port === undefined ? {} : { port }) } });
  }

  async open(subject: ReachSubject): Promise<void> {
    const session = this.#options.engines.find(subject.engine);
    this.#subject = subject;
    this.#test = undefined;
    this.#hold(session);
    await session.complete();
    const panel = this.#panel ?? this.#createPanel();
    panel.reveal(panel.viewColumn);
    this.#show();
  }

  /** For tests and the topology: what is shown now. */
  get subject(): ReachSubject | undefined {
    return this.#panel === undefined ? undefined : this.#subject;
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #hold(session: EngineSession): void {
    if (this.#session === session && this.#held.length > 0) return;
    this.#release();
    this.#session = session;
    this.#held = [
      session.need(),
      session.onDidChangeSnapshot(() => this.#show()),
      session.onDidChangeState(() => this.#show()),
    ];
  }

  #release(): void {
    for (const held of this.#held) held.dispose();
    this.#held = [];
  }

  #createPanel(): vscode.WebviewPanel {
    const { extensionUri } = this.#options;
    const roots = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));
    const panel = vscode.window.createWebviewPanel(webviewTypes.reach, 'Docker Networks', columnBesideDrawing(), {
      enableScripts: true,
      localResourceRoots: roots,
    });
    panel.webview.onDidReceiveMessage((message: ReachRequest) => {
      this.#take(message).catch(this.#options.failed);
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#release();
    });
    panel.webview.html = reachHtml(panel.webview, extensionUri);
    this.#panel = panel;
    return panel;
  }

  #show(): void {
    if (this.#panel === undefined) return;
    const page = this.#page();
    this.#panel.title = page.title;
    void this.#panel.webview.postMessage({ kind: 'show', page });
  }

  #page(): ReachPage {
    const snapshot = this.#session?.snapshot;
    const subject = this.#subject;
    if (snapshot === undefined || subject === undefined)
      return {
        kind: 'notice',
        title: vscode.l10n.t('Who reaches whom'),
        text: vscode.l10n.t('The engine does not answer. This page shows again as soon as it does.'),
      };
    return this.#pageOf(subject, snapshot);
  }

  #pageOf(subject: ReachSubject, snapshot: Snapshot): ReachPage {
    switch (subject.kind) {
      case 'pair': {
        const { page, remedies } = pairPage(snapshot, subject.question, this.#test);
        this.#remedies = remedies;
        return page;
      }
      case 'list': {
        const { page, parties } = listPage(snapshot, subject.container, subject.direction);
        this.#parties = parties;
        return page;
      }
      default: {
        const { page, ids } = matrixPage(snapshot, subject.grouping);
        this.#ids = ids;
        return page;
      }
    }
  }

  /** A message of the page: hostile until looked at, for a page is only as good as what is drawn in it. */
  async #take(message: ReachRequest): Promise<void> {
    const subject = this.#subject;
    if (subject === undefined) return;
    switch (message.kind) {
      case 'ready':
        this.#show();
        return;
      case 'remedy':
        await this.#carryOut(subject.engine, this.#remedies[message.index]);
        return;
      case 'test':
        if (subject.kind === 'pair') await this.#runTest(subject.engine, subject.question);
        return;
      case 'swap':
        if (subject.kind === 'pair') await this.explain(subject.engine, subject.question.to, subject.question.from);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(String(message.text));
        return;
      case 'group':
        if (subject.kind === 'matrix') await this.open({ ...subject, grouping: message.by });
        return;
      case 'open':
        await this.#openPair(subject, message.from, message.to);
        return;
      default:
        return;
    }
  }

  async #openPair(subject: ReachSubject, first: number | undefined, second: number | undefined): Promise<void> {
    if (subject.kind === 'list') {
      const other = this.#parties[first ?? -1];
      const self: Party = { container: subject.container };
      if (other === undefined) return;
      if (subject.direction === 'to') await this.explain(subject.engine, other, self);
      else await this.explain(subject.engine, self, other);
      return;
    }
    const from = this.#ids[first ?? -1];
    const to = this.#ids[second ?? -1];
    if (from !== undefined && to !== undefined)
      await this.explain(subject.engine, { container: from }, { container: to });
  }

  async #runTest(engine: string, question: ReachQuestion): Promise<void> {
    this.#test = { tone: 'running', text: vscode.l10n.t('Testing…'), lines: [] };
    this.#show();
    const asked = this.#subject;
    try {
      const result = await this.#options.test(engine, question);
      if (this.#subject === asked) this.#test = result;
    } catch (error) {
      this.#test = undefined;
      throw error;
    } finally {
      this.#show();
    }
  }

  /** Opens the matching command, filled in; the command itself still asks what is not certain. */
  async #carryOut(engine: string, remedy: Remedy | undefined): Promise<void> {
    if (remedy?.command === undefined) return;
    await vscode.commands.executeCommand(commandIds[remedy.command as CommandKey], remedyArgument(engine, remedy));
  }
}

/** A remedy's arguments as its command takes them: a row that answers the prompts it can, and has the rest asked. */
export function remedyArgument(engine: string, { rule, command, args }: Remedy): unknown {
  const container = { kind: 'container', engine, container: args.container ?? '' };
  switch (command) {
    case 'connectContainer':
      return { ...container, onto: args.network ?? '' };
    case 'publishPort':
      // The held port itself must be published anew, at another address: that is for the person to say.
      return rule === 'publish' && args.port
        ? { engine, container: args.container ?? '', publish: `${args.port}:${args.port}`, ask: true }
        : container;
    case 'startContainer':
      return container;
    default:
      return { kind: 'engine', engine };
  }
}
