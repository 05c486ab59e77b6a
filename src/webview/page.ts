/** The topology page: what the host says and the user wants, carried to the drawing and the parts around it. */
import type { DrawnNode } from '#model/topology/drawing';
import { type Filter, filterChoices } from '#model/topology/filter';
import { hostKey } from '#model/topology/nodes';
import type { NodeDetails, PairAnswer, UpdateMessage } from '#protocol';
import { Board } from '#webview/board';
import { changesBetween } from '#webview/changes';
import { Details } from '#webview/details';
import { html } from '#webview/dom';
import { connectGestures } from '#webview/gestures';
import { densityFor, type Picture } from '#webview/layout';
import { Notice } from '#webview/notice';
import type { Mode, PageState, Post } from '#webview/state';
import { Toolbar } from '#webview/toolbar';
import type { Words } from '#webview/words';

/** From this width on the page opens as a map, and the details stand at the side. */
const wide = 760;
const hysteresis = 40;

/** What can ask or be asked: everything but networks. */
const isParty = (node: DrawnNode): boolean => node.kind !== 'network';

export class Page {
  readonly board: Board;
  readonly toolbar: Toolbar;
  readonly state: PageState;
  readonly post: Post;
  readonly words: Words;
  readonly #details: Details;
  readonly #notice: Notice;
  readonly #live = html('div', { class: 'outline', role: 'status', 'aria-live': 'polite' });
  readonly #body: HTMLElement;
  #restored = false;
  #pair: PairAnswer | undefined;

  constructor(root: HTMLElement, state: PageState, post: Post, words: Words) {
    this.state = state;
    this.post = post;
    this.words = words;
    this.board = new Board(words, state, {
      mode: (before, drawn) => {
        const mode = this.#modeFor(before, drawn);
        // Before the drawing is fitted to its place: the map's controls are higher.
        this.toolbar.setMode(mode);
        return mode;
      },
      drawn: (mode, picture, before) => this.#drawn(mode, picture, before),
      zoomed: (scale) => this.toolbar.setZoom(scale),
      createNetwork: () => this.command('createNetwork'),
      fromCompose: () => this.command('fromCompose'),
      clearFilter: () => {
        this.filter({});
        this.search('');
      },
    });
    this.toolbar = new Toolbar(words, {
      search: (text) => this.search(text),
      step: (direction) => this.step(direction),
      leaveSearch: () => this.board.outline.element.focus(),
      filter: (filter) => this.filter(filter),
      mode: (mode) => {
        this.state.change({ mode });
        this.board.planLayout();
      },
      fit: () => this.fit(),
      zoom: (factor) => this.board.stage.zoomBy(factor),
      export: () => this.command('exportTopology'),
    });
    this.#details = new Details(words, {
      command: (command, target) => post({ kind: 'command', command, target }),
      swap: () => this.swap(),
      close: () => this.select(undefined, true),
      slot: (id) => `s-${this.board.picture?.graph.networks.find((network) => network.id === id)?.slot ?? 'bridge'}`,
    });
    this.#notice = new Notice(words, (command) => this.command(command));
    this.#body = html('div', { class: 'body' }, this.board.stage.element, this.#details.element);
    const title = html('h1', { class: 'outline' }, words.say('drawing'));
    root.replaceChildren(title, this.toolbar.element, this.#notice.element, this.#body, this.#live);
    connectGestures(this);
    new ResizeObserver(() => this.#measureWidth()).observe(root);
  }

  get planned(): boolean {
    return this.board.message?.plan !== undefined;
  }

  get engine(): string {
    return this.board.message?.engine ?? '';
  }

  update(message: UpdateMessage): void {
    const picture = `${message.engine} ${message.plan ?? ''}`;
    const { kept } = this.state;
    if (kept.picture !== undefined && kept.picture !== picture)
      this.state.change({
        warmth: undefined,
        slots: undefined,
        zoom: undefined,
        scrollTop: undefined,
        filter: undefined,
      });
    this.state.change({ picture });
    this.board.message = message;
    this.#notice.show(message.status, message.plan);
    this.toolbar.setStatus(message.status);
    const { classList } = this.board.stage.element;
    classList.toggle('down', message.status.tone === 'bad' && message.snapshot !== undefined);
    classList.toggle('reading', message.snapshot === undefined && !message.status.notice);
    if (classList.contains('reading')) this.#live.textContent = this.words.say('reading');
    this.board.planLayout();
  }

  /** `reveal`: by the user, so that the tree follows. */
  select(key: string | undefined, reveal: boolean): void {
    const { outline, highlight } = this.board;
    if (key !== undefined && !outline.node(key)) return;
    this.state.change({ selected: key, pair: undefined });
    this.#pair = undefined;
    this.board.showRoute(undefined);
    highlight.select(key);
    outline.select(key);
    if (key !== undefined) {
      outline.activate(key);
      highlight.focus(key);
    } else this.#details.show(undefined);
    this.post(key === undefined ? { kind: 'selected', reveal } : { kind: 'selected', key, reveal });
  }

  /** Asks how the selected node reaches this one; false where that is no question. */
  selectSecond(node: DrawnNode): boolean {
    const { selected } = this.state.kept;
    const first = selected === undefined ? undefined : this.board.outline.node(selected);
    if (!first || !isParty(first) || !isParty(node) || first.key === node.key) return false;
    if (first.containerId !== undefined && first.containerId === node.containerId) return false;
    this.board.outline.activate(node.key);
    this.board.highlight.focus(node.key);
    this.#ask([first.key, node.key]);
    return true;
  }

  /** The same two, asked the other way round. */
  swap(): void {
    const { pair } = this.state.kept;
    if (pair) this.#ask([pair[1], pair[0]]);
  }

  showPair(pair: PairAnswer | undefined): void {
    const asked = this.state.kept.pair;
    if (!asked || (pair && (pair.from !== asked[0] || pair.to !== asked[1]))) return;
    const again = this.#pair?.said === pair?.said;
    this.#pair = pair;
    if (!pair) this.state.change({ pair: undefined });
    this.board.showRoute(pair);
    this.#details.show(pair?.details, pair !== undefined);
    if (!pair || again) return;
    this.#live.textContent = pair.said;
    // The details take room from the drawing: both ends stay in view.
    requestAnimationFrame(() => {
      for (const key of [pair.to, pair.from]) if (key !== hostKey) this.reveal(key);
    });
  }

  /** What the menu of one of the two asks about. */
  pairTarget(node: DrawnNode | undefined): unknown {
    const { pair } = this.state.kept;
    if (!node || !pair?.includes(node.key)) return undefined;
    const target = this.#pair?.details.actions.find(({ command }) => command === 'explainConnection')?.target;
    return typeof target === 'object' && target !== null && 'pair' in target ? target.pair : undefined;
  }

  #ask(pair: readonly [string, string]): void {
    this.state.change({ pair });
    this.post({ kind: 'pair', from: pair[0], to: pair[1] });
  }

  reveal(key: string): void {
    const node = this.board.outline.node(key);
    if (node) this.board.stage.reveal(node);
  }

  showDetails(details: NodeDetails | undefined): void {
    if ((details && details.key !== this.state.kept.selected) || this.state.kept.pair) return;
    const before = this.#details.element.hidden;
    this.#details.show(details);
    // The strip takes room from the rails: what was selected must not go under it.
    if (before && details) requestAnimationFrame(() => this.reveal(details.key));
  }

  search(text: string): void {
    this.state.change({ search: text || undefined });
    this.toolbar.setSearch(text);
    this.board.searchAgain();
    if (this.board.searching) this.#live.textContent = this.words.say('matches', this.board.matches().length);
  }

  /** To the next match: it is selected and moved into view. */
  step(direction: 1 | -1): void {
    const matches = this.board.matches();
    const at = matches.findIndex((node) => node.key === this.board.outline.active?.key);
    const next = at < 0 ? matches.at(direction > 0 ? 0 : -1) : matches.at((at + direction) % matches.length);
    if (!next) return;
    this.select(next.key, true);
    this.reveal(next.key);
  }

  filter(filter: Filter): void {
    this.state.change({ filter, warmth: undefined });
    this.board.planLayout();
  }

  /** Only this network and what is on it; once more, everything again. */
  focusNetwork(network: string): void {
    this.filter(this.state.kept.filter?.network === network ? {} : { network });
  }

  /** Escape: first the second of a pair goes, then the selection, then search and filter. */
  leave(): void {
    const { selected, pair } = this.state.kept;
    if (pair && selected !== undefined) this.select(selected, false);
    else if (selected !== undefined) this.select(undefined, true);
    else {
      this.search('');
      this.filter({});
    }
  }

  command(command: string): void {
    const { engine } = this;
    const target = engine === '' ? {} : { target: { kind: 'engine', engine } };
    this.post({ kind: 'command', command, ...target });
  }

  /** The map as a whole; in the rails the other density. */
  fit(): void {
    if (this.board.mode === 'map') this.board.stage.fit(true);
    else {
      const usual = densityFor(this.board.message?.snapshot?.containers.length ?? 0);
      const compact = (this.state.kept.density ?? usual) === 'compact';
      this.state.change({ density: compact ? 'comfortable' : 'compact' });
      this.board.planLayout();
    }
  }

  #measureWidth(): void {
    const width = this.#body.clientWidth;
    this.toolbar.setWidth(width);
    this.#body.classList.toggle('side', width >= wide);
    this.board.planLayout();
  }

  #modeFor(before: Mode, drawn: boolean): Mode {
    const { mode } = this.state.kept;
    if (mode) return mode;
    const edge = before === 'map' ? wide - hysteresis : wide + (drawn ? hysteresis : 0);
    return this.#body.clientWidth >= edge ? 'map' : 'rails';
  }

  #drawn(mode: Mode, picture: Picture | undefined, before: Picture | undefined): void {
    const { kept } = this.state;
    const snapshot = this.board.message?.snapshot;
    document.body.dataset.view = mode;
    if (snapshot) {
      const filter = kept.filter ?? {};
      const only = snapshot.networks.find((network) => network.id === filter.network)?.name ?? filter.network;
      this.toolbar.setFilter(filter, filterChoices(snapshot), only);
    }
    if (!picture) return;
    if (!this.#restored) {
      this.#restored = true;
      if (kept.search) this.toolbar.setSearch(kept.search);
      const { selected, pair } = kept;
      if (selected !== undefined) this.select(selected, false);
      if (pair && this.state.kept.selected !== undefined) this.#ask(pair);
    }
    const said = before && changesBetween(before.graph, picture.graph, this.words);
    if (said !== undefined) this.#live.textContent = said;
  }
}
