/**
 * Where the map's boxes and cards stand: rows of boxes, a grid of cells in each. Pure arithmetic, no text.
 *
 * Warm packing keeps every box and card where it was: a new card takes a free cell, else a new row of cells where the
 * row of boxes has room, else a new column at the row's end; only then do the rows below move.
 */

import { boxHeight, boxWidth, cellRowHeights, coldColumns, type Draft, fillCold } from '#model/topology/mapCells';
import { warm } from '#model/topology/mapWarm';

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
  /** In the order of the `PackBox`. */
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
    const cells = row.map(cellRowHeights);
    const own = row.map((draft, place) => boxHeight(draft, cells[place]));
    const height = Math.max(start.heights[index] ?? 0, ...own, 0);
    rows.push({ y, height });
    row.forEach((draft, place) => {
      const wide = boxWidth(draft, cardWidth);
      width = Math.max(width, draft.x + wide);
      placed.push({
        id: draft.box.id,
        row: index,
        x: draft.x,
        y,
        width: wide,
        height: own[place] ?? 0,
        columns: draft.columns,
        cards: placeCards(draft, cells[place] ?? [], y, cardWidth),
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

function placeCards(draft: Draft, heights: readonly number[], top: number, cardWidth: number): PlacedCard[] {
  const tops: number[] = [];
  let y = top + boxHeader;
  for (const height of heights) {
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
