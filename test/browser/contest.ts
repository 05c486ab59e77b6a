/** Runs in the page of the drawing's benchmark: our layout alone, and the same data drawn with elkjs and Cytoscape. */
import cytoscape from 'cytoscape';
import ELK, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Snapshot } from '#model/snapshot';
import type { PageWords } from '#protocol';
import { svg } from '#webview/dom';
import { draw } from '#webview/layout';
import { TextMeasure } from '#webview/measure';
import type { Mode } from '#webview/state';
import { Words } from '#webview/words';

const card = { width: 170, height: 52 };
const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Resolves when what was made in this frame is on the screen. */
async function painted(): Promise<void> {
  await frame();
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(undefined);
  });
}

/** Median time in milliseconds between frames while `move` is done in each. */
async function frameTime(move: (step: number) => void): Promise<number> {
  const times: number[] = [];
  let before = await frame();
  for (let step = 0; step < 60; step++) {
    move(step);
    const now = await frame();
    times.push(now - before);
    before = now;
  }
  return times.sort((one, other) => one - other)[30]!;
}

/** There and back again, so that a pan of 60 frames stays on the drawing. */
const there = (step: number): number => (step < 30 ? 1 : -1);

/** Our layout alone, in milliseconds: from the snapshot to the shapes. */
function layout(snapshot: Snapshot, mode: Mode, words: PageWords): number {
  const update = {
    kind: 'update',
    engine: 'e',
    engineLabel: 'bench',
    status: { tone: 'live', text: 'Live' },
    snapshot,
  } as const;
  const { measure } = new TextMeasure();
  const start = performance.now();
  draw(
    update,
    {
      mode,
      width: 1_200,
      height: 800,
      density: undefined,
      filter: {},
      warmth: undefined,
      slots: new Map(),
      before: undefined,
    },
    measure,
    new Words(words),
  );
  return performance.now() - start;
}

interface Drawn {
  /** Milliseconds until it was painted. */
  readonly painted: number;
  readonly elements: number;
  /** Median frame while panning, milliseconds. */
  readonly panning: number;
}

/** Networks as boxes that elkjs packs (`rectpacking`), containers as cards in them, drawn as plain SVG. No lines. */
async function elkBoxes(snapshot: Snapshot): Promise<Drawn> {
  const options = { 'elk.algorithm': 'rectpacking', 'elk.padding': '[top=52,left=12,bottom=12,right=12]' };
  const networks = new Map<string, ElkNode & { children: ElkNode[] }>(
    snapshot.networks.map(({ id }) => [id, { id, children: [], layoutOptions: options }]),
  );
  for (const { id, endpoints } of snapshot.containers)
    for (const { networkId } of endpoints)
      networks.get(networkId)?.children.push({ id: `${networkId}:${id}`, ...card });
  const start = performance.now();
  const root = await new ELK().layout({ id: 'root', layoutOptions: options, children: [...networks.values()] });
  return drawElk(snapshot, root, start);
}

/** Containers and networks as nodes, attachments as edges, in layers. */
async function elkLayered(snapshot: Snapshot): Promise<Drawn> {
  const start = performance.now();
  const edges = snapshot.containers.flatMap(({ id, endpoints }) =>
    endpoints.map(({ networkId }) => ({ id: `${networkId}:${id}`, sources: [networkId], targets: [id] })),
  );
  const children = [...snapshot.networks, ...snapshot.containers].map(({ id }) => ({ id, ...card }));
  const layoutOptions = { 'elk.algorithm': 'layered', 'elk.direction': 'RIGHT' };
  const root = await new ELK().layout({ id: 'root', layoutOptions, children, edges });
  return drawElk(snapshot, root, start);
}

async function drawElk(snapshot: Snapshot, root: ElkNode, start: number): Promise<Drawn> {
  const names = new Map([...snapshot.containers, ...snapshot.networks].map((one) => [one.id, one.name]));
  const addresses = new Map(snapshot.containers.map((one) => [one.id, one.endpoints[0]?.ipv4 ?? '']));
  const content = svg('g', {});
  const add = (node: ElkNode, left: number, top: number): void => {
    const id = node.id.split(':').at(-1) ?? '';
    const [x, y] = [left + (node.x ?? 0), top + (node.y ?? 0)];
    const { width = 0, height = 0 } = node;
    content.append(svg('rect', { x, y, width, height, rx: 4, fill: '#8882', stroke: '#888' }));
    content.append(svg('text', { x: x + 8, y: y + 20, 'font-size': 13 }, names.get(id) ?? ''));
    const address = addresses.get(id);
    if (address !== undefined) content.append(svg('text', { x: x + 8, y: y + 38, 'font-size': 12 }, address));
    for (const child of node.children ?? []) add(child, x, y);
  };
  for (const child of root.children ?? []) add(child, 0, 0);
  for (const { sections } of root.edges ?? [])
    for (const { startPoint, bendPoints = [], endPoint } of sections ?? []) {
      const points = [startPoint, ...bendPoints, endPoint].map(({ x, y }) => `${x},${y}`).join(' ');
      content.append(svg('polyline', { points, fill: 'none', stroke: '#888' }));
    }
  const scale = Math.min(1_200 / (root.width ?? 1_200), 800 / (root.height ?? 800));
  document.body.replaceChildren(svg('svg', { width: 1_200, height: 800 }, content));
  content.setAttribute('transform', `scale(${scale})`);
  await painted();
  const time = performance.now() - start;
  const elements = document.querySelectorAll('*').length;
  const panning = await frameTime((step) =>
    content.setAttribute('transform', `translate(${24 * Math.abs(step - 30)} 0) scale(${scale})`),
  );
  return { painted: time, elements, panning };
}

/** Networks as compound nodes, containers in their first one, edges to the others; Cytoscape's own `cose`. */
async function cytoscapeCose(snapshot: Snapshot): Promise<Drawn> {
  const container = document.createElement('div');
  container.style.width = '1200px';
  container.style.height = '800px';
  document.body.replaceChildren(container);
  const start = performance.now();
  const elements = [
    ...snapshot.networks.map(({ id, name }) => ({ data: { id, label: name } })),
    ...snapshot.containers.map(({ id, name, endpoints }) => ({
      data: { id, label: `${name}\n${endpoints[0]?.ipv4 ?? ''}`, parent: endpoints[0]?.networkId },
    })),
    ...snapshot.containers.flatMap(({ id, endpoints }) =>
      endpoints
        .slice(1)
        .map(({ networkId }) => ({ data: { id: `${networkId}:${id}`, source: id, target: networkId } })),
    ),
  ];
  const drawn = cytoscape({
    container,
    elements,
    style: [{ selector: 'node', style: { label: 'data(label)', shape: 'rectangle', ...card } }],
    layout: { name: 'cose', animate: false, fit: true },
  });
  await painted();
  const time = performance.now() - start;
  const count = document.querySelectorAll('*').length;
  const panning = await frameTime((step) => drawn.panBy({ x: 24 * there(step), y: 0 }));
  return { painted: time, elements: count, panning };
}

Object.assign(window, { contest: { layout, elkBoxes, elkLayered, cytoscapeCose } });
