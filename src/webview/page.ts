/** The topology page: keeps the host's last message, the user's choices and the drawing in step. */
import type { DrawnNode } from '#model/topology/drawing';
import { type Filter, filterChoices, search } from '#model/topology/filter';
import { relatedKeys } from '#model/topology/related';
import type { NodeDetails, UpdateMessage } from '#protocol';
import { changesBetween } from '#webview/changes';
import { describe } from '#webview/describe';
import { Details } from '#webview/details';
import { html } from '#webview/dom';
import { connectGestures } from '#webview/gestures';
import { Highlight } from '#webview/highlight';
import { densityFor, draw, type Picture } from '#webview/layout';
import { TextMeasure } from '#webview/measure';
import { Notice } from '#webview/notice';
import { Outline } from '#webview/outline';
import { Overlays } from '#webview/overlays';
import { Painter } from '#webview/painter';
import { Stage } from '#webview/stage';
import type { Mode, PageState, Post } from '#webview/state';
import { Toolbar } from '#webview/toolbar';
import type { Words } from '#webview/words';

/** From this width on the page opens as a map, and the details stand at the side. */
const wide = 760;
const hysteresis = 40;

export class Page {
  readonly stage = new Stage();
  readonly outline: Outline;
  readonly highlight: Highlight;
  readonly toolbar: Toolbar;
  readonly state: PageState;
  readonly post: Post;
  readonly words: Words;
  picture: Picture | undefined;
  message: UpdateMessage | undefined;
  readonly #measure = new TextMeasure();
  readonly #ground: Painter;
  readonly #painter: Painter;
  readonly #details: Details;
  readonly #notice: Notice;
  readonly #overlays: Overlays;
  readonly #live = html('div', { class: 'outline', role: 'status', 'aria-live': 'polite' });
  readonly #body: HTMLElement;
  #mode: Mode = 'rails';
  #found: ReadonlySet<string> | undefined;
  #planned = { layout: false, paint: false };
  #restored = false;

  constructor(root: HTMLElement, state: PageState, post: Post, words: Words) {
    this.state = state;
    this.post = post;
    this.words = words;
    this.#ground = new Painter(this.stage.layers.ground, this.#measure.measure);
    this.#painter = new Painter(this.stage.layers.main, this.#measure.measure);
    this.highlight = new Highlight(this.stage, this.#painter);
    this.outline = new Outline(words.say('drawing'));
    this.toolbar = new Toolbar(words, {
      search: (text) => this.search(text),
      step: (direction) => this.step(direction),
      leaveSearch: () => this.outline.element.focus(),
      filter: (filter) => this.filter(filter),
      mode: (mode) => this.#switch(mode),
      fit: () => this.fit(),
      zoom: (factor) => this.stage.zoomBy(factor),
      export: () => this.command('exportTopology'),
    });
    this.#details = new Details(words, {
      command: (command, target) => post({ kind: 'command', command, target }),
      close: () => this.select(undefined, true),
      slot: (id) => `s-${this.picture?.graph.networks.find((network) => network.id === id)?.slot ?? 'bridge'}`,
    });
    this.#notice = new Notice(words, (command) => this.command(command));
    this.#overlays = new Overlays(words, this.stage.element, {
      createNetwork: () => this.command('createNetwork'),
      fromCompose: () => this.command('fromCompose'),
      clearFilter: () => {
        this.filter({});
        this.search('');
      },
    });
    this.#body = html('div', { class: 'body' }, this.stage.element, this.#details.element);
    this.stage.element.prepend(this.outline.element);
    root.replaceChildren(
      html('h1', { class: 'outline' }, words.say('drawing')),
      this.toolbar.element,
      this.#notice.element,
      this.#body,
      this.#live,
    );
    connectGestures(this);
    this.stage.onView = () => this.#planPaint();
    new ResizeObserver(() => this.#planLayout()).observe(this.stage.element);
    new ResizeObserver(() => this.#measureWidth()).observe(root);
    new MutationObserver(() => this.#themeChanged()).observe(document.documentElement, { attributes: true });
    document.fonts.addEventListener('loadingdone', () => {
      this.#measure.forget();
      this.#planLayout();
    });
  }

  get planned(): boolean {
    return this.message?.plan !== undefined;
  }

  get engine(): string {
    return this.message?.engine ?? '';
  }

  update(message: UpdateMessage): void {
    const picture = `${message.engine} ${message.plan ?? ''}`;
    if (this.state.kept.picture !== picture)
      this.state.change({
        picture,
        warmth: undefined,
        slots: undefined,
        zoom: undefined,
        scrollTop: undefined,
        filter: undefined,
      });
    this.message = message;
    this.#notice.show(message.status, message.plan);
    this.toolbar.setStatus(message.status);
    this.stage.element.classList.toggle('down', message.status.tone === 'bad' && message.snapshot !== undefined);
    this.stage.element.classList.toggle('reading', message.snapshot === undefined && !message.status.notice);
    this.#planLayout();
  }

  /** `reveal`: by the user, so that the tree follows. */
  select(key: string | undefined, reveal: boolean): void {
    if (key !== undefined && !this.outline.node(key)) return;
    this.state.change({ selected: key });
    this.highlight.select(key);
    this.outline.select(key);
    if (key !== undefined) {
      this.outline.activate(key);
      this.highlight.focus(key);
    } else this.#details.show(undefined);
    this.post(key === undefined ? { kind: 'selected', reveal } : { kind: 'selected', key, reveal });
  }

  reveal(key: string): void {
    const node = this.outline.node(key);
    if (node) this.stage.reveal(node);
  }

  showDetails(details: NodeDetails | undefined): void {
    if (details && details.key !== this.state.kept.selected) return;
    const before = this.#details.element.hidden;
    this.#details.show(details);
    // The strip takes room from the rails: what was selected must not go under it.
    if (before && details) requestAnimationFrame(() => this.reveal(details.key));
  }

  search(text: string): void {
    this.state.change({ search: text || undefined });
    this.toolbar.setSearch(text);
    this.#searchAgain();
    if (this.#found) this.#live.textContent = this.words.say('matches', this.#matches().length);
  }

  /** To the next match: it becomes the active one. */
  step(direction: 1 | -1): void {
    const matches = this.#matches();
    if (matches.length === 0) return;
    const at = matches.findIndex((node) => node.key === this.outline.active?.key);
    const next = at < 0 ? (direction > 0 ? matches[0] : matches.at(-1)) : matches.at((at + direction) % matches.length);
    if (next) {
      this.select(next.key, true);
      this.reveal(next.key);
    }
  }

  filter(filter: Filter): void {
    this.state.change({ filter, warmth: undefined });
    this.#planLayout();
  }

  /** Only this network and what is on it; once more, everything again. */
  focusNetwork(network: string): void {
    const { filter } = this.state.kept;
    this.filter(filter?.network === network ? {} : { network });
  }

  /** Escape: first the selection goes, then search and filter. */
  leave(): void {
    if (this.state.kept.selected !== undefined) this.select(undefined, true);
    else {
      this.search('');
      this.filter({});
    }
  }

  command(command: string): void {
    const { engine } = this;
    this.post(
      engine === '' ? { kind: 'command', command } : { kind: 'command', command, target: { kind: 'engine', engine } },
    );
  }

  fit(): void {
    if (this.#mode === 'map') this.stage.fit();
    else {
      const usual = densityFor(this.message?.snapshot?.containers.length ?? 0);
      this.state.change({ density: (this.state.kept.density ?? usual) === 'compact' ? 'comfortable' : 'compact' });
      this.#planLayout();
    }
  }

  #switch(mode: Mode): void {
    this.state.change({ mode });
    this.#planLayout();
  }

  #measureWidth(): void {
    const width = this.#body.clientWidth;
    this.toolbar.setWidth(width);
    this.#body.classList.toggle('side', width >= wide);
    this.#planLayout();
  }

  #modeNow(): Mode {
    const { mode } = this.state.kept;
    if (mode) return mode;
    const edge = this.#mode === 'map' ? wide - hysteresis : wide + (this.picture ? hysteresis : 0);
    return this.#body.clientWidth >= edge ? 'map' : 'rails';
  }

  #planLayout(): void {
    if (this.#planned.layout) return;
    this.#planned.layout = true;
    requestAnimationFrame(() => {
      this.#planned.layout = false;
      this.#layout();
    });
  }

  #planPaint(): void {
    if (this.#planned.paint) return;
    this.#planned.paint = true;
    requestAnimationFrame(() => {
      this.#planned.paint = false;
      this.#paint();
    });
  }

  #layout(): void {
    const { message } = this;
    const { clientWidth, clientHeight } = this.stage.element;
    if (!message || clientWidth === 0) return;
    const mode = this.#modeNow();
    const switched = mode !== this.#mode || !this.picture;
    this.#mode = mode;
    this.stage.setMode(mode);
    this.toolbar.setMode(mode);
    document.body.dataset.view = mode;
    const { kept } = this.state;
    const before = this.picture;
    const wish = {
      mode,
      width: clientWidth,
      height: clientHeight,
      density: kept.density,
      filter: kept.filter ?? {},
      warmth: kept.warmth,
      slots: new Map(kept.slots),
    };
    this.picture = draw(message, wish, this.#measure.measure, this.words);
    if (message.snapshot) this.toolbar.setFilter(wish.filter, filterChoices(message.snapshot));
    const { picture } = this;
    if (!picture) {
      this.#ground.clear();
      this.#painter.clear();
      this.outline.show([], () => '');
      this.#overlays.show(undefined, false, this.planned);
      return;
    }
    this.state.change({ slots: [...picture.graph.slots], warmth: picture.warmth });
    this.stage.setDrawing(picture.drawing);
    this.outline.show(picture.drawing.nodes, (node) => describe(node, picture.graph, this.words));
    if (switched) this.#enter(mode);
    this.#searchAgain();
    this.#paint();
    if (before && before.graph !== picture.graph && wish.filter === kept.filter) this.#tell(before, picture);
    this.#restoreSelection();
  }

  #enter(mode: Mode): void {
    const { kept } = this.state;
    if (mode === 'map') {
      if (kept.zoom && !this.#restored) this.stage.moveTo(kept.zoom);
      else this.stage.fit();
    } else if (!this.#restored) this.stage.element.scrollTop = kept.scrollTop ?? 0;
    if (kept.search && !this.#restored) this.toolbar.setSearch(kept.search);
  }

  #restoreSelection(): void {
    const { selected } = this.state.kept;
    if (!this.#restored && selected !== undefined) this.select(selected, false);
    this.#restored = true;
  }

  #tell(before: Picture, now: Picture): void {
    const said = changesBetween(before.graph, now.graph, this.words);
    if (said !== undefined) this.#live.textContent = said;
  }

  #searchAgain(): void {
    const { picture } = this;
    if (!picture) return;
    const text = this.state.kept.search ?? '';
    this.#found = text === '' ? undefined : search(picture.graph, text);
    const nothing = picture.empty || (this.#found !== undefined && this.#found.size === 0);
    this.#overlays.show(picture.drawing, nothing, this.planned);
    this.highlight.show({
      mode: this.#mode,
      node: (key) => this.outline.node(key),
      related: (key) => relatedKeys(picture.graph, key),
      found: this.#found,
    });
  }

  #matches(): readonly DrawnNode[] {
    const found = this.#found;
    return found ? this.outline.nodes.filter((node) => found.has(node.key) && node.kind !== 'ghost') : [];
  }

  #paint(): void {
    const { picture } = this;
    if (!picture) return;
    const view = this.stage.view();
    // The sheet apart, so that a selected row lies between it and what stands on it.
    this.#ground.paint(picture.ground, view);
    this.#painter.paint(picture.shapes, view);
    this.highlight.mark();
    this.toolbar.setZoom(this.stage.scale);
    const { scrollTop } = this.stage.element;
    this.#overlays.stick(picture.drawing, this.message?.engineLabel ?? '', scrollTop);
    this.state.change(this.#mode === 'map' ? { zoom: this.stage.transform } : { scrollTop });
  }

  #themeChanged(): void {
    this.#measure.readFonts();
    this.#planLayout();
  }
}
