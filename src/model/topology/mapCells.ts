/** The grid of cells in a box of the map: its columns, the heights of its rows, and who stands where at first. */
import {
  boxHeader,
  boxPadding,
  cardGap,
  cardHeight,
  innerHeight,
  type PackBox,
  type PackCard,
} from '#model/topology/mapPacking';

export type Cell = readonly [number, number];

export interface Draft {
  readonly box: PackBox;
  columns: number;
  row: number;
  x: number;
  cells: Map<string, Cell>;
}

export const boxWidth = (draft: Draft, cardWidth: number): number =>
  2 * boxPadding + draft.columns * cardWidth + (draft.columns - 1) * cardGap.x;

/** Height of each row of cells: the tallest card in it. */
export function cellRowHeights(draft: Draft): number[] {
  const heights: number[] = [];
  for (const card of draft.box.cards) {
    const cell = draft.cells.get(card.key);
    if (cell === undefined) continue;
    const height = cardHeight + card.nested * innerHeight;
    heights[cell[1]] = Math.max(heights[cell[1]] ?? cardHeight, height);
  }
  return Array.from(heights, (height) => height ?? cardHeight);
}

/** `heights` of its rows of cells, where they are known already. */
export function boxHeight(draft: Draft, heights: readonly number[] = cellRowHeights(draft)): number {
  if (heights.length === 0) return boxHeader + boxPadding;
  return boxHeader + boxPadding + heights.reduce((sum, height) => sum + height + cardGap.y, -cardGap.y);
}

/** Columns of a box whose cards nobody has placed yet: a card is about three times as wide as high. */
export const coldColumns = (box: PackBox, cardWidth: number): number => {
  const forCards = Math.max(1, Math.ceil(Math.sqrt(box.cards.length / 2)));
  const forHeader = Math.min(3, Math.ceil((box.wants - 2 * boxPadding + cardGap.x) / (cardWidth + cardGap.x)));
  return Math.max(forCards, Math.min(forHeader, 2));
};

/** Free cells in reading order, publishing cards in the column nearest the side their wires leave by. */
export function fillCold(draft: Draft, side: 'left' | 'right'): void {
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
