/** The Korean workbench: what the extension contributes is Korean, word for word; names and terms stay what they are. */
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '#harness/processes';
import { choose, openUiWorld, topologyFrame, type UiWorld } from '#harness/uiWorld';
import {
  accept,
  answer,
  expand,
  hoverText,
  inEditor,
  openFile,
  openView,
  pickItems,
  promptText,
  rows,
  runCommand,
  typeAnswer,
  waitForPrompt,
  webviewFrame,
} from '#harness/workbenchParts';

/** Names of the tutorial, terms of the field, keywords of engines: the same in every language. */
const untranslated = new Set(
  `mynet web db random-port publish-all host-mode isolated web-sidecar redis legacy cache tiny shop front
  bridge macvlan ipvlan overlay host none container docker Docker Podman Compose networks network create
  tcp udp CIDR IP IPv IPv4 IPv6 DNS MAC LAN NAT gw subnet gateway static localhost http sock uiko null ID API
  SVG PNG JSON Networks Ctrl Esc Enter Alt Shift VIP id CONTAINER NETWORK dfsg dfsg4 v`.split(/\s+/),
);

/** Latin words that are neither a name nor a term: English that was left over. */
const english = (text: string): string[] =>
  [...new Set(text.match(/(?<![\w.:/-])[A-Za-z][A-Za-z’-]*(?![\w:/=])/g) ?? [])].filter(
    (word) =>
      word.length > 1 && !untranslated.has(word) && !/^[0-9a-f]{12,}$/.test(word) && !/^eth|^br-|^veth/.test(word),
  );

/** What is read in a page and what is said of its controls. */
const said = (frame: Frame): Promise<string> =>
  frame.evaluate(() => {
    const labels = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    );
    return [document.body.innerText, ...document.querySelectorAll('text')]
      .map((part) => (typeof part === 'string' ? part : (part.textContent ?? '')))
      .concat(labels)
      .join('\n');
  });

let world: UiWorld;
let page: Page;
const picture = (name: string) => world.workbench.screenshot(`korean-${name}`);

beforeAll(async () => {
  const files = { 'front.ts': "export const front = 'http://192.168.100.100:80/';\n" };
  world = await openUiWorld({ part: 'uiko', locale: 'ko', files, size: { width: 1440, height: 900 } });
  ({ page } = world);
}, 400_000);
afterAll(() => world?.dispose());

it('titles its views and describes its rows in Korean', async () => {
  await openView(page);
  await expand(page, 'mynet', '네트워크');
  const texts = await until('web', async () => {
    const found = await rows(page, '네트워크');
    return found.some((text) => /^web 192\.168\.100\.100 · 고정/.test(text)) && found;
  });
  await expand(page, 'web', '네트워크');
  const headers = await page.locator('.sidebar .pane-header').allInnerTexts();
  expect(headers.join('\n')).toMatch(/네트워크[\s\S]*포트/);
  await picture('tree');
  expect(texts.join('\n')).toMatch(/컨테이너 \d+개|컨테이너/);
  expect(english(texts.join('\n'))).toEqual([]);
  const labels = await page
    .locator('.sidebar .pane-body .monaco-list-row')
    .evaluateAll((found) => found.map((one) => one.getAttribute('aria-label') ?? ''));
  expect(english(labels.join('\n'))).toEqual([]);
});

it('asks for a network in Korean', async () => {
  const asked: string[] = [];
  const step = async (text: string) => {
    await waitForPrompt(page, text);
    asked.push(await promptText(page), ...(await pickItems(page)));
  };
  await runCommand(page, 'Docker Networks: 네트워크 만들기…');
  await step('네트워크 이름');
  await typeAnswer(page, 'mynet');
  await until('the refusal', async () => (await promptText(page)).includes('mynet'));
  asked.push(await promptText(page));
  await answer(page, 'shop');
  await step('드라이버');
  await picture('driver');
  await accept(page);
  await step('서브넷');
  await typeAnswer(page, '192.168.100.7/24');
  asked.push(await promptText(page));
  await answer(page, '10.77.0.0/24');
  await step('게이트웨이');
  await accept(page);
  await step('확인한 뒤 진행하세요');
  await picture('look-once-more');
  await page.keyboard.press('Escape');
  expect(
    english(
      asked.join('\n').replace(/docker network create.*|\(Press 'Enter' to confirm or 'Escape' to cancel\)/g, ''),
    ),
  ).toEqual([]);
});

it('explains an address in Korean', async () => {
  await openFile(page, 'front.ts');
  const text = await hoverText(page, inEditor(page, '192.168.100.100'), 'web');
  await picture('hover');
  expect(text).toMatch(/[가-힣]/);
  expect(english(text.replace(/^.*(?:Follow link|Loading).*$/gm, ''))).toEqual([]);
  await page.mouse.move(2, 2);
});

it('draws in Korean', async () => {
  await runCommand(page, 'Docker Networks: 토폴로지 열기');
  const frame = await topologyFrame(page);
  await frame.locator('[role=treeitem]', { hasText: 'random-port' }).first().waitFor({ state: 'attached' });
  for (const view of [0, 1]) {
    await frame.locator('[role=radio]').nth(view).click();
    await until(
      'the view',
      async () => (await frame.locator('[role=radio]').nth(view).getAttribute('aria-checked')) === 'true',
    );
    expect(english(await said(frame))).toEqual([]);
    await picture(view === 0 ? 'rails' : 'map');
  }
});

it('explains a connection in Korean', async () => {
  await runCommand(page, 'Docker Networks: 연결 설명…');
  await waitForPrompt(page, '어디에서 연결하나요?');
  await choose(page, 'redis');
  await waitForPrompt(page, '어디로 연결하나요?');
  await choose(page, 'db');
  await waitForPrompt(page, '포트');
  await answer(page, '5432');
  const frame = await webviewFrame(page, 'main.pair');
  await until('the answer', async () => (await frame.locator('h1').innerText()).includes('redis → db:5432'));
  await picture('explain');
  expect(english(await said(frame))).toEqual([]);
});
