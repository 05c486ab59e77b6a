/** Which row stands where in the rails, and which lane each rail runs in: numbers only, no text. */
import type { Graph, GraphContainer, GraphEndpoint, GraphNetwork } from '#model/topology/graph';

export interface RailsMetrics {
  readonly width: number;
  readonly compact: boolean;
  /** Narrower than 360: no gateway, no exposure words. */
  readonly narrow: boolean;
  /** Narrower than 240: names and dots only. */
  readonly tiny: boolean;
  readonly pitch: number;
  /** x of the host's edge. */
  readonly edge: number;
  readonly dot: number;
  readonly nameX: number;
  readonly bandLeft: number;
  readonly bandRight: number;
  laneX(lane: number): number;
}

export interface PlannedRow {
  readonly container: GraphContainer;
  /** 0 for a container with endpoints of its own, 1 for its sharers, … */
  readonly depth: number;
  readonly top: number;
  readonly height: number;
  /** Row of the container it shares with. */
  readonly owner?: PlannedRow;
}

export interface PlannedBand {
  readonly network: GraphNetwork;
  readonly top: number;
  readonly rows: readonly PlannedRow[];
  readonly lane?: number;
  /** y of the rail's last endpoint. */
  readonly railEnd?: number;
}

export interface RailsPlan {
  readonly bands: readonly PlannedBand[];
  readonly lanes: number;
  readonly bottom: number;
  /** Built-in networks that nobody is attached to: one line. */
  readonly emptyBuiltIn: readonly GraphNetwork[];
}

export const hostRow = 40;
export const bandHeight = 28;
const firstBand = 56;
const afterBand = 4;
/** Most plugs that one comfortable row draws. */
export const mostPlugs = 3;
/** From this many rails side by side they stand closer. */
const closeFrom = 8;

/** Plugs drawn one under another, the `+N` plug included. */
export function drawnPlugs(container: GraphContainer): number {
  return Math.min(mostPlugs, container.plugs.length);
}

export function rowHeight(container: GraphContainer, compact: boolean): number {
  return compact ? 24 : 40 + 20 * Math.max(0, drawnPlugs(container) - 1);
}

/** y of a row's first line: dots, names and first plugs are level with it. */
export const lineOne = (row: PlannedRow, compact: boolean): number => row.top + (compact ? 12 : 13);

/** Endpoints that a rail runs to: host mode and no network have none. */
export function railed(endpoint: GraphEndpoint): boolean {
  return endpoint.network.kind !== 'host' && endpoint.network.kind !== 'none';
}

export function planRails(graph: Graph, compact: boolean): RailsPlan {
  const homes = new Map<GraphNetwork, GraphContainer[]>();
  for (const root of graph.roots) {
    const here = homes.get(root.railsHome);
    if (here) here.push(root);
    else homes.set(root.railsHome, [root]);
  }
  const used = new Set(graph.roots.flatMap((root) => root.endpoints.map((endpoint) => endpoint.network)));
  const bands: { network: GraphNetwork; top: number; rows: PlannedRow[]; lane?: number; railEnd?: number }[] = [];
  const byNetwork = new Map<GraphNetwork, (typeof bands)[number]>();
  let y = firstBand;
  for (const network of graph.networks) {
    if (network.builtIn && !used.has(network)) continue;
    const band = { network, top: y, rows: [] as PlannedRow[] };
    y += bandHeight + afterBand;
    const members = homes.get(network) ?? [];
    const first = (container: GraphContainer): number => (container.endpoints.length > 1 ? 0 : 1);
    // A stable sort: within each part they stay sorted by name.
    for (const container of [...members].sort((left, right) => first(left) - first(right)))
      y = planRow(band.rows, container, 0, y, compact);
    y += compact ? 8 : 12;
    bands.push(band);
    byNetwork.set(network, band);
  }
  for (const band of bands)
    for (const row of band.rows)
      for (const endpoint of row.container.endpoints) {
        const own = byNetwork.get(endpoint.network);
        if (own && railed(endpoint)) own.railEnd = Math.max(own.railEnd ?? 0, lineOne(row, compact));
      }
  return {
    bands,
    lanes: giveLanes(bands),
    bottom: y,
    emptyBuiltIn: graph.networks.filter((network) => network.builtIn && !used.has(network)),
  };
}

function planRow(
  rows: PlannedRow[],
  container: GraphContainer,
  depth: number,
  y: number,
  compact: boolean,
  owner?: PlannedRow,
): number {
  const height = rowHeight(container, compact);
  const row: PlannedRow = { container, depth, top: y, height, ...(owner ? { owner } : {}) };
  rows.push(row);
  let bottom = y + height;
  for (const sharer of container.sharers) bottom = planRow(rows, sharer, depth + 1, bottom, compact, row);
  return bottom;
}

/** A new rail takes the lane right of every running one, so that its line from the header crosses none. */
function giveLanes(bands: { top: number; lane?: number; railEnd?: number }[]): number {
  let running: { lane: number; end: number }[] = [];
  let most = 0;
  for (const band of bands) {
    if (band.railEnd === undefined) continue;
    running = running.filter((rail) => rail.end > band.top);
    const lane = running.reduce((last, rail) => Math.max(last, rail.lane + 1), 0);
    band.lane = lane;
    running.push({ lane, end: band.railEnd });
    most = Math.max(most, lane + 1);
  }
  return most;
}

export function railsMetrics(width: number, compact: boolean, lanes: number): RailsMetrics {
  const narrow = width < 360;
  const close = lanes > closeFrom;
  const usual = narrow ? 12 : 16;
  // Very many rails at once: they share two fifths of the width, however thin that makes them.
  const pitch = close ? Math.min(8, (width * 0.4) / lanes) : usual;
  const laneX = (lane: number): number => 20 + pitch * lane;
  const nameX = Math.round(laneX(Math.max(0, lanes - 1)) + (narrow ? 15 : close ? 20 : 24));
  const edge = width - (narrow ? 24 : 36) - 0.5;
  return {
    width,
    compact,
    narrow,
    tiny: width < 240,
    pitch,
    edge,
    dot: close ? 3 : 5,
    nameX,
    bandLeft: nameX - 8,
    bandRight: edge - 11.5,
    laneX,
  };
}
