/** Containers that share another's network namespace: rows inside its card on the map. */
import type { DrawingWords } from '#model/topology/drawing';
import { allSharers, type CardInput } from '#model/topology/mapCards';
import { cardHeight, innerHeight } from '#model/topology/mapPacking';
import { close, middle, near, type Sketch } from '#model/topology/mapSketch';

/** `container:X`: an inner row under its owner, tied to the owner's dot by an elbow. */
export function drawSharers(sketch: Sketch, input: CardInput, words: DrawingWords): void {
  const { container, placed, width, network } = input;
  allSharers(container).forEach((sharer, index) => {
    const top = placed.y + cardHeight + index * innerHeight;
    const row = { x: placed.x + 30, y: top, width: width - 38, height: 28 };
    const marks = sharer.running ? [] : ['stopped'];
    sketch.nodes.push({
      key: sharer.key,
      kind: 'container',
      ...row,
      networkId: network.id,
      containerId: sharer.id,
      parent: container.key,
    });
    sketch.add(
      'cards',
      {
        kind: 'path',
        key: `${sharer.key}:elbow`,
        role: 'elbow',
        node: sharer.key,
        levels: close,
        d: `M${placed.x + 16.5} ${placed.y + 26}V${top + 10}Q${placed.x + 16.5} ${top + 14.5} ${placed.x + 21} ${top + 14.5}H${row.x}`,
      },
      {
        kind: 'rect',
        key: `${sharer.key}:inner`,
        role: 'inner',
        node: sharer.key,
        levels: close,
        marks,
        radius: 4,
        ...row,
      },
    );
    const word = sharer.unhealthy ? words.unhealthy : sharer.running ? words.sharesWith(container.name) : words.stopped;
    const wordWidth = sketch.measure(word, 'small');
    const style = sharer.running ? 'name' : 'stopped';
    const room = row.width - 16;
    const fits = sketch.measure(sharer.name.slice(0, 80), style) + 8 + wordWidth <= room;
    sketch.text(sharer.name, {
      key: `${sharer.key}:name`,
      role: 'name',
      style,
      x: row.x + 8,
      y: top + 18.5,
      room: fits ? room - 8 - wordWidth : room,
      node: sharer.key,
      marks,
      levels: near,
    });
    if (fits)
      sketch.text(word, {
        key: `${sharer.key}:word`,
        role: 'dim',
        style: 'small',
        x: row.x + row.width - 8,
        y: top + 18,
        anchor: 'end',
        room: wordWidth + 1,
        node: sharer.key,
        levels: near,
      });
    sketch.text(sharer.name, {
      key: `${sharer.key}:middle`,
      role: 'middle',
      style: 'small',
      x: row.x + 8,
      y: top + 18,
      room,
      node: sharer.key,
      marks,
      levels: middle,
    });
  });
}
