/** Engine events, one JSON line each, from `/events`. */
import { asObject, asText, isObject, someText } from '#engine/raw';
import type { EngineEvent } from '#engine/types';

const types: ReadonlySet<string> = new Set<EngineEvent['type']>(['network', 'container', 'service', 'node', 'daemon']);

/**
 * Container actions that change nothing about networking. Health checks flood `exec_*` (Docker) and `exec`, `exec_died`
 * (Podman); a kill that ends the container is followed by `die`; Podman's `init` by `start`.
 */
const silent =
  /^(exec|exec_.*|attach|detach|top|resize|export|commit|copy|archive-path|extract-to-dir|kill|init|mount|unmount|sync|checkpoint)$/;

/** One decoded event, or undefined for a line that is none or that concerns no networking. */
export function decodeEvent(line: string): EngineEvent | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    // A line that is no JSON is not an event; the stream goes on.
    return undefined;
  }
  if (!isObject(raw)) return undefined;
  const type = asText(raw.Type);
  if (!types.has(type)) return undefined;
  // `health_status: healthy`, `exec_start: /bin/sh -c …`: the word before the colon is the action.
  const word = asText(raw.Action).split(':', 1)[0] ?? '';
  if (word === '' || silent.test(word)) return undefined;
  const actor = asObject(raw.Actor);
  const attributes = asObject(actor.Attributes);
  // Numbers of 19 digits do not survive JSON.parse, so the text is read. Quotes inside strings are escaped: no confusion.
  const time = /"timeNano":(\d+)/.exec(line)?.[1] ?? '';
  // Podman says `remove` for Docker's `destroy`.
  const action = word === 'remove' && (type === 'network' || type === 'container') ? 'destroy' : word;
  const event = { type: type as EngineEvent['type'], action, time };
  if (type === 'network') return decodeNetworkEvent(event, asText(actor.ID), attributes);
  return { ...event, id: asText(actor.ID), ...named(someText(attributes.name)) };
}

function decodeNetworkEvent(
  event: Pick<EngineEvent, 'type' | 'action' | 'time'>,
  actor: string,
  attributes: Readonly<Record<string, unknown>>,
): EngineEvent {
  const joins = event.action === 'connect' || event.action === 'disconnect';
  const container = someText(attributes.container);
  // Podman: a connect's actor is the container; the network's name is in Attributes.network (5.x and later), on 4.3
  // nowhere. Its other network events carry the network's id and, again, the name in Attributes.network.
  const isPodman = 'podId' in attributes || 'network' in attributes;
  if (isPodman && joins) return { ...event, id: '', container: actor, ...named(someText(attributes.network)) };
  const name = isPodman ? someText(attributes.network) : someText(attributes.name);
  return { ...event, id: actor, ...named(name), ...(container === undefined ? {} : { container }) };
}

function named(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name };
}
