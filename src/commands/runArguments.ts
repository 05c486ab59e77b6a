/** The container a script asks to run. */
import { type Answers, isObject } from '#commands/arguments';
import { Refusal, refuse } from '#commands/operations/refusal';
import { resolveContainer, resolveNetwork } from '#commands/operations/resolve';
import { type PortSpec, parsePortSpec } from '#model/portSpec';
import { type RunMode, type RunNetwork, type RunRequest, runProblem } from '#model/runRequest';
import type { Snapshot } from '#model/snapshot';

export const runArguments = [
  'image',
  'name',
  'mode',
  'ipv4',
  'ipv6',
  'aliases',
  'publish',
  'publishAll',
  'links',
  'env',
  'volumes',
  'restart',
  'command',
  'labels',
];

const policies: readonly string[] = ['no', 'always', 'unless-stopped', 'on-failure'];

/** Reads and checks a request. Throws `Refusal`. */
export function requestFrom(answers: Answers, snapshot: Snapshot): RunRequest {
  const name = answers.text('name');
  const restart = answers.text('restart');
  if (restart !== undefined && !policies.includes(restart)) throw new Refusal('restart-syntax', { restart });
  const command = answers.texts('command');
  const labels = answers.map('labels');
  const request: RunRequest = {
    image: answers.needText('image').trim(),
    ...(name ? { name } : {}),
    mode: modeFrom(answers, snapshot),
    publish: (answers.texts('publish') ?? []).map(readPort),
    publishAll: answers.flag('publishAll') ?? false,
    links: answers.texts('links') ?? [],
    env: answers.texts('env') ?? [],
    volumes: answers.texts('volumes') ?? [],
    ...(restart ? { restart: restart as NonNullable<RunRequest['restart']> } : {}),
    ...(command ? { command } : {}),
    ...(labels ? { labels } : {}),
  };
  refuse(runProblem(snapshot, request));
  return request;
}

/** Throws the problem as a `Refusal`. */
export function readPort(text: string): PortSpec {
  const reading = parsePortSpec(text);
  if ('problem' in reading) throw new Refusal(reading.problem.rule, reading.problem.args);
  return reading.spec;
}

/** `{ network }` (a name or several), `'host'`, `'none'`, `{ container }`; without it the default bridge. */
function modeFrom(answers: Answers, snapshot: Snapshot): RunMode {
  const mode = answers.any('mode');
  const ipv4 = answers.text('ipv4');
  const ipv6 = answers.text('ipv6');
  const aliases = answers.texts('aliases');
  const own = { ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}), ...(aliases ? { aliases } : {}) };
  if (isObject(mode) && mode.network !== undefined) {
    const names = Array.isArray(mode.network) ? mode.network : [mode.network];
    if (names.length === 0 || !names.every((name) => typeof name === 'string')) throw new Refusal('mode-syntax');
    const networks = names.map((name, index): RunNetwork => {
      const network = resolveNetwork(snapshot, name);
      return { id: network.id, name: network.name, ...(index === 0 ? own : {}) };
    });
    const [only] = networks;
    if (networks.length === 1 && only && (only.name === 'host' || only.name === 'none'))
      return withoutNetwork(own, only.name);
    return { kind: 'networks', networks };
  }
  if (mode === undefined) {
    if (Object.keys(own).length > 0) throw new Refusal('address-without-network');
    return { kind: 'networks', networks: [] };
  }
  if (mode === 'host' || mode === 'none') return withoutNetwork(own, mode);
  if (isObject(mode) && typeof mode.container === 'string') {
    if (Object.keys(own).length > 0) throw new Refusal('address-without-network');
    const owner = resolveContainer(snapshot, mode.container);
    return { kind: 'container', id: owner.id, name: owner.name };
  }
  throw new Refusal('mode-syntax');
}

function withoutNetwork(own: object, kind: 'host' | 'none'): RunMode {
  if (Object.keys(own).length > 0) throw new Refusal('address-without-network');
  return { kind };
}
