/** What lies over the drawing: the sticky host row, the buttons of the first network, and “nothing matches”. */
import type { Drawing } from '#model/topology/drawing';
import { html } from '#webview/dom';
import { iconElement } from '#webview/icon';
import type { Words } from '#webview/words';

export interface OverlayActions {
  createNetwork(): void;
  fromCompose(): void;
  clearFilter(): void;
}

export class Overlays {
  readonly #sticky = html('div', { class: 'sticky', 'aria-hidden': 'true' });
  readonly #invite: HTMLElement;
  readonly #nothing: HTMLElement;
  readonly #words: Words;
  #drawn = '';

  constructor(words: Words, stage: HTMLElement, actions: OverlayActions) {
    this.#words = words;
    this.#sticky.hidden = true;
    this.#invite = html(
      'div',
      { class: 'invite' },
      html(
        'div',
        { class: 'why' },
        html('p', { class: 'strong' }, words.say('firstNetworkTitle')),
        html('p', { class: 'dim' }, words.say('firstNetworkWhyOne')),
        html('p', { class: 'dim' }, words.say('firstNetworkWhyTwo')),
      ),
      this.#button('primary', words.say('createNetwork'), () => actions.createNetwork()),
      this.#button('linkish', words.say('fromCompose'), () => actions.fromCompose()),
    );
    this.#invite.hidden = true;
    this.#nothing = html(
      'div',
      { class: 'nothing' },
      html('p', { class: 'strong' }, words.say('noMatch')),
      this.#button('secondary', words.say('clearFilter'), () => actions.clearFilter()),
    );
    this.#nothing.hidden = true;
    stage.prepend(this.#sticky);
    stage.append(this.#invite, this.#nothing);
  }

  /** `nothing`: a filter or search keeps nothing. `first`: there is no network but the built-in ones. */
  show(drawing: Drawing | undefined, nothing: boolean, planned: boolean, first: boolean): void {
    this.#nothing.hidden = !nothing;
    const inviting = first && !nothing && !planned && drawing !== undefined;
    this.#invite.hidden = !inviting;
    if (!inviting) return;
    // The rails leave room for the buttons; over the map the invitation is a card of its own.
    const { invite } = drawing;
    this.#invite.classList.toggle('card', !invite);
    if (!invite) {
      this.#invite.style.left = '';
      this.#invite.style.top = '';
      return;
    }
    this.#invite.style.left = `${invite.x}px`;
    this.#invite.style.top = `${invite.y}px`;
  }

  /** In the rails, scrolled: the host's name and the networks whose rails run there. */
  stick(drawing: Drawing | undefined, host: string, scrollTop: number): void {
    const runs = drawing?.runs;
    this.#sticky.hidden = !runs || scrollTop < 40;
    if (!runs || scrollTop < 40) {
      this.#drawn = '';
      return;
    }
    const y = scrollTop + 40;
    const running = runs.filter((run) => run.top < y && run.bottom > y);
    const key = `${host} ${running.map((run) => run.key).join(' ')} ${drawing.width}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    const names = running
      .slice(0, 12)
      .map((run) =>
        html('span', { class: `run s-${run.slot}` }, html('span', { class: 'mark' }), run.name.slice(0, 40)),
      );
    const more =
      running.length > 12 ? html('span', { class: 'dim' }, this.#words.say('more', running.length - 12)) : undefined;
    this.#sticky.replaceChildren(iconElement('vm'), html('span', { class: 'strong' }, host), ...names, more ?? '');
  }

  #button(kind: string, text: string, action: () => void): HTMLButtonElement {
    const button = html('button', { type: 'button', class: kind }, text);
    button.addEventListener('click', action);
    return button;
  }
}
