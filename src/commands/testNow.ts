/** "Test it now": the prediction beside a real probe, on explicit request only. */
import { connect } from 'node:net';
import * as vscode from 'vscode';
import { askOnce } from '#commands/multiStep';
import { withHelper } from '#commands/testNowContainer';
import { askForHelper } from '#commands/testNowHelper';
import {
  type Outcome,
  outcomeOf,
  type ProbeTarget,
  probeCommand,
  probeDeadline,
  toolSeconds,
} from '#commands/testNowProbe';
import { type Tested, testLine } from '#commands/testNowWords';
import { refusalWords } from '#commands/words';
import type { EngineClient } from '#engine/types';
import type { Engines } from '#live/types';
import type { ReachQuestion } from '#model/reach';
import { attemptsOf } from '#model/reachAttempts';
import { reach } from '#model/reachability';
import { factsOf } from '#model/reachFacts';
import type { Container, Snapshot } from '#model/snapshot';
import type { TestLine } from '#reachProtocol';

/** Most addresses tried at one request. */
const mostTargets = 5;

/**
 * Probes what the model speaks of, in the source container with what it has, or, with consent, from a throw-away
 * container in its network namespace. Each try ends after seconds; the helper is removed whatever happens.
 */
export async function testNow(engines: Engines, engine: string, question: ReachQuestion): Promise<TestLine> {
  const session = engines.find(engine);
  const client = await session.client();
  const snapshot = await session.complete();
  const answer = reach(snapshot, question);
  if ('outside' in question.from)
    return notTested(vscode.l10n.t('Only a machine outside can test this: try the address from there.'));
  const targets = await targetsFor(snapshot, question);
  if (targets.length === 0) return notTested(vscode.l10n.t('There is no address to try: the target has none now.'));
  const tested =
    'host' in question.from
      ? await fromThisMachine(snapshot, targets)
      : await fromContainer(client, snapshot, factsOf(snapshot).container(question.from.container), targets);
  return typeof tested === 'string' ? notTested(tested) : testLine(answer, tested);
}

function notTested(text: string): TestLine {
  return { tone: 'depends', text, lines: [] };
}

/** Every address and name the model judged, with a port: the one asked for, an exposed one, or one that a person says. */
async function targetsFor(snapshot: Snapshot, question: ReachQuestion): Promise<readonly ProbeTarget[]> {
  if ('outside' in question.to) return [await askOutside()];
  const target = 'container' in question.to ? factsOf(snapshot).container(question.to.container) : undefined;
  const port = question.port ?? portOf(target) ?? (await askPort());
  const found = attemptsOf(factsOf(snapshot), { ...question, port }).filter(({ assumes }) => assumes === undefined);
  const targets = new Map<string, ProbeTarget>();
  for (const attempt of found)
    for (const host of [attempt.address, ...attempt.names.slice(0, 1)])
      if (host !== '') targets.set(`${host} ${attempt.port ?? port}`, { host, port: attempt.port ?? port });
  return [...targets.values()].slice(0, mostTargets);
}

function portOf(target: Container | undefined): number | undefined {
  return (
    target?.exposed?.find(({ protocol }) => protocol === 'tcp')?.port ??
    target?.published.find(({ protocol }) => protocol === 'tcp')?.port
  );
}

async function askPort(): Promise<number> {
  const text = await askOnce(vscode.l10n.t('Test It Now')).input({
    prompt: vscode.l10n.t('Which TCP port does it listen on?'),
    validate: (value) =>
      /^\d{1,5}$/.test(value) && Number(value) <= 65_535
        ? undefined
        : vscode.l10n.t('A port is a number from 1 to 65535.'),
  });
  return Number(text);
}

async function askOutside(): Promise<ProbeTarget> {
  const text = await askOnce(vscode.l10n.t('Test It Now')).input({
    prompt: vscode.l10n.t('Which machine outside, and which port? For example 192.0.2.1:443.'),
    validate: (value) =>
      /^[^\s:]+:\d{1,5}$/.test(value) ? undefined : vscode.l10n.t('Give a name or IPv4 address, a colon and a port.'),
  });
  const [host = '', port = ''] = text.split(':');
  return { host, port: Number(port) };
}

/** A connection of this very machine; only where the engine runs on it is that the host that is meant. */
async function fromThisMachine(
  snapshot: Snapshot,
  targets: readonly ProbeTarget[],
): Promise<readonly Tested[] | string> {
  if (snapshot.engine.where === 'remote')
    return vscode.l10n.t('The engine runs on another machine, so this machine cannot test it as its host.');
  return Promise.all(
    targets.map(async (target) => ({ target, tool: vscode.l10n.t('this machine'), outcome: await dial(target) })),
  );
}

function dial({ host, port }: ProbeTarget): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let outcome: Outcome = 'timeout';
    const finish = (found: Outcome): void => {
      outcome = found;
      socket.destroy();
    };
    socket.setTimeout(toolSeconds * 1000, () => socket.destroy());
    socket.on('connect', () => {
      outcome = 'connected';
      socket.write('HEAD / HTTP/1.0\r\n\r\n');
    });
    socket.on('data', () => finish('answered'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') outcome = 'refused';
      else if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') outcome = 'unresolved';
      else if (error.code === 'EHOSTUNREACH' || error.code === 'ENETUNREACH') outcome = 'unreachable';
    });
    socket.on('close', () => resolve(outcome));
  });
}

async function fromContainer(
  client: EngineClient,
  snapshot: Snapshot,
  source: Container | undefined,
  targets: readonly ProbeTarget[],
): Promise<readonly Tested[] | string> {
  if (source?.state !== 'running')
    return vscode.l10n.t('The source container does not run, so it cannot try anything.');
  // It runs commands in containers, as a shell there would.
  if (!vscode.workspace.isTrusted) return refusalWords('untrusted', {});
  const own = await probeIn(client, source.id, targets);
  if (own.some(({ outcome }) => outcome !== 'no-tool')) return own;
  const image = await askForHelper(client, snapshot, source);
  if (image === undefined)
    return vscode.l10n.t('“{0}” has nothing on board to test with (curl, wget, nc or bash).', source.name);
  return withHelper(client, source, image, (helper) => probeIn(client, helper, targets));
}

async function probeIn(client: EngineClient, id: string, targets: readonly ProbeTarget[]): Promise<readonly Tested[]> {
  return Promise.all(
    targets.map(async (target): Promise<Tested> => {
      try {
        const { output, exitCode } = await client.exec(id, probeCommand(target), probeDeadline);
        const { outcome, tool } = outcomeOf(output);
        return { target, tool, outcome: exitCode === -1 && outcome === 'no-tool' ? 'timeout' : outcome };
      } catch {
        // An image without `sh` is refused by the engine at exec: that is "nothing on board".
        return { target, tool: '', outcome: 'no-tool' };
      }
    }),
  );
}
