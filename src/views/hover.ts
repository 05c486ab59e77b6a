/** Hovers in any text: what an address, a port or a host name is now. Asks an engine only when there is something to ask about. */
import * as vscode from 'vscode';
import type { Compose } from '#compose/providers/register';
import { findServices } from '#compose/providers/workspace';
import { settings } from '#contributions';
import type { EngineSession, Engines } from '#live/types';
import { findReference } from '#model/referenceIndex';
import { type Reference, referenceAt, type TextContext, textKind } from '#model/references';
import type { Container, Snapshot } from '#model/snapshot';
import { hoverContent } from '#views/hoverContent';

/** Longest a hover waits for an engine that was not asked before, in milliseconds. */
const patience = 3_000;
/** A session used by a hover is kept live this long, so that the next one finds a snapshot. */
const linger = 60_000;

export function registerHover(context: vscode.ExtensionContext, engines: Engines, compose: Compose): void {
  const provider = new ReferenceHover(engines, compose);
  context.subscriptions.push(provider, vscode.languages.registerHoverProvider('*', provider));
}

/** How the scanner may look at a document around a line. */
export function contextOf(document: vscode.TextDocument, line: number): TextContext {
  return {
    kind: textKind(document.languageId, document.uri.path),
    above: (count) => (line - count >= 0 ? document.lineAt(line - count).text : undefined),
  };
}

export class ReferenceHover implements vscode.HoverProvider, vscode.Disposable {
  readonly #engines: Engines;
  readonly #compose: Compose;
  #held: readonly { dispose(): void }[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(engines: Engines, compose: Compose) {
    this.#engines = engines;
    this.#compose = compose;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const one of this.#held) one.dispose();
    this.#held = [];
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    if (!vscode.workspace.getConfiguration(undefined, document.uri).get(settings.hoverEnabled, true)) return undefined;
    const reference = referenceAt(
      document.lineAt(position.line).text,
      position.character,
      contextOf(document, position.line),
    );
    if (!reference) return undefined;
    const range = new vscode.Range(position.line, reference.start, position.line, reference.end);
    const contents = await this.#contents(reference);
    return contents.length > 0 ? new vscode.Hover(contents, range) : undefined;
  }

  async #contents(reference: Reference): Promise<vscode.MarkdownString[]> {
    for (const snapshot of await this.#snapshots()) {
      const contents = await this.#say(snapshot, reference, false);
      if (contents.length > 0) return contents;
    }
    for (const snapshot of await this.#compose.plans()) {
      const contents = await this.#say(snapshot, reference, true);
      if (contents.length > 0) return contents;
    }
    return [];
  }

  async #say(snapshot: Snapshot, reference: Reference, planned: boolean): Promise<vscode.MarkdownString[]> {
    const finding = findReference(snapshot, reference);
    if (!finding) return [];
    const named =
      finding.kind === 'names'
        ? finding.hits.map(({ container }) => container)
        : finding.kind === 'containers' || finding.kind === 'ports'
          ? finding.holders.map(({ container }) => container)
          : [];
    const links = await this.#serviceLinks(named.slice(0, 3));
    return hoverContent({ snapshot, reference, finding, planned, serviceLink: ({ id }) => links.get(id) });
  }

  async #serviceLinks(containers: readonly Container[]): Promise<ReadonlyMap<string, string>> {
    const links = new Map<string, string>();
    for (const { id, compose } of containers) {
      if (!compose) continue;
      const [place] = await findServices(this.#compose.documents, compose.service, compose.project);
      if (!place) continue;
      // Parentheses would end the link; VS Code leaves them as they are.
      const target = place.uri.with({ fragment: `L${place.range.start.line + 1}` }).toString();
      const safe = target.replaceAll('(', '%28').replaceAll(')', '%29');
      links.set(id, `[${vscode.l10n.t('Go to the Compose service')}](${safe})`);
    }
    return links;
  }

  /** Snapshots of the engines shown. An engine nobody asked yet is asked now; one that is down is left in peace. */
  async #snapshots(): Promise<readonly Snapshot[]> {
    const sessions = this.#engines.sessions;
    this.#keep(sessions);
    const found = await Promise.all(sessions.map(snapshotOf));
    return found.filter((snapshot) => snapshot !== undefined);
  }

  #keep(sessions: readonly EngineSession[]): void {
    const before = this.#held;
    this.#held = sessions.filter(({ state }) => state.kind !== 'offline').map((session) => session.need());
    for (const one of before) one.dispose();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dispose(), linger);
  }
}

async function snapshotOf(session: EngineSession): Promise<Snapshot | undefined> {
  if (session.snapshot || session.state.kind === 'offline') return session.snapshot;
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience, undefined));
  try {
    return await Promise.race([session.listed(), late]);
  } catch {
    // The engine cannot be asked: the views say why; a hover only stays away.
    return undefined;
  }
}
