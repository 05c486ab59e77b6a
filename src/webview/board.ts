/** The drawing in the page: lays out at most once a frame, paints what is seen, keeps place, colours and zoom. */
import type { DrawnNode, Shape } from '#model/topology/drawing';
import { search } from '#model/topology/filter';
import { relatedKeys } from '#model/topology/related';
import { centreOf, keptByRoute, litByRoute, routeShapes } from '#model/topology/route';
import type { PairAnswer, UpdateMessage } from '#protocol';
import { changedEndpoints } from '#webview/changes';
import { describe } from '#webview/describe';
import { Highlight } from '#webview/highlight';
import { draw, type Picture } from '#webview/layout';
import { TextMeasure } from '#webview/measure';
import { motionWanted, ring } from '#webview/motion';
import { Outline } from '#webview/outline';
import { type OverlayActions, Overlays } from '#webview/overlays';
import { Painter } from '#webview/painter';
import { Stage } from '#webview/stage';
import type { Mode, PageState } from '#webview/state';
import type { Words } from '#webview/words';

export interface BoardEvents extends OverlayActions {
  /** Which drawing the width and the user's choice ask for. */
  mode(before: Mode, drawn: boolean): Mode;
  /** After a layout; `before` is the picture it replaces. */
  drawn(mode: Mode, picture: Picture | undefined, before: Picture | undefined): void;
  zoomed(scale: number): void;
}

export class Board {
  readonly stage = new Stage();
  readonly outline: Outline;
  readonly highlight: Highlight;
  picture: Picture | undefined;
  message: UpdateMessage | undefined;
  readonly #words: Words;
  readonly #state: PageState;
  readonly #events: BoardEvents;
  readonly #measure = new TextMeasure();
  readonly #ground: Painter;
  readonly #painter: Painter;
  readonly #overlays: Overlays;
  readonly #routePainter: Painter;
  #route: PairAnswer | undefined;
  #routeShapes: readonly Shape[] = [];
  #mode: Mode = 'rails';
  #found: ReadonlySet<string> | undefined;
  #planned = { layout: false, paint: false };
  #entered = false;
  #drawnMessage: UpdateMessage | undefined;

  constructor(words: Words, state: PageState, events: BoardEvents) {
    this.#words = words;
    this.#state = state;
    this.#events = events;
    this.#ground = new Painter(this.stage.layers.ground, this.#measure.measure);
    this.#painter = new Painter(this.stage.layers.main, this.#measure.measure);
    this.#routePainter = new Painter(this.stage.layers.route, this.#measure.measure);
    this.highlight = new Highlight(this.stage, this.#painter);
    this.outline = new Outline(words.say('drawing'));
    this.#overlays = new Overlays(words, this.stage.element, events);
    // In the scrolled element, so that it can be reached by keyboard.
    this.stage.element.prepend(this.outline.element);
    this.stage.onView = () => this.#planPaint();
    new ResizeObserver(() => this.planLayout()).observe(this.stage.element);
    new MutationObserver(() => {
      this.#measure.readFonts();
      this.planLayout();
    }).observe(document.documentElement, { attributes: true });
    document.fonts.addEventListener('loadingdone', () => {
      this.#measure.forget();
      this.planLayout();
    });
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** Nodes that the search found, in reading order, each container once. */
  matches(): readonly DrawnNode[] {
    const found = this.#found;
    return found ? this.outline.nodes.filter((node) => found.has(node.key) && node.kind !== 'ghost') : [];
  }

  get searching(): boolean {
    return this.#found !== undefined;
  }

  planLayout(): void {
    if (this.#planned.layout) return;
    this.#planned.layout = true;
    requestAnimationFrame(() => {
      this.#planned.layout = false;
      this.#layout();
    });
  }

  /** The way from one node to another, laid over the drawing; undefined takes it away. */
  showRoute(route: PairAnswer | undefined): void {
    this.#route = route;
    this.searchAgain();
    this.#paint();
  }

  /** After the search text, the selection or the drawing changed. */
  searchAgain(): void {
    const { picture } = this;
    if (!picture) return;
    const text = this.#state.kept.search ?? '';
    this.#found = text === '' ? undefined : search(picture.graph, text);
    const nothing = picture.empty || this.#found?.size === 0;
    const first = !picture.graph.networks.some((network) => !network.builtIn);
    this.#overlays.show(picture.drawing, nothing, this.message?.plan !== undefined, first);
    const route = this.#route && { ...this.#route };
    this.#routeShapes = route ? routeShapes(picture.graph, picture.drawing, route) : [];
    this.highlight.show({
      mode: this.#mode,
      node: (key) => this.outline.node(key),
      related: (key) => relatedKeys(picture.graph, key),
      found: this.#found,
      ...(route
        ? {
            route: {
              ends: [route.from, route.to],
              kept: keptByRoute(picture.graph, route),
              lit: litByRoute(picture.graph, route),
            },
          }
        : {}),
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
    const mode = this.#events.mode(this.#mode, this.picture !== undefined);
    const switched = mode !== this.#mode || !this.picture;
    this.#mode = mode;
    this.stage.setMode(mode);
    const { kept } = this.#state;
    const before = this.picture;
    const wish = {
      mode,
      width: clientWidth,
      height: clientHeight,
      density: kept.density,
      filter: kept.filter ?? {},
      warmth: kept.warmth,
      slots: new Map(kept.slots),
      before,
    };
    const picture = draw(message, wish, this.#measure.measure, this.#words);
    this.picture = picture;
    if (picture) {
      this.#state.change({ slots: [...picture.graph.slots], warmth: picture.warmth });
      this.stage.setDrawing(picture.drawing);
      this.outline.show(picture.drawing.nodes, (node) =>
        describe(node, picture.graph, this.#words, message.engineLabel),
      );
      if (switched) this.#enter(mode);
      this.searchAgain();
      const fresh = message !== this.#drawnMessage && !switched;
      this.#paint(fresh);
      if (fresh && before) this.#ring(before, picture);
    } else this.#clear();
    this.#drawnMessage = message;
    this.#events.drawn(mode, picture, before);
  }

  /** Endpoints in view that the last message changed. */
  #ring(before: Picture, picture: Picture): void {
    if (!motionWanted()) return;
    const changed = changedEndpoints(before.graph, picture.graph);
    const { box, level } = this.stage.view();
    if (changed.size === 0 || level === 'far') return;
    const places = picture.shapes.flatMap((shape) => (changed.has(shape.key) ? [centreOf(shape)] : []));
    const seen = places.filter(
      (place) =>
        place !== undefined &&
        place.x >= box.x &&
        place.x <= box.x + box.width &&
        place.y >= box.y &&
        place.y <= box.y + box.height,
    );
    ring(
      this.stage.layers.over,
      seen.flatMap((place) => place ?? []),
    );
  }

  #clear(): void {
    this.#ground.clear();
    this.#painter.clear();
    this.#routePainter.clear();
    this.outline.show([], () => '');
    this.#overlays.show(undefined, false, false, false);
  }

  /** The first time where the page was when it was hidden, later the whole. */
  #enter(mode: Mode): void {
    const { zoom, scrollTop } = this.#state.kept;
    if (mode === 'map') {
      if (zoom && !this.#entered) this.stage.moveTo(zoom);
      else this.stage.fit();
    } else if (!this.#entered) this.stage.element.scrollTop = scrollTop ?? 0;
    this.#entered = true;
  }

  #paint(changed = false): void {
    const { picture } = this;
    if (!picture) return;
    const view = this.stage.view();
    // The sheet apart, so that a selected row lies between it and what stands on it.
    this.#ground.paint(picture.ground, view);
    this.#painter.paint(picture.shapes, view, changed);
    this.#routePainter.paint(this.#routeShapes, view);
    this.highlight.mark();
    this.#events.zoomed(this.stage.scale);
    const { scrollTop } = this.stage.element;
    this.#overlays.stick(picture.drawing, this.message?.engineLabel ?? '', scrollTop);
    this.#state.change(this.#mode === 'map' ? { zoom: this.stage.transform } : { scrollTop });
  }
}
