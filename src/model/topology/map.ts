/**
 * The map: the host is a frame, networks are boxes, containers cards in them, published ports plugs on the frame.
 * Places do not depend on the zoom; `warmth` of the last layout keeps everything where it was.
 */
import type { Box, Drawing, DrawingWords, Measure } from '#model/topology/drawing';
import type { Graph, GraphContainer, GraphEndpoint, GraphNetwork } from '#model/topology/graph';
import { type BoxCard, drawBox } from '#model/topology/mapBoxes';
import { allSharers, drawCard, mayPublish, wantedWidth } from '#model/topology/mapCards';
import { drawFrame, type Frame, frameOf } from '#model/topology/mapFrame';
import { connect } from '#model/topology/mapLines';
import {
  boxHeader,
  type MapWarmth,
  type PackBox,
  type Packing,
  type PlacedBox,
  type PlacedCard,
  pack,
} from '#model/topology/mapPacking';
import { drawSide, type PlugInput, plugInputs } from '#model/topology/mapPlugs';
import { type MapParts, Sketch } from '#model/topology/mapSketch';
import { drawBus } from '#model/topology/mapStrands';
import { outsideKey } from '#model/topology/nodes';

export type { MapWarmth } from '#model/topology/mapPacking';

export interface MapInput {
  readonly graph: Graph;
  /** Size of the panel in pixels: the packing follows its shape. */
  readonly width: number;
  readonly height: number;
  readonly measure: Measure;
  readonly words: DrawingWords;
  readonly warmth?: MapWarmth;
  /** Of the last layout: what is the same is taken over. */
  readonly before?: MapBefore;
}

/** Parts of a layout, good as long as `measure` gives the same widths, with the words they were made with. */
export interface MapBefore {
  readonly parts: MapParts;
  readonly words: DrawingWords;
  readonly measure: Measure;
}

/** One container in one box: `ghost` where its card is elsewhere. */
export interface Placement {
  readonly container: GraphContainer;
  readonly endpoint: GraphEndpoint;
  readonly ghost: boolean;
}

/** Placements of each box, in the order of its cards, by network id, buses apart: a bus holds no cards, its strands lead to them. */
export interface Arrangement {
  readonly buses: readonly GraphNetwork[];
  readonly boxes: readonly { readonly network: GraphNetwork; readonly placements: readonly Placement[] }[];
  readonly emptyBuiltIn: readonly GraphNetwork[];
}

/** A network is a bus when projects share it and each of its containers has a home elsewhere. */
export function arrange(graph: Graph): Arrangement {
  const homes = new Set(graph.roots.map((root) => root.mapHome));
  const buses = graph.networks.filter((network) => network.shared && !homes.has(network));
  const bused = new Set(buses);
  const byNetwork = new Map<GraphNetwork, Placement[]>();
  for (const container of graph.roots) {
    for (const endpoint of container.endpoints) {
      if (bused.has(endpoint.network)) continue;
      const list = byNetwork.get(endpoint.network) ?? [];
      list.push({ container, endpoint, ghost: endpoint.network !== container.mapHome });
      byNetwork.set(endpoint.network, list);
    }
  }
  const boxes: { network: GraphNetwork; placements: Placement[] }[] = [];
  const emptyBuiltIn: GraphNetwork[] = [];
  for (const network of graph.networks) {
    if (bused.has(network)) continue;
    const placements = byNetwork.get(network) ?? [];
    if (placements.length === 0 && network.builtIn) emptyBuiltIn.push(network);
    else boxes.push({ network, placements });
  }
  return { buses, boxes, emptyBuiltIn };
}

const gated = (network: GraphNetwork): boolean => ['overlay', 'macvlan', 'ipvlan'].includes(network.kind);
const keyOf = (placement: Placement): string => placement.container.id;

export interface MapLayout {
  readonly drawing: Drawing;
  readonly warmth: MapWarmth;
  /** For the next layout: objects of this one that it may take over. */
  readonly kept: MapBefore;
}

/** Positions of all shapes and nodes of the map, and what the next layout needs to keep them. */
export function layoutMap(input: MapInput): MapLayout {
  const { measure, words, before } = input;
  const usable = before?.measure === measure && before.words === words;
  const sketch = new Sketch(measure, usable ? before.parts : undefined);
  const arrangement = arrange(input.graph);
  const cardWidth = input.warmth?.cardWidth ?? widthOfCards(arrangement, sketch, input.words);
  const packing = pack(
    packBoxes(arrangement, sketch),
    wantedPackWidth(input, arrangement, cardWidth),
    cardWidth,
    input.warmth,
  );
  const frame = frameOf(sketch, input, arrangement, packing, cardWidth);
  const boxes = packing.boxes.map((box) => shifted(box, frame, packing));
  const byId = new Map(boxes.map((box) => [box.id, box]));

  const busBoxes = new Map<string, Box>();
  arrangement.buses.forEach((network, index) => {
    const box = frame.bus(index);
    busBoxes.set(network.id, box);
    const from = [network, box.x, box.y, box.width, box.height];
    sketch.part(network.key, from, () => drawBus(sketch, network, box, input.words));
  });
  for (const { network, placements } of arrangement.boxes) {
    const box = byId.get(network.id);
    if (box === undefined) continue;
    const { x, y, width, height } = box;
    const from: unknown[] = [network, x, y, width, height, cardWidth];
    for (const { container } of placements) from.push(container);
    for (const card of box.cards) from.push(card.x, card.y, card.height);
    sketch.part(network.key, from, () => drawNetwork(sketch, network, placements, box, cardWidth, input.words));
  }
  const bottom = drawPorts(sketch, arrangement, byId, frame, packing, cardWidth, input.words);
  const height = Math.max(frame.bottom, bottom + 20);
  connect(sketch, {
    arrangement,
    boxes: byId,
    buses: busBoxes,
    frame,
    packing,
    cardWidth,
    bottom: height,
    words: input.words,
  });
  const size = drawFrame(sketch, input, arrangement, frame, height, byId);
  return {
    drawing: {
      width: size.width,
      height: size.height,
      shapes: sketch.shapes(),
      nodes: readingOrder(sketch, input.graph),
    },
    warmth: { ...packing.warmth, left: frame.warmth },
    kept: { parts: sketch.parts, words, measure },
  };
}

function widthOfCards(arrangement: Arrangement, sketch: Sketch, words: DrawingWords): number {
  let widest = 150;
  for (const { placements } of arrangement.boxes)
    for (const { container, ghost } of placements) {
      if (widest >= 180) return 180;
      widest = Math.max(widest, Math.ceil(wantedWidth(container, ghost, sketch, words)));
      if (container.sharers.length > 0) widest = 180;
    }
  return Math.min(180, widest);
}

function packBoxes(arrangement: Arrangement, sketch: Sketch): PackBox[] {
  return arrangement.boxes.map(({ network, placements }) => ({
    id: network.id,
    last: gated(network) || network.kind === 'host' || network.kind === 'none',
    wants: 32 + sketch.measure(network.name.slice(0, 40), 'network') + 10 + sketch.measure(network.driver, 'small'),
    cards: placements.map((placement) => ({
      key: keyOf(placement),
      nested: placement.ghost ? 0 : allSharers(placement.container).length,
      publishes: !placement.ghost && placement.container.plugs.some((plug) => plug.exposure !== 'vain'),
    })),
  }));
}

/** Rows as wide as the panel where all fits about one screen; else in the panel's proportions. */
function wantedPackWidth(input: MapInput, arrangement: Arrangement, cardWidth: number): number {
  let area = 0;
  for (const { placements } of arrangement.boxes) {
    const cards = Math.max(1, placements.length);
    const columns = Math.ceil(Math.sqrt(cards / 2));
    area += (columns * (cardWidth + 12) + 32) * (Math.ceil(cards / columns) * 60 + boxHeader + 40);
  }
  const shape = Math.max(0.8, Math.min(2.2, input.width / Math.max(1, input.height)));
  return Math.max(input.width - 260, cardWidth + 24, Math.sqrt(area * shape * 1.8));
}

/** Packing coordinates to the drawing's. */
function shifted(box: PlacedBox, frame: Frame, packing: Packing): PlacedBox {
  const move = <T extends { readonly x: number; readonly y: number }>(thing: T): T => ({
    ...thing,
    x: thing.x + frame.originX,
    y: thing.y + frame.originY,
  });
  const row = packing.rows[box.row];
  return { ...move(box), cards: box.cards.map(move), height: row ? Math.min(box.height, row.height) : box.height };
}

function drawNetwork(
  sketch: Sketch,
  network: GraphNetwork,
  placements: readonly Placement[],
  box: PlacedBox,
  cardWidth: number,
  words: DrawingWords,
): void {
  const cells: BoxCard[] = [];
  const placed: { readonly placement: Placement; readonly card: PlacedCard }[] = [];
  for (const [index, placement] of placements.entries()) {
    const card = box.cards[index];
    if (card === undefined) continue;
    cells.push({
      container: placement.container,
      box: { x: card.x, y: card.y, width: cardWidth, height: card.height },
    });
    placed.push({ placement, card });
  }
  drawBox(sketch, network, box, cells, words);
  placed.sort((a, b) => a.card.y - b.card.y || a.card.x - b.card.x);
  for (const { placement, card } of placed) {
    const { container, endpoint, ghost } = placement;
    const from = [container, network, card.x, card.y, card.height, cardWidth];
    sketch.part(container.id, from, () =>
      drawCard(sketch, { container, endpoint, network, placed: card, width: cardWidth, ghost }, words),
    );
  }
}

function drawPorts(
  sketch: Sketch,
  arrangement: Arrangement,
  boxes: ReadonlyMap<string, PlacedBox>,
  frame: Frame,
  packing: Packing,
  cardWidth: number,
  words: DrawingWords,
): number {
  const centre = frame.originX + packing.width / 2;
  const inputs: PlugInput[] = [];
  for (const { network, placements } of arrangement.boxes) {
    const box = boxes.get(network.id);
    if (box === undefined) continue;
    for (const [index, placement] of placements.entries()) {
      const card = box.cards[index];
      if (placement.ghost || card === undefined || !mayPublish(placement.container)) continue;
      for (const container of [placement.container, ...allSharers(placement.container)])
        inputs.push(...plugInputs(container, card, cardWidth, box, centre, frame.leftAllowed));
    }
  }
  const sides = ['left', 'right'] as const;
  return Math.max(
    ...sides.map((side) =>
      drawSide(
        sketch,
        side,
        inputs.filter((found) => found.side === side),
        frame,
        words,
      ),
    ),
  );
}

/** Networks in order, each followed by its cards, each followed by its ports: what Tab, arrows and the outline walk. */
function readingOrder(sketch: Sketch, graph: Graph): Drawing['nodes'] {
  const children = new Map<string, typeof sketch.nodes>();
  for (const node of sketch.nodes) {
    const parent = node.kind === 'network' || node.kind === 'host' ? '' : (node.parent ?? '');
    const list = children.get(parent) ?? [];
    list.push(node);
    children.set(parent, list);
  }
  const ordered: typeof sketch.nodes = [];
  const walk = (parent: string): void => {
    for (const node of children.get(parent) ?? []) {
      ordered.push(node);
      // A ghost stands for a container whose ports and sharers follow its card.
      if (node.kind !== 'port') walk(node.key);
    }
  };
  const index = new Map(graph.networks.map((network) => [network.key, network.index]));
  // The host first, what lies outside of it last.
  const place = (key: string): number => index.get(key) ?? (key === outsideKey ? graph.networks.length : -1);
  children.get('')?.sort((a, b) => place(a.key) - place(b.key));
  walk('');
  return ordered;
}
