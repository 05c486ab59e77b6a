/** What is known of the selected node: the host sends it as rows, this shows them. */
import { type IconName, isIcon } from '#model/topology/icons';
import type { DetailCell, NodeDetails } from '#protocol';
import { html } from '#webview/dom';
import { iconElement } from '#webview/icon';
import type { Words } from '#webview/words';

export interface DetailsActions {
  command(command: string, target: unknown): void;
  close(): void;
  /** Asks about a pair the other way round. */
  swap(): void;
  /** Slot class of a network, for the dot before its name. */
  slot(networkId: string): string;
}

export class Details {
  readonly element: HTMLElement;
  readonly #words: Words;
  readonly #actions: DetailsActions;

  constructor(words: Words, actions: DetailsActions) {
    this.#words = words;
    this.#actions = actions;
    this.element = html('section', { class: 'details', 'aria-label': words.say('details'), tabindex: 0 });
    this.element.hidden = true;
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') actions.close();
    });
  }

  /** `pair`: the answer about two nodes, which can be asked the other way round. */
  show(details: NodeDetails | undefined, pair = false): void {
    this.element.hidden = details === undefined;
    if (!details) {
      this.element.replaceChildren();
      return;
    }
    const parts: HTMLElement[] = [this.#header(details, pair)];
    for (const note of details.notes ?? []) parts.push(this.#note(note));
    if (details.route.length > 0) parts.push(this.#route(details.route));
    for (const table of details.tables) parts.push(this.#table(table));
    this.element.replaceChildren(...parts);
  }

  #header(details: NodeDetails, pair: boolean): HTMLElement {
    const title = html('h2', { title: details.title.slice(0, 1_000) }, details.title.slice(0, 300));
    const buttons = details.actions.map((action) => {
      const icon: IconName = isIcon(action.icon) ? action.icon : 'target';
      return this.#button(icon, action.label, () => this.#actions.command(action.command, action.target));
    });
    if (pair) buttons.push(this.#button('swap', this.#words.say('otherWay'), () => this.#actions.swap()));
    const close = this.#button('close', this.#words.say('close'), () => this.#actions.close());
    const subtitle = html('span', { class: 'dim cut' }, details.subtitle);
    return html('header', {}, title, subtitle, html('span', { class: 'grow' }), ...buttons, close);
  }

  #button(icon: IconName, label: string, action: () => void): HTMLButtonElement {
    const button = html(
      'button',
      { type: 'button', class: 'tool', title: label, 'aria-label': label },
      iconElement(icon),
    );
    button.addEventListener('click', action);
    return button;
  }

  #note(note: NonNullable<NodeDetails['notes']>[number]): HTMLElement {
    const { remedy } = note;
    const line = html('p', { class: note.tone === 'bad' ? 'note bad' : 'note' }, note.text.slice(0, 1_000));
    if (!remedy) return line;
    const { label, command, target } = remedy;
    if (command === undefined) line.append(' ', html('span', { class: 'dim' }, label.slice(0, 300)));
    else {
      const button = html('button', { type: 'button', class: 'secondary' }, label.slice(0, 300));
      button.addEventListener('click', () => this.#actions.command(command, target));
      line.append(' ', button);
    }
    return line;
  }

  #route(route: readonly DetailCell[]): HTMLElement {
    const parts: (HTMLElement | string)[] = [];
    route.forEach((part, index) => {
      if (index > 0) parts.push(html('span', { class: 'dim arrow' }, '→'));
      parts.push(this.#cell(part, 'span'));
    });
    return html('div', { class: 'route' }, ...parts);
  }

  #table(table: NodeDetails['tables'][number]): HTMLElement {
    const head = html('tr', { class: 'cap' }, ...table.columns.map((column) => html('th', { scope: 'col' }, column)));
    const rows = table.rows.map((row) => html('tr', {}, ...row.map((cell) => this.#cell(cell, 'td'))));
    return html('table', {}, html('thead', {}, head), html('tbody', {}, ...rows));
  }

  #cell(cell: DetailCell, name: 'td' | 'span'): HTMLElement {
    const classes = [cell.mono && 'mono', cell.dim && 'dim'].filter(Boolean).join(' ');
    const mark =
      cell.network === undefined ? undefined : html('span', { class: `mark ${this.#actions.slot(cell.network)}` });
    const text = cell.text.slice(0, 1_000);
    return html(name, { class: classes || undefined, title: text.length > 24 ? text : undefined }, mark, text);
  }
}
