/** "What can reach this" and "what can this reach": everybody, by answer. */
import type { ListPage } from '#reachProtocol';
import { button, element, type Send } from '#webview/reachParts';

export function renderList(page: ListPage, send: Send): HTMLElement {
  return element('main', { class: 'list' }, [
    element('h1', {}, [page.title]),
    ...page.groups.map((group) =>
      element('section', {}, [
        element('h2', { class: group.tone }, [`${group.heading} (${group.items.length})`]),
        group.items.length === 0
          ? element('p', { class: 'hint' }, [page.words.none])
          : element(
              'ul',
              { class: 'parties' },
              group.items.map((item) =>
                element('li', {}, [
                  button(item.text, () => send({ kind: 'open', from: item.index }), {
                    id: `party-${item.index}`,
                    class: 'quiet name',
                  }),
                  element('span', { class: 'detail' }, [item.detail]),
                ]),
              ),
            ),
      ]),
    ),
  ]);
}
