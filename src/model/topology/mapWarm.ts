/** Warm packing: what stood somewhere stays there, and what is new goes where it moves least. */
import { boxHeight, boxWidth, type Cell, coldColumns, type Draft, fillCold } from '#model/topology/mapCells';
import { boxGap, cardGap, type MapWarmth, type PackBox, type PackCard } from '#model/topology/mapPacking';

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

export function warm(
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
    const keep = new Map<string, Cell>();
    for (const { key } of box.cards) {
      const cell = old.cells[key];
      if (cell) keep.set(key, cell);
    }
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
