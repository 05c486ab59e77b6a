/** Bad inputs of scripted commands: the exact code and message, and an engine that did not change. */
import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import * as vscode from 'vscode';
import { type CommandKey, commandIds } from '#contributions';
import { api, docker } from './host.ts';
import { refused } from './refusals.ts';

const run = (command: CommandKey, argument: unknown): Thenable<unknown> =>
  vscode.commands.executeCommand(commandIds[command], argument);

/** Networks and containers as the docker command tells them. */
async function fingerprint(): Promise<string> {
  const networks = await docker('network', 'ls', '--no-trunc', '--format', '{{.ID}} {{.Name}}');
  const format = '{{.ID}} {{.Names}} {{.State}} {{.Networks}} {{.Ports}}';
  return [networks, await docker('ps', '-a', '--no-trunc', '--format', format)].join('\n---\n');
}

suite('commands refuse', () => {
  let before = '';
  suiteSetup(async () => {
    await api();
    before = await fingerprint();
  });

  for (const [command, argument, code, message] of refused)
    test(`${command} ${JSON.stringify(argument)}: ${code}`, async () => {
      await assert.rejects(Promise.resolve(run(command, argument)), (error: Error & { code?: string }) => {
        assert.equal(error.message, message);
        assert.equal(error.code, code);
        return true;
      });
      assert.equal(await fingerprint(), before);
    });
});
