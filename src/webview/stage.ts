/** The drawing's place in the page: scrolled for the rails, panned and zoomed for the map. */
import { select } from 'd3-selection';
import { type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
import type { Box, Drawing, Level } from '#model/topology/drawing';
import { html, setAttribute, svg } from '#webview/dom';
import { glide, motionWanted } from '#webview/motion';
import type { View } from '#webview/painter';
import type { Mode } from '#webview/state';

/** Where the levels of detail meet, with 5 % hysteresis so that nothing flickers on the line. */
const nearFrom = 0.7;
const middleFrom = 0.4;
const hysteresis = 0.05;

export function levelAt(scale: number, before: Level | undefined): Level {
  const shift = (at: number, above: boolean): number => at * (above ? 1 - hysteresis : 1 + hysteresis);
  if (scale >= shift(nearFrom, before === 'near')) return 'near';
  if (scale >= shift(middleFrom, before === 'near' || before === 'middle')) return 'middle';
  return before === undefined && scale >= middleFrom ? 'middle' : 'far';
}

export class Stage {
  readonly element: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly layers: {
    readonly ground: SVGGElement;
    readonly under: SVGGElement;
    readonly main: SVGGElement;
    readonly route: SVGGElement;
    readonly over: SVGGElement;
  };
  /** Called when another part of the drawing is seen. */
  onView: () => void = () => {};
  readonly #content: SVGGElement;
  readonly #zoom: ZoomBehavior<SVGSVGElement, unknown>;
  #transform: ZoomTransform = zoomIdentity;
  #mode: Mode = 'rails';
  #level: Level | undefined;
  #stopGliding: () => void = () => {};
  #size = { width: 0, height: 0 };

  constructor() {
    const layer = (name: string): SVGGElement => svg('g', { class: name });
    this.layers = {
      ground: layer('ground'),
      under: layer('under'),
      main: layer('main'),
      route: layer('route'),
      over: layer('over'),
    };
    const { ground, under, main, route, over } = this.layers;
    this.#content = svg('g', { class: 'content' }, ground, under, main, route, over);
    this.svg = svg('svg', { class: 'drawing', 'aria-hidden': 'true', focusable: 'false' }, this.#content);
    this.element = html('div', { class: 'stage' }, this.svg);
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.1, 2])
      .clickDistance(4)
      .filter((event: Event) => this.#pans(event))
      .on('zoom', ({ transform, sourceEvent }: { transform: ZoomTransform; sourceEvent: Event | null }) => {
        // Whoever pans or zooms meanwhile is followed.
        if (sourceEvent) this.#stopGliding();
        this.#transform = transform;
        this.#apply();
        this.onView();
      });
    this.element.addEventListener('scroll', () => this.onView(), { passive: true });
    this.svg.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  /** Drags of containers connect them; everything else moves the map. Set by who drags. */
  dragsAt: (event: Event) => boolean = () => false;

  get scale(): number {
    return this.#mode === 'map' ? this.#transform.k : 1;
  }

  get transform(): { x: number; y: number; k: number } {
    const { x, y, k } = this.#transform;
    return { x, y, k };
  }

  setMode(mode: Mode): void {
    if (mode === this.#mode && this.element.classList.contains(mode)) return;
    this.#mode = mode;
    this.element.classList.toggle('rails', mode === 'rails');
    this.element.classList.toggle('map', mode === 'map');
    const selection = select(this.svg);
    // Wheel: plain scrolls, with Ctrl (or a pinch) zooms; double-click is the page's own.
    if (mode === 'map') selection.call(this.#zoom).on('dblclick.zoom', null).on('wheel.zoom', null);
    else selection.on('.zoom', null);
    this.#apply();
  }

  setDrawing(drawing: Drawing): void {
    this.#size = { width: drawing.width, height: drawing.height };
    if (this.#mode === 'rails') {
      setAttribute(this.svg, 'width', Math.ceil(drawing.width));
      setAttribute(this.svg, 'height', Math.ceil(drawing.height));
    } else {
      setAttribute(this.svg, 'width', '100%');
      setAttribute(this.svg, 'height', '100%');
      const margin = 200;
      this.#zoom.translateExtent([
        [-margin * 4, -margin * 4],
        [drawing.width + margin * 4, drawing.height + margin * 4],
      ]);
    }
  }

  /** What is seen, with a margin that is painted ahead. */
  view(): View {
    const { clientWidth, clientHeight, scrollTop } = this.element;
    if (this.#mode === 'rails') {
      const margin = 240;
      const box = { x: 0, y: scrollTop - margin, width: clientWidth, height: clientHeight + 2 * margin };
      return { box, level: undefined, scale: 1 };
    }
    const { x, y, k } = this.#transform;
    this.#level = levelAt(k, this.#level);
    const margin = 40;
    return {
      box: {
        x: (-x - margin) / k,
        y: (-y - margin) / k,
        width: (clientWidth + 2 * margin) / k,
        height: (clientHeight + 2 * margin) / k,
      },
      level: this.#level,
      scale: k,
    };
  }

  /** Point of the drawing under a point of the window. */
  toDrawing(clientX: number, clientY: number): { x: number; y: number } {
    const frame = this.element.getBoundingClientRect();
    const x = clientX - frame.left;
    const y = clientY - frame.top;
    if (this.#mode === 'rails') return { x: x + this.element.scrollLeft, y: y + this.element.scrollTop };
    return { x: this.#transform.invertX(x), y: this.#transform.invertY(y) };
  }

  toWindow(x: number, y: number): { x: number; y: number } {
    const frame = this.element.getBoundingClientRect();
    if (this.#mode === 'rails')
      return { x: frame.left + x - this.element.scrollLeft, y: frame.top + y - this.element.scrollTop };
    return { x: frame.left + this.#transform.applyX(x), y: frame.top + this.#transform.applyY(y) };
  }

  /** Zooms by a factor about the middle. */
  zoomBy(factor: number): void {
    this.#stopGliding();
    this.#zoom.scaleBy(select(this.svg), factor);
  }

  /** The whole drawing, never beyond 100 %. `gently`: the view glides there, where motion is wanted. */
  fit(gently = false): void {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === 0 || this.#size.width === 0) return;
    const scale = Math.min(1, clientWidth / this.#size.width, clientHeight / this.#size.height);
    const k = Math.max(0.1, scale);
    const x = (clientWidth - this.#size.width * k) / 2;
    const y = Math.max(0, (clientHeight - this.#size.height * k) / 2);
    this.#go({ x, y, k }, gently);
  }

  #go(to: { readonly x: number; readonly y: number; readonly k: number }, gently: boolean): void {
    if (!gently || !motionWanted()) {
      this.moveTo(to);
      return;
    }
    this.#stopGliding();
    this.#stopGliding = glide(this.transform, to, (view) => this.#place(view));
  }

  moveTo(to: { readonly x: number; readonly y: number; readonly k: number }): void {
    this.#stopGliding();
    this.#place(to);
  }

  #place(to: { readonly x: number; readonly y: number; readonly k: number }): void {
    this.#zoom.transform(select(this.svg), zoomIdentity.translate(to.x, to.y).scale(to.k));
  }

  /** Fills the view with a box, at most at 100 %. */
  zoomTo(box: Box): void {
    const { clientWidth, clientHeight } = this.element;
    const k = Math.max(0.1, Math.min(1, (clientWidth - 80) / box.width, (clientHeight - 80) / box.height));
    const x = clientWidth / 2 - (box.x + box.width / 2) * k;
    this.#go({ x, y: clientHeight / 2 - (box.y + box.height / 2) * k, k }, true);
  }

  /** Moves as little as shows the box. */
  reveal(box: Box): void {
    const { clientWidth, clientHeight, scrollTop } = this.element;
    if (this.#mode === 'rails') {
      const sticky = 44;
      if (box.y < scrollTop + sticky) this.element.scrollTop = box.y - sticky;
      else if (box.y + box.height > scrollTop + clientHeight)
        this.element.scrollTop = box.y + box.height - clientHeight + 8;
      return;
    }
    const { x, y, k } = this.#transform;
    const shift = (from: number, size: number, room: number): number =>
      from < 16 ? 16 - from : from + size > room - 16 ? room - 16 - from - size : 0;
    const dx = shift(box.x * k + x, box.width * k, clientWidth);
    const dy = shift(box.y * k + y, box.height * k, clientHeight);
    if (dx !== 0 || dy !== 0) this.moveTo({ x: x + dx, y: y + dy, k });
  }

  #apply(): void {
    const { x, y, k } = this.#transform;
    setAttribute(this.#content, 'transform', this.#mode === 'map' ? `translate(${x} ${y}) scale(${k})` : undefined);
  }

  #pans(event: Event): boolean {
    if (!(event instanceof MouseEvent)) return true;
    return event.button === 0 && !event.ctrlKey && !this.dragsAt(event);
  }

  #wheel(event: WheelEvent): void {
    if (this.#mode !== 'map') return;
    event.preventDefault();
    this.#stopGliding();
    const unit = event.deltaMode === 1 ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      const frame = this.element.getBoundingClientRect();
      const at: [number, number] = [event.clientX - frame.left, event.clientY - frame.top];
      this.#zoom.scaleBy(select(this.svg), 2 ** (-event.deltaY * unit * 0.01), at);
    } else {
      const k = this.#transform.k;
      const sideways = event.shiftKey && event.deltaX === 0;
      const dx = sideways ? event.deltaY : event.deltaX;
      const dy = sideways ? 0 : event.deltaY;
      this.#zoom.translateBy(select(this.svg), (-dx * unit) / k, (-dy * unit) / k);
    }
  }
}
