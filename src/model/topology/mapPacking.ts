/**
 * Where the map's boxes and cards stand: rows of boxes, a grid of cells in each. Pure arithmetic, no text.
 *
 * Warm packing keeps every box and card where it was: a new card takes a free cell, else a new row of cells where the
 * row of boxes has room, else a new column at the row's end; only then do the rows below move.
 */

export const cardHeight = 52;
export const innerHeight = 36;
export const cardGap = { x: 12, y: 8 } as const;
export const boxPadding = 12;
export const boxHeader = 52;
export const boxGap = 20;
export const rowGap = 28;

export interface PackCard {
  readonly key: string;
  /** Rows of sharers nested in the card: each makes it 36 px higher. */
  readonly nested: number;
  readonly publishes: boolean;
}

export interface PackBox {
  readonly id: string;
  readonly cards: readonly PackCard[];
  /** Boxes of the last group stand at the frame's lower edge: overlay, macvlan, host, none. */
  readonly last: boolean;
  /** Width in pixels that the header's texts want. */
  readonly wants: number;
}

export interface WarmBox {
  readonly row: number;
  readonly x: number;
  readonly columns: number;
  /** Cell (column, row) of each card by key. */
  readonly cells: Readonly<Record<string, readonly [number, number]>>;
}

/** What the next layout needs to keep everything in its place: plain JSON, kept by the webview across reloads. */
export interface MapWarmth {
  readonly cardWidth: number;
  readonly rows: readonly { readonly height: number }[];
  readonly boxes: Readonly<Record<string, WarmBox>>;
  /** Room left of the boxes in pixels, and whether plugs may pass the frame's left side: a change moves everything. */
  readonly left?: { readonly gutter: number; readonly channel: number; readonly plugs: boolean };
}

export interface PlacedCard {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly column: number;
}

export interface PlacedBox {
  readonly id: string;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly cards: readonly PlacedCard[];
  /** Whether nothing stands between this box and the frame's left (right) side in its row. */
  readonly leftmost: boolean;
  readonly rightmost: boolean;
}

export interface Packing {
  readonly boxes: readonly PlacedBox[];
  readonly rows: readonly { readonly y: number; readonly height: number }[];
  readonly width: number;
  readonly height: number;
  readonly warmth: MapWarmth;
}

type Cell = readonly [number, number];
interface Draft {
  readonly box: PackBox;
  columns: number;
  row: number;
  x: number;
  cells: Map<string, Cell>;
}

const boxWidth = (draft: Draft, cardWidth: number): number =>
  2 * boxPadding + draft.columns * cardWidth + (draft.columns - 1) * cardGap.x;

/** Height of each row of cells: the tallest card in it. */
function cellRowHeights(draft: Draft): number[] {
  const heights: number[] = [];
  for (const card of draft.box.cards) {
    const cell = draft.cells.get(card.key);
    if (cell === undefined) continue;
    const height = cardHeight + card.nested * innerHeight;
    heights[cell[1]] = Math.max(heights[cell[1]] ?? cardHeight, height);
  }
  return Array.from(heights, (height) => height ?? cardHeight);
}

function boxHeight(draft: Draft): number {
  const heights = cellRowHeights(draft);
  if (heights.length === 0) return boxHeader + boxPadding;
  return boxHeader + boxPadding + heights.reduce((sum, height) => sum + height + cardGap.y, -cardGap.y);
}

/** Columns of a box whose cards nobody has placed yet: a card is about three times as wide as high. */
const coldColumns = (box: PackBox, cardWidth: number): number => {
  const forCards = Math.max(1, Math.ceil(Math.sqrt(box.cards.length / 2)));
  const forHeader = Math.min(3, Math.ceil((box.wants - 2 * boxPadding + cardGap.x) / (cardWidth + cardGap.x)));
  return Math.max(forCards, Math.min(forHeader, 2));
};

/** Free cells in reading order, publishing cards in the column nearest the side their wires leave by. */
function fillCold(draft: Draft, side: 'left' | 'right'): void {
  const rows = Math.max(1, Math.ceil(draft.box.cards.length / draft.columns));
  const free: Cell[] = [];
  for (let row = 0; row < rows; row++) for (let column = 0; column < draft.columns; column++) free.push([column, row]);
  const outward = (cell: Cell): number => (side === 'left' ? cell[0] : draft.columns - 1 - cell[0]);
  const take = (card: PackCard, best: (left: Cell, right: Cell) => number): void => {
    free.sort(best);
    draft.cells.set(card.key, free.shift() ?? [0, rows]);
  };
  const publishing = draft.box.cards.filter((card) => card.publishes);
  const quiet = draft.box.cards.filter((card) => !card.publishes);
  for (const card of publishing) take(card, (a, b) => outward(a) - outward(b) || a[1] - b[1]);
  for (const card of quiet) take(card, (a, b) => a[1] - b[1] || a[0] - b[0]);
}

function cold(boxes: readonly PackBox[], wanted: number, cardWidth: number): Draft[][] {
  const rows: Draft[][] = [];
  let row: Draft[] = [];
  let used = 0;
  // Boxes of the last group follow in the same row where there is room: it then is the last row, or near it.
  for (const box of [...boxes.filter((one) => !one.last), ...boxes.filter((one) => one.last)]) {
    const draft: Draft = { box, columns: coldColumns(box, cardWidth), row: 0, x: 0, cells: new Map() };
    const width = boxWidth(draft, cardWidth);
    if (row.length > 0 && used + width > wanted) {
      rows.push(row);
      row = [];
      used = 0;
    }
    row.push(draft);
    used += width + boxGap;
  }
  if (row.length > 0) rows.push(row);
  rows.forEach((row, index) => {
    // Boxes that publish stand at the row's ends, where their wires run straight to the frame.
    const rank = (draft: Draft): number => draft.box.cards.filter((card) => card.publishes).length;
    const loud = row.filter((draft) => rank(draft) > 0).sort((a, b) => rank(b) - rank(a));
    const right = loud[0];
    const left = loud[1];
    const middle = row.filter((draft) => draft !== right && draft !== left);
    const ordered = [...(left ? [left] : []), ...middle, ...(right ? [right] : [])];
    let x = 0;
    for (const draft of ordered) {
      draft.row = index;
      draft.x = x;
      const alone = ordered.length === 1 && boxWidth(draft, cardWidth) < wanted / 2;
      fillCold(draft, alone || (draft === left && ordered.length > 1) ? 'left' : 'right');
      x += boxWidth(draft, cardWidth) + boxGap;
    }
    row.splice(0, row.length, ...ordered);
  });
  return rows;
}

/** A cell for a card that was not there before, moving as little as can be. */
function placeNew(
  draft: Draft,
  card: PackCard,
  room: { readonly height: number; readonly right: number },
  cardWidth: number,
): void {
  const taken = new Set([...draft.cells.values()].map((cell) => cell.join()));
  const rows = Math.max(1, ...[...draft.cells.values()].map((cell) => cell[1] + 1));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < draft.columns; column++) {
      if (!taken.has([column, row].join())) {
        draft.cells.set(card.key, [column, row]);
        return;
      }
    }
  }
  const below: Cell = [0, rows];
  draft.cells.set(card.key, below);
  if (boxHeight(draft) <= room.height) return;
  if (draft.x + boxWidth(draft, cardWidth) + cardWidth + cardGap.x <= room.right) {
    draft.columns += 1;
    draft.cells.set(card.key, [draft.columns - 1, 0]);
  }
}

function warm(
  boxes: readonly PackBox[],
  wanted: number,
  cardWidth: number,
  before: MapWarmth,
): { rows: Draft[][]; heights: number[] } {
  const rows: Draft[][] = before.rows.map(() => []);
  const heights = before.rows.map((row) => row.height);
  const fresh: PackBox[] = [];
  for (const box of boxes) {
    const old = before.boxes[box.id];
    if (old === undefined || rows[old.row] === undefined) {
      fresh.push(box);
      continue;
    }
    const keep = new Map(
      box.cards.flatMap((card) => (old.cells[card.key] ? [[card.key, old.cells[card.key]!] as const] : [])),
    );
    rows[old.row]!.push({ box, columns: old.columns, row: old.row, x: old.x, cells: keep });
  }
  for (const row of rows) row.sort((a, b) => a.x - b.x);
  rows.forEach((row, index) => {
    row.forEach((draft, place) => {
      const next = row[place + 1];
      const right = next === undefined ? Number.POSITIVE_INFINITY : next.x - boxGap;
      for (const card of draft.box.cards) {
        if (!draft.cells.has(card.key)) placeNew(draft, card, { height: heights[index] ?? 0, right }, cardWidth);
      }
    });
  });
  for (const box of fresh) placeFresh(box, rows, heights, wanted, cardWidth);
  return { rows, heights };
}

/** A network that was not there before: at the end of the last fitting row of its group, else a row of its own. */
function placeFresh(box: PackBox, rows: Draft[][], heights: number[], wanted: number, cardWidth: number): void {
  const draft: Draft = { box, columns: coldColumns(box, cardWidth), row: 0, x: 0, cells: new Map() };
  fillCold(draft, 'right');
  const height = boxHeight(draft);
  const width = boxWidth(draft, cardWidth);
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index]!;
    const final = row[row.length - 1];
    if (!box.last && final?.box.last === true) continue;
    const x = final === undefined ? 0 : final.x + boxWidth(final, cardWidth) + boxGap;
    if (x + width > wanted || (height > (heights[index] ?? 0) && index < rows.length - 1)) continue;
    draft.row = index;
    draft.x = x;
    row.push(draft);
    return;
  }
  draft.row = rows.length;
  rows.push([draft]);
  heights.push(height);
}

/**
 * Packs boxes into rows about `wanted` pixels wide.
 * The same input in the same order gives the same packing; `before` keeps what stood where.
 */
export function pack(boxes: readonly PackBox[], wanted: number, cardWidth: number, before?: MapWarmth): Packing {
  const usable = before !== undefined && before.cardWidth === cardWidth ? before : undefined;
  const start = usable ? warm(boxes, wanted, cardWidth, usable) : { rows: cold(boxes, wanted, cardWidth), heights: [] };
  const placed: PlacedBox[] = [];
  const rows: { y: number; height: number }[] = [];
  const warmBoxes: Record<string, WarmBox> = {};
  let y = 0;
  let width = 0;
  start.rows.forEach((row, index) => {
    const height = Math.max(start.heights[index] ?? 0, ...row.map(boxHeight), 0);
    rows.push({ y, height });
    row.forEach((draft, place) => {
      const own = boxWidth(draft, cardWidth);
      width = Math.max(width, draft.x + own);
      placed.push({
        id: draft.box.id,
        row: index,
        x: draft.x,
        y,
        width: own,
        height: boxHeight(draft),
        columns: draft.columns,
        cards: placeCards(draft, y, cardWidth),
        leftmost: place === 0,
        rightmost: place === row.length - 1,
      });
      warmBoxes[draft.box.id] = {
        row: index,
        x: draft.x,
        columns: draft.columns,
        cells: Object.fromEntries(draft.cells),
      };
    });
    if (height > 0) y += height + rowGap;
  });
  const warmth: MapWarmth = { cardWidth, rows: rows.map((row) => ({ height: row.height })), boxes: warmBoxes };
  return { boxes: placed, rows, width, height: Math.max(0, y - rowGap), warmth };
}

function placeCards(draft: Draft, top: number, cardWidth: number): PlacedCard[] {
  const tops: number[] = [];
  let y = top + boxHeader;
  for (const height of cellRowHeights(draft)) {
    tops.push(y);
    y += height + cardGap.y;
  }
  return draft.box.cards.map((card) => {
    const [column, row] = draft.cells.get(card.key) ?? [0, 0];
    return {
      key: card.key,
      x: draft.x + boxPadding + column * (cardWidth + cardGap.x),
      y: tops[row] ?? top + boxHeader,
      height: cardHeight + card.nested * innerHeight,
      column,
    };
  });
}
