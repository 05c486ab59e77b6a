/** Keys of nodes: what is patched, focused, selected and named in messages. Ids, never names. */

export const hostKey = 'host';
/** What lies beyond the host's edge. */
export const outsideKey = 'outside';
export const networkKey = (id: string): string => `network:${id}`;
export const containerKey = (id: string): string => `container:${id}`;
/** The place of a container in a network that is not its home. */
export const ghostKey = (networkId: string, containerId: string): string => `ghost:${networkId}:${containerId}`;
/** One container on one network, as a dot, a card or a ghost. */
export const endpointKey = (networkId: string, containerId: string): string => `endpoint:${networkId}:${containerId}`;
export const linkKey = (from: string, to: string, alias: string): string => `link:${from}:${to}:${alias}`;

/** Ids of the groups that stand for host mode and for no network where the engine lists no such network. */
export const hostGroupId = 'host-mode';
export const noneGroupId = 'no-network';
