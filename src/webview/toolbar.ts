/** The row of controls above the drawing. */
import { type Filter, isFiltering } from '#model/topology/filter';
import type { IconName } from '#model/topology/icons';
import type { PageStatus, PageWordKey } from '#protocol';
import { html, setAttribute } from '#webview/dom';
import { iconElement } from '#webview/icon';
import type { Mode } from '#webview/state';
import type { Words } from '#webview/words';

export interface ToolbarActions {
  search(text: string): void;
  /** Enter (1) and Shift+Enter (-1) in the search field. */
  step(direction: 1 | -1): void;
  leaveSearch(): void;
  filter(filter: Filter): void;
  mode(mode: Mode): void;
  fit(): void;
  zoom(factor: number): void;
  export(): void;
}

export class Toolbar {
  readonly element: HTMLElement;
  readonly #words: Words;
  readonly #input: HTMLInputElement;
  readonly #filters: HTMLElement;
  readonly #filterButton: HTMLButtonElement;
  readonly #project: HTMLSelectElement;
  readonly #driver: HTMLSelectElement;
  readonly #running: HTMLButtonElement;
  readonly #modes: Record<Mode, HTMLButtonElement>;
  readonly #zoom = html('span', { class: 'zoom map-only' });
  readonly #status = html('span', { class: 'status map-only' });
  readonly #only = html('button', { type: 'button', class: 'pick only', 'aria-pressed': 'true' });
  #filter: Filter = {};

  constructor(words: Words, actions: ToolbarActions) {
    this.#words = words;
    this.#input = html('input', {
      type: 'text',
      role: 'searchbox',
      spellcheck: 'false',
      'aria-label': words.say('searchLabel'),
      'aria-keyshortcuts': '/',
    });
    this.#input.addEventListener('input', () => actions.search(this.#input.value));
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') actions.step(event.shiftKey ? -1 : 1);
      else if (event.key !== 'Escape') return;
      else if (this.#input.value === '') actions.leaveSearch();
      else {
        this.#input.value = '';
        actions.search('');
      }
      event.preventDefault();
    });
    const search = html(
      'label',
      { class: 'search' },
      iconElement('search', 14),
      this.#input,
      html('kbd', { 'aria-hidden': 'true' }, '/'),
    );
    const change = (part: Partial<Record<keyof Filter, string | boolean | undefined>>): void => {
      const next: Record<string, unknown> = { ...this.#filter, ...part };
      for (const key of Object.keys(next)) if (!next[key]) delete next[key];
      actions.filter(next as Filter);
    };
    this.#project = this.#select('project', (value) => change({ project: value }));
    this.#driver = this.#select('driver', (value) => change({ driver: value }));
    this.#running = html(
      'button',
      { type: 'button', class: 'pick', 'aria-pressed': 'false' },
      words.say('runningOnly'),
    );
    this.#running.addEventListener('click', () => change({ runningOnly: !this.#filter.runningOnly }));
    this.#only.hidden = true;
    this.#only.addEventListener('click', () => change({ network: undefined }));
    this.#filters = html('div', { class: 'filters' }, this.#project, this.#driver, this.#running);
    this.#filterButton = this.#tool('filter', 'filter', () => {
      const open = this.element.classList.toggle('filtering');
      setAttribute(this.#filterButton, 'aria-expanded', String(open));
      if (open) this.#project.focus();
    });
    setAttribute(this.#filterButton, 'aria-expanded', 'false');
    this.#modes = { rails: this.#radio('rails', 'gitCommit', actions), map: this.#radio('map', 'layout', actions) };
    const group = { class: 'segmented', role: 'radiogroup', 'aria-label': words.say('view') };
    this.element = html(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': words.say('drawing') },
      search,
      this.#filterButton,
      this.#filters,
      this.#only,
      html('span', { class: 'grow' }),
      this.#status,
      html('span', { class: 'rule map-only' }),
      this.#tool('zoomOut', 'zoomOut', () => actions.zoom(0.8), 'map-only'),
      this.#zoom,
      this.#tool('zoomIn', 'zoomIn', () => actions.zoom(1.25), 'map-only'),
      html('div', group, this.#modes.rails, this.#modes.map),
      this.#tool('screenFull', 'fit', () => actions.fit()),
      this.#tool('export', 'export', () => actions.export()),
    );
    this.element.addEventListener('keydown', (event) => this.#moveRadio(event, actions));
  }

  focusSearch(): void {
    this.#input.focus();
    this.#input.select();
  }

  setSearch(text: string): void {
    if (this.#input.value !== text) this.#input.value = text;
  }

  setWidth(width: number): void {
    this.element.classList.toggle('narrow', width < 560);
    this.element.classList.toggle('wide', width >= 1_040);
    this.#input.placeholder = this.#words.say(width < 560 ? 'search' : 'searchLong');
  }

  setMode(mode: Mode): void {
    this.element.classList.toggle('map', mode === 'map');
    for (const [name, button] of Object.entries(this.#modes)) {
      setAttribute(button, 'aria-checked', String(name === mode));
      setAttribute(button, 'tabindex', name === mode ? 0 : -1);
    }
  }

  setZoom(scale: number): void {
    const text = `${Math.round(scale * 100)} %`;
    if (this.#zoom.textContent !== text) this.#zoom.textContent = text;
  }

  setStatus(status: PageStatus): void {
    const text = [status.text, status.lastSeen].filter((part) => part !== undefined).join(' · ');
    this.#status.replaceChildren(html('span', { class: `livedot ${status.tone}` }), text);
  }

  /** `network`: name of the one network that is drawn, if only one is. */
  setFilter(
    filter: Filter,
    choices: { readonly projects: readonly string[]; readonly drivers: readonly string[] },
    network: string | undefined,
  ): void {
    this.#filter = filter;
    this.#fill(this.#project, 'allProjects', choices.projects, filter.project);
    this.#fill(this.#driver, 'allDrivers', choices.drivers, filter.driver);
    setAttribute(this.#running, 'aria-pressed', String(filter.runningOnly ?? false));
    this.#filterButton.classList.toggle('on', isFiltering(filter));
    this.#only.hidden = network === undefined;
    if (network !== undefined)
      this.#only.replaceChildren(this.#words.say('onlyNetwork', network.slice(0, 40)), iconElement('close', 14));
  }

  #fill(list: HTMLSelectElement, all: PageWordKey, values: readonly string[], chosen: string | undefined): void {
    const wanted = ['', ...values];
    const same =
      list.options.length === wanted.length && wanted.every((value, index) => list.options[index]?.value === value);
    if (!same)
      list.replaceChildren(
        ...wanted.map((value) => html('option', { value }, value === '' ? this.#words.say(all) : value.slice(0, 60))),
      );
    list.value = chosen ?? '';
  }

  #select(name: PageWordKey, changed: (value: string | undefined) => void): HTMLSelectElement {
    const list = html('select', { class: 'pick', 'aria-label': this.#words.say(name) });
    list.addEventListener('change', () => changed(list.value || undefined));
    return list;
  }

  #tool(icon: IconName, word: PageWordKey, action: () => void, extra = ''): HTMLButtonElement {
    const label = this.#words.say(word);
    const button = html(
      'button',
      { type: 'button', class: `tool ${extra}`, title: label, 'aria-label': label },
      iconElement(icon),
    );
    button.addEventListener('click', action);
    return button;
  }

  #radio(mode: Mode, icon: IconName, actions: ToolbarActions): HTMLButtonElement {
    const button = this.#tool(icon, mode, () => actions.mode(mode));
    setAttribute(button, 'role', 'radio');
    return button;
  }

  #moveRadio(event: KeyboardEvent, actions: ToolbarActions): void {
    if (!(event.target instanceof Element) || event.target.getAttribute('role') !== 'radio') return;
    if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(event.key)) return;
    const other: Mode = event.target === this.#modes.rails ? 'map' : 'rails';
    actions.mode(other);
    this.#modes[other].focus();
    event.preventDefault();
  }
}
