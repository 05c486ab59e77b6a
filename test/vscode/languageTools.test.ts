import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { toolIds } from '#contributions';
import { tutorial } from '#harness/tutorial';
import { api } from './host.ts';

/** What a tool answers, parsed: each answers one text part of JSON. */
async function ask(tool: string, input: object): Promise<Record<string, unknown>> {
  const result = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
  const [part] = result.content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value);
}

suite('language-model tools', () => {
  test('answer from the live engine', async () => {
    const snapshot = await (await api()).snapshot();
    const topology = await ask(toolIds.topology, { network: tutorial.network });
    const [network] = topology.networks as { name: string; containers: { name: string; ipv4: string }[] }[];
    assert.equal(network?.name, tutorial.network);
    assert.ok(network.containers.some(({ name, ipv4 }) => name === tutorial.web && ipv4 === tutorial.webAddress));

    const port = snapshot.containers.find(({ name }) => name === tutorial.web)?.published[0]?.hostPort;
    const holder = await ask(toolIds.portHolder, { port });
    assert.ok((holder.holders as { container: string }[]).some(({ container }) => container === tutorial.web));

    const reached = await ask(toolIds.reach, { from: tutorial.web, to: tutorial.db, port: 5432 });
    assert.equal(reached.answer, 'yes');
    const unknown = await ask(toolIds.reach, { from: 'no-such-container', to: tutorial.db });
    assert.equal(unknown.error, 'no such container');

    const free = await ask(toolIds.freeSubnet, { prefix: 24 });
    assert.ok((free.subnets as string[]).length > 0);
    assert.ok(!(free.subnets as string[]).includes(tutorial.subnet));
  });
});
