/** The workbench driven by keys alone: commands, lists and dialogs are moved through until the wanted one has the focus. */
import type { Page } from 'playwright-core';
import { until } from '#harness/processes';
import { answer, promptText, waitForPrompt } from '#harness/workbenchParts';

const focusedLabel = async (page: Page): Promise<string> => {
  const label = page.locator('.quick-input-widget:visible .monaco-list-row.focused .label-name').first();
  return (await label.count()) === 0 ? '' : (await label.innerText()).replace(/\s+/g, ' ').trim();
};

/** Moves down an open list until the item with this label has the focus; the label may begin with an icon. */
async function moveTo(page: Page, label: string): Promise<void> {
  await until(`the item ${label} to have the focus`, async () => {
    for (let step = 0; step < 12; step += 1) {
      if ((await focusedLabel(page)) === label) return true;
      await page.keyboard.press('ArrowDown');
    }
    return false;
  });
}

/** Runs a command through the palette by its whole title, category included. */
export async function runByKeyboard(page: Page, title: string): Promise<void> {
  await until(`the palette with ${title}`, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    const box = page.locator('.quick-input-widget:visible .quick-input-box input');
    await box.waitFor({ timeout: 5_000 });
    await box.fill(`>${title}`);
    const items = page.locator('.quick-input-widget:visible .monaco-list-row');
    await items.filter({ hasText: title }).first().waitFor({ timeout: 5_000 });
    return true;
  });
  await moveTo(page, title);
  await page.keyboard.press('Enter');
}

/** Narrows an open list by typing and takes the item with this label; without `typed` the label is typed. */
export async function take(page: Page, label: string, typed = label): Promise<void> {
  await page.locator('.quick-input-widget:visible .quick-input-box input').fill(typed);
  await moveTo(page, label);
  await page.keyboard.press('Enter');
}

/** Ticks the one item with this label in a list of several, and goes on. */
export async function tick(page: Page, label: string): Promise<void> {
  await page.locator('.quick-input-widget:visible .quick-input-box input').fill(label);
  await page.keyboard.press('ArrowDown');
  await moveTo(page, label);
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
}

/** Types a wrong answer, tries to go on, and waits until the prompt says this about it. */
export async function refuses(page: Page, text: string, says: string): Promise<string> {
  await answer(page, text);
  return waitForPrompt(page, says);
}

/** Goes through a modal dialog's buttons to this one and presses it; gives the dialog's text. */
export async function pressInDialog(page: Page, button: string): Promise<string> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  const text = await dialog.innerText();
  await until(`the button ${button} to have the focus`, async () => {
    const focused = await dialog.locator('.monaco-button:focus').allInnerTexts();
    if (focused.some((label) => label.trim() === button)) return true;
    await page.keyboard.press('Tab');
    return false;
  });
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  return text;
}

/** Gives a modal dialog up; gives its text. */
export async function escapeDialog(page: Page): Promise<string> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  const text = await dialog.innerText();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  return text;
}

/** Waits until no box is open: the command has its answers. */
export const noPrompt = (page: Page): Promise<unknown> =>
  until('no box to be open', async () => (await promptText(page)) === '');

/** What was copied last. */
export const copied = (page: Page): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');

/** What is on the clipboard, once it is another text than this one. */
export const newlyCopied = (page: Page, before: string): Promise<string> =>
  until('something to be copied', async () => {
    const now = await copied(page);
    return now !== before && now;
  });

/** The visible terminal's text; its renderer must be the one that writes text (`gpuAcceleration` off). */
export const terminalText = async (page: Page): Promise<string> =>
  (await page.locator('.terminal-wrapper.active .xterm-rows > div').allInnerTexts())
    .join('\n')
    .replaceAll('\u00a0', ' ');

/** Where a text stands in the visible terminal, in pixels of the page. */
export async function placeInTerminal(page: Page, text: string): Promise<{ readonly x: number; readonly y: number }> {
  const line = page.locator('.terminal-wrapper.active .xterm-rows > div', { hasText: text }).last();
  const box = await line.locator('span', { hasText: text }).last().boundingBox();
  const whole = await line.locator('span', { hasText: text }).last().innerText();
  if (!box) throw new Error(`no ${text} in the terminal`);
  // Every character of a terminal is as wide as the next.
  const middle = (whole.indexOf(text) + text.length / 2) / whole.length;
  return { x: box.x + box.width * middle, y: box.y + box.height / 2 };
}
