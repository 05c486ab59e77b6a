/** Containers × containers as a table: rows ask, columns answer. Grouped, filterable, and spoken cell by cell. */
import type { MatrixPage } from '#reachProtocol';
import { button, element, type Send } from '#webview/reachParts';

const marks: Readonly<Record<string, string>> = { y: '●', n: '·', d: '?', '.': '–' };
const tones: Readonly<Record<string, string>> = { y: 'yes', n: 'no', d: 'depends', '.': 'self' };

export function renderMatrix(page: MatrixPage, send: Send): HTMLElement {
  const { words } = page;
  const table = element('div', { class: 'table', role: 'region', tabindex: '0', 'aria-label': page.title });
  const filter = element('input', {
    id: 'filter',
    type: 'text',
    placeholder: words.filter,
    'aria-label': words.filter,
  });
  const count = element('p', { class: 'hint', role: 'status' }, [page.summary]);
  const draw = (): void => {
    const wanted = filter.value.trim().toLowerCase();
    const shown = page.names.map((_, index) => index).filter((index) => matches(page, index, wanted));
    table.replaceChildren(shown.length === 0 ? element('p', {}, [words.nothing]) : tableOf(page, shown, send));
  };
  filter.addEventListener('input', draw);
  draw();
  return element('main', { class: 'matrix' }, [
    element('h1', {}, [page.title]),
    element('div', { class: 'bar' }, [
      filter,
      toggle(words.byNetwork, page.grouping === 'network', () => send({ kind: 'group', by: 'network' }), 'by-network'),
      toggle(words.byProject, page.grouping === 'project', () => send({ kind: 'group', by: 'project' }), 'by-project'),
    ]),
    count,
    element(
      'ul',
      { class: 'legend' },
      (['y', 'n', 'd'] as const).map((mark) =>
        element('li', { class: tones[mark] ?? '' }, [
          element('span', { class: 'mark', 'aria-hidden': 'true' }, [marks[mark] ?? '']),
          ` ${mark === 'y' ? words.yes : mark === 'n' ? words.no : words.depends}`,
        ]),
      ),
    ),
    table,
  ]);
}

function toggle(label: string, pressed: boolean, act: () => void, id: string): HTMLElement {
  return button(label, act, { id, 'aria-pressed': String(pressed) });
}

/** A filter keeps rows and columns whose container or group has the text in its name. */
function matches(page: MatrixPage, index: number, wanted: string): boolean {
  if (wanted === '' || page.names[index]?.toLowerCase().includes(wanted)) return true;
  return groupOf(page, index).toLowerCase().includes(wanted);
}

function groupOf(page: MatrixPage, index: number): string {
  let first = 0;
  for (const { name, size } of page.groups) {
    if (index < first + size) return name;
    first += size;
  }
  return '';
}

function tableOf(page: MatrixPage, shown: readonly number[], send: Send): HTMLElement {
  const { words } = page;
  const head = element('tr', {}, [
    element('th', { scope: 'col', class: 'corner' }, [`${words.from} → ${words.to}`]),
    ...shown.map((index, at) =>
      element('th', { scope: 'col', class: `column ${startsGroup(page, shown, at)}`, title: page.names[index] ?? '' }, [
        element('span', {}, [page.names[index] ?? '']),
      ]),
    ),
  ]);
  const bodies: HTMLElement[] = [];
  for (const [at, row] of shown.entries()) {
    if (startsGroup(page, shown, at) !== '') {
      const heading = element('th', { scope: 'rowgroup', colspan: String(shown.length + 1), class: 'group' }, [
        groupOf(page, row),
      ]);
      bodies.push(element('tbody', {}, [element('tr', {}, [heading])]));
    }
    bodies.at(-1)?.append(rowOf(page, row, shown, send));
  }
  return element('table', {}, [
    element('caption', { class: 'spoken' }, [page.summary]),
    element('thead', {}, [head]),
    ...bodies,
  ]);
}

function rowOf(page: MatrixPage, row: number, shown: readonly number[], send: Send): HTMLElement {
  const { words } = page;
  const reached = shown.filter((column) => page.cells[row]?.[column] === 'y').length;
  const summary = words.rowSummary
    .replace('{0}', page.names[row] ?? '')
    .replace('{1}', String(reached))
    .replace('{2}', String(shown.length));
  return element('tr', {}, [
    element('th', { scope: 'row', title: summary }, [
      element('span', {}, [page.names[row] ?? '']),
      element('span', { class: 'spoken' }, [` ${summary}`]),
    ]),
    ...shown.map((column, at) => cellOf(page, row, column, startsGroup(page, shown, at), send)),
  ]);
}

function cellOf(page: MatrixPage, row: number, column: number, edge: string, send: Send): HTMLElement {
  const { words } = page;
  const mark = page.cells[row]?.[column] ?? 'n';
  if (mark === '.') return element('td', { class: `self ${edge}`, title: words.self }, ['–']);
  const word = mark === 'y' ? words.yes : mark === 'd' ? words.depends : words.no;
  const reason = page.sentences[page.reasons[row]?.[column] ?? 0] ?? '';
  const text = `${page.names[row]} → ${page.names[column]}: ${word}. ${reason}`;
  const inner = button(marks[mark] ?? '', () => send({ kind: 'open', from: row, to: column }), {
    'aria-label': text,
    title: text,
    // One Tab stop a row; the arrow keys walk the rest.
    tabindex: isFirst(page, row, column) ? '0' : '-1',
  });
  inner.addEventListener('keydown', moveFocus);
  return element('td', { class: `${tones[mark]} ${edge}` }, [inner]);
}

/** Arrow keys walk the cells. */
function moveFocus(event: KeyboardEvent): void {
  const cell = (event.currentTarget as HTMLElement).closest('td');
  const row = cell?.parentElement;
  if (!(cell instanceof HTMLTableCellElement) || !(row instanceof HTMLTableRowElement)) return;
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  };
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const rows = [...(row.closest('table')?.rows ?? [])].filter(({ cells }) => cells.length > 1);
  let at = rows.indexOf(row) + step[0];
  let column = cell.cellIndex + step[1];
  for (; at > 0 && at < rows.length && column > 0 && column < row.cells.length; at += step[0], column += step[1]) {
    const found = rows[at]?.cells[column]?.querySelector('button');
    if (found) {
      found.focus();
      return;
    }
  }
}

function startsGroup(page: MatrixPage, shown: readonly number[], at: number): string {
  const index = shown[at] ?? 0;
  return at === 0 || groupOf(page, shown[at - 1] ?? 0) !== groupOf(page, index) ? 'edge' : '';
}

/** The first cell of a row that is not the container itself. */
function isFirst(page: MatrixPage, row: number, column: number): boolean {
  return (page.cells[row] ?? '').search(/[ynd]/) === column;
}
