/** What the built topology page takes: times are the page's own, from the message's arrival until it is painted. */
import type { Browser } from 'playwright-core';
import { inOrder } from '#bench/manyContainers';
import { openTopology, type TopologyTestPage } from '#harness/topologyPage';
import type { Snapshot } from '#model/snapshot';
import type { UpdateMessage } from '#protocol';
import { TopologyFeed } from '#views/topologyFeed';

export interface PageFigures {
  /** Milliseconds from the first snapshot's arrival until it is painted: reading the message, layout, paint. */
  readonly first: number;
  /** The same for one changed container; each of the rounds. */
  readonly patches: readonly number[];
  readonly elements: number;
  /** Megabytes of JavaScript heap after a collection. */
  readonly heap: number;
  /** Median milliseconds between frames while panning (map: the whole, and at full size) or scrolling. */
  readonly panning: number;
  readonly panningNear: number | undefined;
}

/** Stamps arrivals before the page's own listener reads the message, and tells when what follows is painted. */
const stopwatch = `
  window.timedPost = (message) => new Promise((resolve) => {
    let start = 0;
    window.arrived = () => { start = performance.now(); };
    window.heard = () => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - start);
      port2.postMessage(undefined);
    });
    window.postMessage(message, '*');
  });
  window.frameTime = async (move) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const times = [];
    let before = await frame();
    for (let step = 0; step < 60; step++) {
      move(step < 30 ? 1 : -1);
      const now = await frame();
      times.push(now - before);
      before = now;
    }
    return times.sort((one, other) => one - other)[30];
  };
  window.addEventListener('message', () => { window.heard?.(); window.heard = undefined; });`;

const arrival = `window.addEventListener('message', () => { window.arrived?.(); window.arrived = undefined; });`;

const pan = `frameTime((direction) => document.querySelector('.drawing').dispatchEvent(
  new WheelEvent('wheel', { deltaX: 24 * direction, deltaY: 12 * direction, bubbles: true, cancelable: true })))`;
const scroll = `frameTime((direction) => { document.querySelector('.stage').scrollTop += 60 * direction; })`;
/** Zooms in by keyboard-sized steps until texts are drawn at their full size. */
const near = `(async () => {
  for (let step = 0; step < 12; step++) {
    document.querySelector('.drawing').dispatchEvent(new WheelEvent('wheel', {
      deltaY: -50, ctrlKey: true, clientX: 500, clientY: 450, bubbles: true, cancelable: true }));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
})()`;

export async function measurePage(
  browser: Browser,
  mode: 'rails' | 'map',
  snapshot: Snapshot,
  rounds: number,
): Promise<PageFigures> {
  const opened = await openTopology(browser, { width: 1_200, height: 900, state: { mode }, first: arrival });
  try {
    const { page } = opened;
    await page.evaluate(stopwatch);
    const feed = new TopologyFeed();
    const whole = feed.next(message(snapshot));
    await page.evaluate(`window.shown = ${JSON.stringify(whole)}; undefined`);
    const first = Number(await page.evaluate('timedPost(shown)'));
    const patches: number[] = [];
    let latest = snapshot;
    for (let round = 0; round < rounds; round++) {
      latest = changed(latest, round);
      // The message that the host sends then.
      const next = JSON.stringify(feed.next(message(latest)));
      patches.push(Number(await page.evaluate(`timedPost(${next})`)));
    }
    const elements = Number(await page.evaluate('document.querySelectorAll("*").length'));
    const heap = await heapOf(opened);
    const panning = Number(await page.evaluate(mode === 'map' ? pan : scroll));
    let panningNear: number | undefined;
    if (mode === 'map') {
      await page.evaluate(near);
      panningNear = Number(await page.evaluate(pan));
    }
    return { first, patches, elements, heap, panning, panningNear };
  } finally {
    await opened.close();
  }
}

function message(snapshot: Snapshot): UpdateMessage {
  const status = { tone: 'live', text: 'Live' } as const;
  return { kind: 'update', engine: 'e', engineLabel: 'bench', status, snapshot };
}

/** One container is stopped and renamed. */
function changed(snapshot: Snapshot, round: number): Snapshot {
  const index = (round * 37) % snapshot.containers.length;
  const containers = snapshot.containers.map((container, place) =>
    place === index ? { ...container, name: `${container.name}-${round}`, state: 'exited' as const } : container,
  );
  return { ...snapshot, containers: containers.sort(inOrder) };
}

async function heapOf({ page }: TopologyTestPage): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  // The benchmark's own copy is not the page's.
  await page.evaluate('window.shown = undefined');
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize / 1024 / 1024;
}
