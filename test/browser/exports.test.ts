import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#harness/browser';
import { ensureCommand } from '#harness/packages';
import { run } from '#harness/processes';
import { randomSnapshot } from '#harness/randomSnapshot';
import { smallSnapshot } from '#harness/smallSnapshot';
import { openTopology, type TopologyTestPage } from '#harness/topologyPage';
import { exportDot } from '#model/export/dot';
import { exportMermaid } from '#model/export/mermaid';
import { outlineOf } from '#model/export/outline';
import type { Snapshot } from '#model/snapshot';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => browser?.close());

const nasty = [
  '"];\nend\n',
  '</text><script>window.hacked = true</script>',
  'a\\',
  '\\N \\G \\"',
  '`#]|%%{init: {"theme":"dark"}}%%',
  "'><img src=x onerror=window.hacked=true>",
  '\u0000\ud800',
  'end',
  'subgraph style click',
  '&quot; &#34; #quot;',
  '**bold** _it_ `code`',
  'http://x.test',
  '한글 이름 🐳',
  '1. list',
  'x'.repeat(4_096),
];

function hostile(snapshot: Snapshot): Snapshot {
  const name = (index: number): string => `${nasty[index % nasty.length]}${index}`;
  return {
    ...snapshot,
    containers: snapshot.containers.map((container, index) => ({
      ...container,
      name: name(index),
      image: name(index),
    })),
    networks: snapshot.networks.map((network, index) => ({ ...network, name: name(index + 3) })),
  };
}

const snapshots: readonly (readonly [string, Snapshot])[] = [
  ['a small engine', smallSnapshot],
  ['an engine of 60 containers', randomSnapshot(7, { containers: 60, networks: 12 })],
  ['hostile names', hostile(randomSnapshot(9, { containers: 45, networks: 15 }))],
  ['nothing', { ...smallSnapshot, networks: [], containers: [] }],
];

describe('Graphviz', () => {
  for (const [what, snapshot] of snapshots)
    it(`draws the DOT of ${what}, every container and network in it`, async () => {
      const dot = await ensureCommand('dot', 'graphviz', 'the exported DOT is read by its own tool');
      const folder = mkdtempSync(join(tmpdir(), 'dot-'));
      try {
        const file = join(folder, 'graph.dot');
        writeFileSync(file, exportDot(snapshot));
        const svg = await run(dot, ['-Tsvg', file]);
        const outline = outlineOf(snapshot);
        const containers = outline.boxes.flatMap((box) => box.containers);
        const count = (pattern: RegExp): number => svg.match(pattern)?.length ?? 0;
        expect(count(/class="cluster"/g)).toBe(outline.boxes.length);
        expect(count(/<title>c\d+<\/title>/g)).toBe(containers.length);
        expect(count(/class="edge"/g)).toBe(outline.lines.length + outline.ports.length);
        expect(svg).not.toMatch(/<script|<img/);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
});

/** A page with Mermaid itself in it; it may fetch nothing. */
async function mermaidPage(): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('https://mermaid.test/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Mermaid</title><body></body>' }),
  );
  await page.goto('https://mermaid.test/');
  const folder = createRequire(import.meta.url)
    .resolve('mermaid/package.json')
    .replace(/package\.json$/, '');
  await page.addScriptTag({ content: readFileSync(`${folder}dist/mermaid.min.js`, 'utf8') });
  await page.evaluate('mermaid.initialize({ startOnLoad: false, maxTextSize: 1e6, maxEdges: 5_000 })');
  return page;
}

describe('Mermaid', () => {
  for (const [what, snapshot] of snapshots)
    it(`reads the flowchart of ${what}, every container and network in it`, async () => {
      const page = await mermaidPage();
      const text = exportMermaid(snapshot);
      const read = (await page.evaluate(`mermaid.parse(${JSON.stringify(text)})`)) as { diagramType: string };
      expect(read.diagramType).toMatch(/^flowchart/);
      const svg = (await page.evaluate(
        `mermaid.render('picture', ${JSON.stringify(text)}).then(({ svg }) => { document.body.innerHTML = svg; return svg; })`,
      )) as string;
      const outline = outlineOf(snapshot);
      const containers = outline.boxes.flatMap((box) => box.containers);
      const shown = (await page.evaluate(`({
        nodes: document.querySelectorAll('.node').length,
        clusters: document.querySelectorAll('.cluster').length,
        edges: document.querySelectorAll('.edgePaths path').length,
        strange: document.body.querySelectorAll('script, img, iframe').length,
        hacked: window.hacked ?? false,
      })`)) as Record<string, unknown>;
      const empty = outline.boxes.filter((box) => box.containers.length === 0).length;
      expect(shown.strange).toBe(0);
      expect(shown.hacked).toBe(false);
      expect(svg).toContain('<svg');
      expect(Number(shown.nodes) + Number(shown.clusters)).toBe(
        containers.length + outline.boxes.length + outline.ports.length,
      );
      expect(Number(shown.clusters)).toBeGreaterThanOrEqual(outline.boxes.length - empty);
      expect(shown.edges).toBe(outline.lines.length + outline.ports.length);
      await page.context().close();
    });
});

async function pictureOf(page: TopologyTestPage, format: 'svg' | 'png'): Promise<string> {
  const before = (await page.posted()).filter((message) => message.kind === 'picture').length;
  await page.post({ kind: 'picture', request: before, format });
  const answer = async () => (await page.posted()).filter((message) => message.kind === 'picture').at(before);
  await expect.poll(answer, { timeout: 30_000 }).toBeDefined();
  const found = await answer();
  return found?.kind === 'picture' ? (found.data ?? '') : '';
}

/** Every painted element's box, from the drawing's corner. */
const boxesOf = (root: string, offset: number): string => `(() => {
  const elements = [...document.querySelectorAll('${root}')];
  const matrix = document.querySelector('.content')?.getScreenCTM() ?? { e: 0, f: 0, a: 1 };
  const frame = document.querySelector('svg').getBoundingClientRect();
  const left = document.querySelector('.content') ? matrix.e : frame.left + ${offset};
  const top = document.querySelector('.content') ? matrix.f : frame.top + ${offset};
  return elements.map((element) => {
    const box = element.getBoundingClientRect();
    return [element.tagName, Math.round(box.left - left), Math.round(box.top - top), Math.round(box.width), Math.round(box.height)];
  });
})()`;

describe('an exported picture', () => {
  for (const mode of ['rails', 'map'] as const)
    it(`looks in a bare page as in ours, and does nothing there: ${mode}`, async () => {
      const page = await openTopology(browser, {
        width: 1_800,
        height: 1_400,
        state: { mode, zoom: { x: 0, y: 0, k: 1 } },
      });
      await page.show(smallSnapshot);
      if (mode === 'map')
        expect(await page.page.evaluate('document.querySelector(".content").getScreenCTM().a')).toBe(1);
      const svg = await pictureOf(page, 'svg');
      const ours = await page.page.evaluate(boxesOf('.content .ground > *, .content .main > *', 0));
      const bare = await browser.newContext({ viewport: { width: 1_500, height: 1_500 }, javaScriptEnabled: true });
      const other = await bare.newPage();
      const asked: string[] = [];
      await other.route('https://bare.test/**', (route) => {
        asked.push(route.request().url());
        return route.fulfill({ contentType: 'image/svg+xml', body: svg });
      });
      await other.goto('https://bare.test/picture.svg');
      const theirs = await other.evaluate(boxesOf('svg > g > *', 8));
      expect(asked).toHaveLength(1);
      expect(await other.evaluate('document.querySelectorAll("script, style, image, foreignObject, a").length')).toBe(
        0,
      );
      expect(close(theirs as Boxes, ours as Boxes)).toEqual([]);
      await bare.close();
      await page.close();
    });

  it('is a PNG of twice the size of its SVG', async () => {
    const page = await openTopology(browser, { width: 420, height: 700, theme: 'light', state: { mode: 'rails' } });
    await page.show(smallSnapshot);
    const svg = await pictureOf(page, 'svg');
    const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const png = Buffer.from(await pictureOf(page, 'png'), 'base64');
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect(png.subarray(12, 16).toString('latin1')).toBe('IHDR');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Number(width) * 2, Number(height) * 2]);
    expect(png.subarray(-8, -4).toString('latin1')).toBe('IEND');
    const colours =
      (await page.page.evaluate(`createImageBitmap(new Blob([Uint8Array.from(atob('${png.toString('base64')}'), (one) => one.charCodeAt(0))])).then((bitmap) => {
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
    })`)) as number;
    expect(colours).toBeGreaterThan(20);
    expect(page.violations).toEqual([]);
    await page.close();
  });
});

type Boxes = readonly (readonly [string, number, number, number, number])[];

/** Elements that differ by more than two pixels in place or size, or in kind. */
function close(theirs: Boxes, ours: Boxes): string[] {
  if (theirs.length !== ours.length) return [`${theirs.length} elements instead of ${ours.length}`];
  return theirs.flatMap((box, index) => {
    const other = ours[index]!;
    const same = box.every((value, part) =>
      typeof value === 'number' ? Math.abs(value - Number(other[part])) <= 2 : value === other[part],
    );
    return same ? [] : [`${box.join(' ')} instead of ${other.join(' ')}`];
  });
}
