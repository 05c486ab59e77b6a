/** One pair explained: the answer, the route drawn, reasons with their remedies, and the real test. */
import type { PairPage, RouteLine } from '#reachProtocol';
import { button, chain, element, reasonList, type Send } from '#webview/reachParts';

export function renderPair(page: PairPage, send: Send): HTMLElement {
  const { words } = page;
  return element('main', { class: 'pair' }, [
    element('h1', {}, [page.title]),
    element('p', { class: `answer ${page.tone}`, role: 'status' }, [
      element('span', { class: 'badge' }, [page.answer]),
      element('span', {}, [page.sentence]),
    ]),
    chain(page.drawn, words.drawn),
    section(
      words.routes,
      page.routes.map((route, index) => routeLine(route, index, page, send)),
    ),
    page.reasons.length > 0
      ? element('section', {}, [element('h2', {}, [words.reasons]), reasonList(page.reasons, words.seen, send)])
      : undefined,
    page.depends.length > 0
      ? element('section', {}, [element('h2', {}, [words.depends]), reasonList(page.depends, words.seen, send)])
      : undefined,
    element('section', { class: 'test' }, [
      button(words.test, () => send({ kind: 'test' }), { id: 'test', class: 'primary' }),
      button(words.swap, () => send({ kind: 'swap' }), { id: 'swap' }),
      element('p', { class: 'hint' }, [words.testHint]),
      page.test === undefined
        ? undefined
        : element('div', { class: `result ${page.test.tone}`, role: 'status' }, [
            element('h2', {}, [words.result]),
            element('p', {}, [page.test.text]),
            element(
              'ul',
              {},
              page.test.lines.map((line) => element('li', {}, [line])),
            ),
          ]),
    ]),
  ]);
}

function section(heading: string, children: readonly HTMLElement[]): HTMLElement | undefined {
  if (children.length === 0) return undefined;
  return element('section', {}, [element('h2', {}, [heading]), element('ul', { class: 'routes' }, children)]);
}

function routeLine(route: RouteLine, index: number, page: PairPage, send: Send): HTMLElement {
  const { words } = page;
  return element('li', {}, [
    element('span', { class: 'via' }, [route.stops.map(({ text }) => text).join(' → ')]),
    element('code', {}, [route.address]),
    button(words.copy, () => send({ kind: 'copy', text: route.address }), {
      id: `copy-${index}`,
      class: 'quiet',
      'aria-label': `${words.copy} ${route.address}`,
    }),
    route.names.length === 0
      ? undefined
      : element('span', { class: 'names' }, [
          `${words.names} `,
          ...route.names.flatMap((name, at) => [at > 0 ? ', ' : '', element('code', {}, [name])]),
        ]),
  ]);
}
