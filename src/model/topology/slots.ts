/** Colour slots of networks: hue and texture. */
import type { Network } from '#model/snapshot';
import type { Slot } from '#model/topology/drawing';
import { compareText } from '#model/topology/plugs';

export type Texture = 'solid' | 'double' | 'dashed' | 'dotted';

const hues = [1, 2, 3, 4, 5, 6] as const;
const textures: Readonly<Record<string, Texture>> = { 3: 'double', 5: 'dashed', 6: 'dotted' };

/** The second sign beside the hue: hues that colour-blind eyes confuse have different textures. */
export function textureOf(slot: Slot): Texture {
  return textures[String(slot)] ?? 'solid';
}

/**
 * A slot for every network, by id. Networks take slots in the order they were created, so that a new one leaves the
 * others' colours alone; `kept` (from the last drawing) is honoured, so that a removed one does too. From the seventh
 * on, the least used hue that no neighbour has: `ordered` is the order of the rails.
 */
export function assignSlots(
  ordered: readonly Network[],
  kept: ReadonlyMap<string, Slot> = new Map(),
): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>();
  const uses = new Map<Slot, number>(hues.map((hue) => [hue, 0]));
  const take = (id: string, slot: Slot): void => {
    slots.set(id, slot);
    uses.set(slot, (uses.get(slot) ?? 0) + 1);
  };
  const waiting: Network[] = [];
  for (const network of ordered) {
    const before = kept.get(network.id);
    if (network.driver === 'host') slots.set(network.id, 'host');
    else if (network.builtIn || network.driver === 'null') slots.set(network.id, 'bridge');
    else if (before !== undefined && before !== 'host' && before !== 'bridge') take(network.id, before);
    else waiting.push(network);
  }
  waiting.sort((left, right) => compareText(left.created, right.created) || compareText(left.id, right.id));
  const place = new Map(ordered.map((network, index) => [network.id, index]));
  for (const network of waiting) {
    const index = place.get(network.id) ?? 0;
    const neighbours = [ordered[index - 1], ordered[index + 1]].map((found) => found && slots.get(found.id));
    const cost = (hue: Slot): number => (uses.get(hue) ?? 0) + (neighbours.includes(hue) ? 1_000 : 0);
    take(
      network.id,
      hues.reduce((best, hue) => (cost(hue) < cost(best) ? hue : best)),
    );
  }
  return slots;
}
