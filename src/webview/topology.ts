/** Entry of the topology page. */
import type { FromPage, ToPage } from '#protocol';
import { html } from '#webview/dom';
import { Page } from '#webview/page';
import { pngOf, svgOf } from '#webview/picture';
import { Received } from '#webview/received';
import { PageState } from '#webview/state';
import { Words } from '#webview/words';

const api = acquireVsCodeApi();
const state = new PageState(api);
const post = (message: FromPage): void => api.postMessage(message);
const received = new Received();
let page: Page | undefined;

window.addEventListener('message', (event: MessageEvent<ToPage>) => {
  heard(event.data).catch((error: unknown) => post({ kind: 'failed', message: String(error) }));
});
window.addEventListener('error', (event) => post({ kind: 'failed', message: event.message }));
// A panel that gets the focus gives it to the drawing: whoever came by keyboard goes on there.
const takeFocus = (): void => {
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('[role=tree]')?.focus();
};
window.addEventListener('focus', takeFocus);
post({ kind: 'ready' });

async function heard(message: ToPage): Promise<void> {
  switch (message.kind) {
    case 'initialise': {
      const root = html('main', { id: 'app' });
      document.documentElement.lang = message.language;
      document.body.replaceChildren(root);
      page = new Page(root, state, post, new Words(message.words));
      if (document.hasFocus()) takeFocus();
      return;
    }
    case 'update':
      page?.update(received.whole(message));
      return;
    case 'patch': {
      const whole = received.patched(message);
      if (whole) page?.update(whole);
      else post({ kind: 'whole' });
      return;
    }
    case 'select':
      if (!page) return;
      page.select(message.key, false);
      if (message.key !== undefined) page.reveal(message.key);
      return;
    case 'pair':
      page?.showPair(message.pair);
      return;
    case 'details':
      page?.showDetails(message.details);
      return;
    case 'picture': {
      const drawing = page?.board.picture?.drawing;
      const title = page?.board.message?.engineLabel ?? '';
      const data = drawing && (message.format === 'svg' ? svgOf(drawing, title) : await pngOf(drawing, title));
      post(
        data === undefined
          ? { kind: 'picture', request: message.request }
          : { kind: 'picture', request: message.request, data },
      );
    }
  }
}
