import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#harness/browser';
import { smallSnapshot } from '#harness/smallSnapshot';
import { openTopology, type Theme } from '#harness/topologyPage';

/**
 * The drawings as pictures, compared with those kept in test/fixtures/pictures. Machines have different fonts, so every
 * character is made equally wide and texts are painted as bars of what the layout reserved for them: what is compared
 * is shape, place and colour. RENEW_PICTURES=1 writes the pictures anew.
 */
const folder = fileURLToPath(new URL('../fixtures/pictures/', import.meta.url));
const failed = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));
const renew = process.env.RENEW_PICTURES === '1';
/** Share of pixels that may differ, and by how much a channel may before its pixel counts: antialiasing. */
const mostDifferent = 0.005;
const tolerance = 48;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  mkdirSync(folder, { recursive: true });
  mkdirSync(failed, { recursive: true });
});
afterAll(async () => browser?.close());

/** Before the page's script: a canvas to which every character is half as wide as high, whatever fonts there are. */
const evenWidths = `CanvasRenderingContext2D.prototype.measureText = function (text) {
  const size = Number(/([\\d.]+)px/.exec(this.font)?.[1] ?? 13);
  return { width: [...text].length * size * 0.5 };
};`;

/** Texts as bars as wide as the layout reserved, in the text's colour; what is not SVG is left out. */
const bars = `(() => {
  for (const text of document.querySelectorAll('.drawing text')) {
    const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    const size = parseFloat(getComputedStyle(text).fontSize);
    const width = Number(text.dataset.reserved) || 0;
    const anchor = text.getAttribute('text-anchor');
    const shift = anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0;
    const shown = text.textContent.trim() !== '';
    const attributes = { x: Math.round(Number(text.getAttribute('x')) - shift), y: Math.round(Number(text.getAttribute('y')) - size * 0.6),
      width: shown ? Math.round(width) : 0, height: Math.round(size * 0.6), fill: getComputedStyle(text).fill, opacity: 0.5 };
    for (const [name, value] of Object.entries(attributes)) bar.setAttribute(name, value);
    text.replaceWith(bar);
  }
})()`;

/** Share of pixels that differ between two PNGs of one size; 1 when the sizes differ. */
const compare = (left: string, right: string): string => `(async () => {
  const pixels = async (text) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const [one, other] = [await pixels('${left}'), await pixels('${right}')];
  if (one.width !== other.width || one.height !== other.height) return 1;
  let different = 0;
  for (let at = 0; at < one.data.length; at += 4)
    if ([0, 1, 2].some((channel) => Math.abs(one.data[at + channel] - other.data[at + channel]) > ${tolerance})) different++;
  return different / (one.width * one.height);
})()`;

const pictures: readonly { name: string; width: number; height: number; theme: Theme; state: object }[] = [
  { name: 'rails-dark', width: 420, height: 760, theme: 'dark', state: { mode: 'rails' } },
  { name: 'rails-light', width: 420, height: 760, theme: 'light', state: { mode: 'rails' } },
  { name: 'rails-compact-hc', width: 420, height: 560, theme: 'hc', state: { mode: 'rails', density: 'compact' } },
  { name: 'rails-wide', width: 1_200, height: 760, theme: 'dark', state: { mode: 'rails' } },
  { name: 'map-dark', width: 1_200, height: 620, theme: 'dark', state: { mode: 'map' } },
  { name: 'map-light', width: 1_200, height: 620, theme: 'light', state: { mode: 'map' } },
];

describe('the drawing looks as it did', () => {
  for (const { name, ...options } of pictures)
    it(`${name}, ${options.width} px`, async () => {
      const page = await openTopology(browser, { ...options, first: evenWidths });
      await page.show(smallSnapshot);
      await page.page.evaluate(bars);
      const picture = await page.page.locator('.stage').screenshot({ scale: 'css', animations: 'disabled' });
      const file = `${folder}${name}.png`;
      if (renew || !existsSync(file)) {
        expect(renew, `${file} is missing: RENEW_PICTURES=1 writes it`).toBe(true);
        writeFileSync(file, picture);
      }
      expect(readFileSync(file).length).toBeLessThan(60_000);
      const share = (await page.page.evaluate(
        compare(picture.toString('base64'), readFileSync(file).toString('base64')),
      )) as number;
      if (share > mostDifferent) writeFileSync(`${failed}picture-${name}.png`, picture);
      expect(share, `differs from ${file}: see out/screenshots/picture-${name}.png`).toBeLessThanOrEqual(mostDifferent);
      await page.close();
    });

  it('would show a card that moved by four pixels', async () => {
    const page = await openTopology(browser, { width: 420, height: 400, state: { mode: 'rails' }, first: evenWidths });
    await page.show(smallSnapshot);
    await page.page.evaluate(bars);
    const before = (await page.page.locator('.stage').screenshot()).toString('base64');
    await page.page.evaluate('document.querySelector(".main").setAttribute("transform", "translate(4 0)")');
    const after = (await page.page.locator('.stage').screenshot()).toString('base64');
    expect(await page.page.evaluate(compare(before, before))).toBe(0);
    expect(await page.page.evaluate(compare(before, after))).toBeGreaterThan(mostDifferent);
    await page.close();
  });
});
