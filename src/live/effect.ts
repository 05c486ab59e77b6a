import type { EngineEvent } from '#engine/types';

/** What an event makes us read again, or forget. */
export interface Effect {
  readonly container?: string;
  readonly network?: string;
  /** The object is gone for good: ids do not come back. */
  readonly gone?: boolean;
  readonly services?: boolean;
  /** The event does not say which object: only the lists tell. */
  readonly lists?: boolean;
}

const GONE: ReadonlySet<string> = new Set(['destroy', 'remove']);

/** Engines that do not name the object of an event (`prune`, Podman's unresolved networks) make us list again. */
export function effectOf(event: EngineEvent): Effect {
  switch (event.type) {
    case 'container':
      if (event.action === 'prune' || event.id === '') return { lists: true };
      return { container: event.id, gone: GONE.has(event.action) };
    case 'network':
      return ofNetwork(event);
    case 'service':
    case 'node':
      return { services: true };
    case 'daemon':
      return { lists: true };
  }
}

function ofNetwork(event: EngineEvent): Effect {
  if (event.action === 'connect' || event.action === 'disconnect')
    // The network itself says the same as before: its members are the containers' endpoints.
    return event.container ? { container: event.container } : { lists: true };
  if (event.id === '' || event.action === 'prune') return { lists: true };
  return { network: event.id, gone: GONE.has(event.action) };
}
