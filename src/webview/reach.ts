/** The reachability page in the browser: draws what the host says, and reports what a person does. */

import type { ReachPage, ReachRequest, ShowMessage } from '#reachProtocol';
import { renderList } from '#webview/reachList';
import { renderMatrix } from '#webview/reachMatrix';
import { renderPair } from '#webview/reachPair';
import { element, type Send } from '#webview/reachParts';

declare function acquireVsCodeApi(): { postMessage(message: ReachRequest): void };

const api = acquireVsCodeApi();
const send: Send = (message) => api.postMessage(message);

function render(page: ReachPage): HTMLElement {
  switch (page.kind) {
    case 'pair':
      return renderPair(page, send);
    case 'list':
      return renderList(page, send);
    case 'matrix':
      return renderMatrix(page, send);
    default:
      return element('main', { class: 'notice' }, [
        element('h1', {}, [page.title]),
        element('p', { role: 'status' }, [page.text]),
      ]);
  }
}

/** What a person typed or focused must survive the page being drawn anew after an event of the engine. */
function keepPlace(draw: () => void): void {
  const focused = document.activeElement?.id ?? '';
  const typed = new Map(
    [...document.querySelectorAll<HTMLInputElement>('input[id]')].map((input) => [input.id, input.value]),
  );
  const { scrollX, scrollY } = window;
  draw();
  for (const [id, value] of typed) {
    const input = document.getElementById(id);
    if (!(input instanceof HTMLInputElement) || value === '') continue;
    input.value = value;
    input.dispatchEvent(new Event('input'));
  }
  if (focused !== '') document.getElementById(focused)?.focus();
  window.scrollTo(scrollX, scrollY);
}

window.addEventListener('message', (event: MessageEvent<ShowMessage>) => {
  if (event.data?.kind !== 'show') return;
  const { page } = event.data;
  keepPlace(() => document.body.replaceChildren(render(page)));
  document.title = page.title;
});
send({ kind: 'ready' });
