/** What stands above or instead of the drawing: an engine that does not answer, the first reading, a plan. */
import type { PageStatus } from '#protocol';
import { html } from '#webview/dom';
import { iconElement } from '#webview/icon';
import type { Words } from '#webview/words';

export class Notice {
  readonly element = html('div', { class: 'notice', role: 'group' });
  readonly #words: Words;
  readonly #command: (command: string) => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(words: Words, command: (command: string) => void) {
    this.#words = words;
    this.#command = command;
    this.element.hidden = true;
  }

  show(status: PageStatus, plan: string | undefined): void {
    clearInterval(this.#timer);
    const { notice } = status;
    this.element.hidden = !notice && plan === undefined;
    if (notice) this.#problem(notice);
    else if (plan !== undefined) {
      const text = html(
        'div',
        {},
        html('p', { class: 'strong' }, plan),
        html('p', { class: 'dim' }, this.#words.say('planned')),
      );
      this.element.replaceChildren(text);
    } else this.element.replaceChildren();
  }

  #problem(notice: NonNullable<PageStatus['notice']>): void {
    const lines = notice.lines.map((line) => html('p', { class: 'dim' }, line));
    const detail = notice.detail ? html('p', {}, html('code', {}, notice.detail.slice(0, 300))) : undefined;
    const wait = html('p', { class: 'dim', 'aria-hidden': 'true' });
    const actions = html(
      'div',
      { class: 'actions' },
      this.#button('primary', 'tryNow', 'retryConnection'),
      this.#button('secondary', 'chooseEngine', 'chooseEngine'),
      this.#button('linkish', 'showLog', 'showLog'),
    );
    const body = html('div', {}, html('p', { class: 'strong' }, notice.title), ...lines, detail, wait, actions);
    this.element.replaceChildren(iconElement('debugDisconnect', 20), body);
    const { nextTry } = notice;
    if (nextTry === undefined) return;
    const count = (): void => {
      const seconds = Math.ceil((nextTry - Date.now()) / 1_000);
      wait.textContent = seconds > 0 ? this.#words.say('nextTry', seconds) : '';
    };
    count();
    this.#timer = setInterval(count, 1_000);
  }

  #button(kind: string, word: 'tryNow' | 'chooseEngine' | 'showLog', command: string): HTMLButtonElement {
    const button = html('button', { type: 'button', class: kind }, this.#words.say(word));
    button.addEventListener('click', () => this.#command(command));
    return button;
  }
}
