import type { Browser } from 'playwright-core';
import { bundleContest, type Contender, compete, type Drawn, longest, ownLayout } from '#bench/drawingContest';
import { measurePage, type PageFigures } from '#bench/drawingPage';
import { median, type Print, quantile, whole } from '#bench/figure';
import { drawnSizes, drawnSnapshot } from '#bench/manyContainers';
import { launchBrowser } from '#harness/browser';

export const name = 'drawing';

/** DRAWN_MOST leaves larger sizes out for a quick look. */
const MOST = Number(process.env.DRAWN_MOST ?? 10_000);
const ROUNDS = 9;
const FRAME = 1_000 / 60;
/** Beyond this elkjs's layers take minutes and gigabytes. */
const LAYERED_MOST = 1_000;

/** The topology page in Chromium, beside elkjs and Cytoscape on the same data in the same run. */
export async function run(print: Print): Promise<void> {
  const script = await bundleContest();
  const hopeless = new Set<Contender>();
  for (const [containers, networks] of drawnSizes.filter(([size]) => size <= MOST)) {
    const snapshot = drawnSnapshot(containers, networks);
    const of = `${whole(containers)} containers, ${networks} networks`;
    // A browser of its own for each size: what one leaves behind must not slow the next.
    const browser = await launchBrowser();
    try {
      const own: { readonly [mode: string]: PageFigures } = {
        map: await measurePage(browser, 'map', snapshot, ROUNDS),
        rails: await measurePage(browser, 'rails', snapshot, ROUNDS),
      };
      for (const mode of ['map', 'rails'] as const) {
        const layout = await ownLayout(browser, script, mode, snapshot);
        tell(print, mode, `${mode}, ${of}`, layout, own[mode]!, containers);
      }
      const others = await contest(browser, script, of, containers, snapshot, hopeless, print);
      compare(print, of, own, others, containers);
    } finally {
      await browser.close();
    }
  }
}

function tell(print: Print, mode: string, of: string, layout: number, figures: PageFigures, containers: number): void {
  const large = containers === 5_000;
  const { first, patches, elements, heap, panning, panningNear } = figures;
  const patched = median(patches);
  const ms = { of, unit: 'ms' };
  print({ what: 'layout', value: layout.toFixed(0), ...ms });
  print({ what: 'layout + first paint, from the message', value: first.toFixed(0), ...ms });
  const goal = large ? { goal: 'under 33 (two frames)', met: patched < 2 * FRAME } : {};
  print({ what: 'patch after one change, median', value: patched.toFixed(0), ...ms, ...goal });
  print({ what: 'patch after one change, p95', value: quantile(patches, 0.95).toFixed(0), ...ms });
  print({ what: 'patch after one change, frames', of, value: Math.ceil(patched / FRAME) });
  print({ what: 'DOM elements', of, value: whole(elements), goal: 'at most 2,500', met: elements <= 2_500 });
  print({ what: 'JavaScript heap', of, value: heap.toFixed(1), unit: 'MB' });
  const move = mode === 'map' ? 'panning the whole' : 'scrolling';
  const smooth = (time: number) => (large ? { goal: 'under 20', met: time < 20 } : {});
  print({ what: `frame while ${move}, median`, value: panning.toFixed(1), ...ms, ...smooth(panning) });
  if (panningNear !== undefined)
    print({ what: 'frame while panning near, median', value: panningNear.toFixed(1), ...ms, ...smooth(panningNear) });
}

const titles: Readonly<Record<Contender, string>> = {
  elkBoxes: 'elkjs, boxes (rectpacking)',
  elkLayered: 'elkjs, layered',
  cytoscapeCose: 'Cytoscape, cose',
};

async function contest(
  browser: Browser,
  script: string,
  of: string,
  containers: number,
  snapshot: Parameters<typeof compete>[3],
  hopeless: Set<Contender>,
  print: Print,
): Promise<readonly Drawn[]> {
  const drawn: Drawn[] = [];
  for (const contender of ['elkBoxes', 'elkLayered', 'cytoscapeCose'] as const) {
    const from = `${titles[contender]}, ${of}`;
    const over = { what: 'layout + first paint', of: from, value: `over ${longest / 1_000} s` };
    if (contender === 'elkLayered' && containers > LAYERED_MOST) continue;
    if (hopeless.has(contender)) {
      print({ ...over, value: `${over.value} with fewer; not tried` });
      continue;
    }
    const figures = await compete(browser, script, contender, snapshot);
    if (!figures) {
      hopeless.add(contender);
      print(over);
      continue;
    }
    drawn.push(figures);
    print({ what: 'layout + first paint', of: from, value: whole(figures.painted), unit: 'ms' });
    print({ what: 'DOM elements', of: from, value: whole(figures.elements) });
    print({ what: 'frame while panning, median', of: from, value: figures.panning.toFixed(1), unit: 'ms' });
  }
  return drawn;
}

function compare(
  print: Print,
  of: string,
  own: { readonly [mode: string]: PageFigures },
  others: readonly Drawn[],
  containers: number,
): void {
  const best = Math.min(...others.map(({ painted }) => painted));
  for (const [mode, { first }] of Object.entries(own)) {
    const ratio = first / best;
    const goal = containers >= 200 ? { goal: 'at most 0.20', met: ratio <= 0.2 } : {};
    print({
      what: 'layout + first paint, to the better of the others',
      of: `${mode}, ${of}`,
      value: ratio.toFixed(2),
      unit: '×',
      ...goal,
    });
  }
}
