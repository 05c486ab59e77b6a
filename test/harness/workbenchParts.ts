/** What a person does in the workbench, by what a person sees: labels, rows, boxes. */
import type { Frame, Locator, Page } from 'playwright-core';
import { until } from '#harness/processes';

/** Opens the extension's view from the Activity Bar; the label is the container's title. */
export async function openView(page: Page, label = 'Docker Networks'): Promise<void> {
  const item = page.locator('.activitybar .action-item', { has: page.locator(`[aria-label^="${label}"]`) }).first();
  await item.waitFor({ timeout: 60_000 });
  const opened = page.locator('.sidebar .composite.title', { hasText: new RegExp(label, 'i') });
  await until(`the view ${label}`, async () => {
    if (await opened.isVisible()) return true;
    await item.click();
    await page.waitForTimeout(500);
    return opened.isVisible();
  });
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const quickInput = (page: Page): Locator => page.locator('.quick-input-widget:visible');
const quickBox = (page: Page): Locator => quickInput(page).locator('.quick-input-box input');

/** Runs a command through the palette by the title it has there, category included. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await until(`the command ${title} in the palette`, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await quickBox(page).waitFor({ timeout: 5_000 });
    await quickBox(page).fill(`>${title}`);
    const items = quickInput(page).locator('.monaco-list-row');
    await items.filter({ hasText: title }).first().waitFor({ timeout: 5_000 });
    // The shortest: one command's title may begin another's, and a key binding may follow it.
    const lengths = (await items.allInnerTexts()).map((text) =>
      text.includes(title) ? text.length : Number.MAX_VALUE,
    );
    const found = items.nth(lengths.indexOf(Math.min(...lengths)));
    await found.click();
    return true;
  });
}

/** Waits until a box whose title, placeholder or prompt has this text is shown, and gives everything it says. */
export async function waitForPrompt(page: Page, text: string | RegExp): Promise<string> {
  return until(`the prompt ${text}`, async () => {
    const said = await promptText(page);
    return (typeof text === 'string' ? said.includes(text) : text.test(said)) ? said : undefined;
  });
}

/** Title, step, placeholder, prompt and validation message of the open box, one a line; '' when none is open. */
export async function promptText(page: Page): Promise<string> {
  const box = quickInput(page);
  if ((await box.count()) === 0) return '';
  const placeholder = (await quickBox(page).getAttribute('placeholder')) ?? '';
  const parts = await box.locator('.quick-input-title, .quick-input-description, .quick-input-message').allInnerTexts();
  return [...parts, placeholder].filter((part) => part !== '').join('\n');
}

/** The text in the open box. */
export const promptValue = (page: Page): Promise<string> => quickBox(page).inputValue();

/** Types an answer without accepting it, for the validation messages. */
export const typeAnswer = (page: Page, text: string): Promise<void> => quickBox(page).fill(text);

/** Accepts what is in the box, or what is selected in its list. */
export const accept = (page: Page): Promise<void> => quickBox(page).press('Enter');

/** Types an answer and accepts it. */
export async function answer(page: Page, text: string): Promise<void> {
  await typeAnswer(page, text);
  await accept(page);
}

/** Picks the first item of the open list that has this text. */
export async function pick(page: Page, text: string | RegExp): Promise<void> {
  await quickInput(page).locator('.monaco-list-row', { hasText: text }).first().click();
}

/** The items of the open list as a person reads them. */
export const pickItems = (page: Page): Promise<string[]> =>
  quickInput(page).locator('.monaco-list-row').allInnerTexts();

const pane = (page: Page, view: string): Locator =>
  page.locator('.sidebar .pane', { has: page.locator('.pane-header', { hasText: new RegExp(view, 'i') }) }).first();

/** The visible rows of a view's tree, as a person reads them: `label description`. */
export async function rows(page: Page, view = 'Networks'): Promise<string[]> {
  const labels = await pane(page, view).locator('.monaco-list-row .monaco-icon-label-container').all();
  return Promise.all(
    labels.map(async (found) =>
      (await found.locator('.label-name, .label-description').allInnerTexts()).join(' ').replace(/\s+/g, ' ').trim(),
    ),
  );
}

/** The row whose label is this text, or matches. */
export function row(page: Page, label: string | RegExp, view = 'Networks'): Locator {
  const name = typeof label === 'string' ? new RegExp(`^${escaped(label)}$`) : label;
  return pane(page, view)
    .locator('.monaco-list-row', { has: page.locator('.label-name', { hasText: name }) })
    .first();
}

/** Opens a row of the tree so that its children are shown. */
export async function expand(page: Page, label: string | RegExp, view = 'Networks'): Promise<void> {
  const found = row(page, label, view);
  await found.waitFor({ timeout: 60_000 });
  if ((await found.getAttribute('aria-expanded')) === 'false') await found.locator('.monaco-tl-twistie').click();
}

/** Clicks an action at the right end of a row; the title is its tooltip. */
export async function rowAction(page: Page, label: string | RegExp, title: string, view = 'Networks'): Promise<void> {
  const found = row(page, label, view);
  await found.hover();
  await found.locator(`.action-label[aria-label^="${title}"]`).click();
}

/** Chooses an item of a row's context menu. */
export async function contextMenu(page: Page, label: string | RegExp, item: string, view = 'Networks'): Promise<void> {
  await row(page, label, view).click({ button: 'right' });
  const entry = page.locator('.monaco-menu .action-item', { hasText: item }).first();
  await entry.waitFor();
  // The menu ignores the mouse for its first moments, so that the click that opened it chooses nothing.
  await until(`the menu to take ${item}`, async () => {
    if ((await entry.count()) === 0) return true;
    await page.waitForTimeout(200);
    await entry.click({ timeout: 2_000 });
    await page.waitForTimeout(200);
    return (await entry.count()) === 0;
  });
}

/** Hovers over something until the workbench shows its hover; gives the text. */
export async function hoverText(page: Page, target: Locator, expected: string | RegExp = /\S/): Promise<string> {
  return until(`a hover with ${expected}`, async () => {
    await page.mouse.move(2, 2);
    await target.hover();
    await page.waitForTimeout(1_000);
    const texts = await page.locator('.monaco-hover:visible, .workbench-hover:visible').allInnerTexts();
    return texts.find((text) => (typeof expected === 'string' ? text.includes(expected) : expected.test(text)));
  });
}

/** Opens a file of the folder through Go to File. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await quickBox(page).fill(name);
  await quickInput(page).locator('.monaco-list-row', { hasText: name }).first().click();
  await page.locator('.tab', { hasText: name }).first().waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/** A piece of text in the open editor, to hover or click. */
export const inEditor = (page: Page, text: string): Locator =>
  page.locator('.editor-instance .view-line span', { hasText: text }).last();

/** The webview frame that holds an element for this selector. */
export async function webviewFrame(page: Page, selector: string, timeout = 60_000): Promise<Frame> {
  return until(
    `a webview with ${selector}`,
    async () => {
      for (const frame of page.frames()) {
        if (frame !== page.mainFrame() && (await frame.locator(selector).count()) > 0) return frame;
      }
      return undefined;
    },
    timeout,
  );
}

/** The messages shown at the lower right. */
export const notifications = (page: Page): Promise<string[]> =>
  page.locator('.notification-list-item-message').allInnerTexts();

/** Presses a button of a modal dialog and gives the dialog's text. */
export async function answerDialog(page: Page, button: string): Promise<string> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  const text = await dialog.innerText();
  await dialog.locator('.monaco-button', { hasText: button }).first().click();
  return text;
}
