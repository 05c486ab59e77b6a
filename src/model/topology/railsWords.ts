/** The words of a row: exceptional ones first, then image, links and alias, which give way when room goes. */
import type { GraphContainer } from '#model/topology/graph';
import type { PlannedRow } from '#model/topology/railsPlan';
import { indent, type RowScene } from '#model/topology/railsScene';
import { shorten } from '#model/topology/widths';

export interface Word {
  readonly key: string;
  readonly text: string;
  readonly marks: readonly string[];
  readonly style: 'small' | 'word' | 'mono';
  /** Whether it may be cut or left out. */
  readonly spare: boolean;
}

/** What is out of the ordinary about a container: never dropped but for `spare` ones. */
export function exceptional(scene: RowScene, row: PlannedRow): Word[] {
  const { words, graph } = scene;
  const { container } = row;
  const found: Word[] = [];
  const say = (
    key: string,
    text: string,
    marks: readonly string[],
    style: Word['style'] = 'word',
    spare = false,
  ): void => {
    found.push({ key: `${key}:${container.id}`, text, marks, style, spare });
  };
  if (!container.running) say('state', words.stopped, ['strong']);
  if (container.paused) say('state', words.paused, ['strong']);
  if (container.unhealthy) say('health', words.unhealthy, ['bad']);
  if (container.sharesWith !== undefined) {
    const owner = graph.containers.get(container.sharesWith);
    const name = owner?.name ?? container.sharesWith.slice(0, 12);
    say('shares', words.sharesWith(name), row.depth > 0 ? [] : ['bad'], 'mono', true);
  }
  return found;
}

/** Line two: exceptional words, then the image, joined by middle dots; the image gives way first. */
export function drawWords(scene: RowScene, row: PlannedRow, y: number, limit: number): void {
  const { sketch, metrics, words } = scene;
  const { container } = row;
  if (metrics.tiny) return;
  const list = exceptional(scene, row);
  if (row.depth > 0)
    list.push({ key: `sharing:${container.id}`, text: words.sharesAddress, marks: [], style: 'small', spare: true });
  else list.push({ key: `image:${container.id}`, text: container.image, marks: [], style: 'small', spare: true });
  for (const link of container.links)
    list.push({ key: `${link.key}:word`, text: words.linkTo(link.name), marks: [], style: 'small', spare: true });
  const alias = container.links.length === 0 && row.depth === 0 ? ownAliases(container)[0] : undefined;
  if (alias !== undefined)
    list.push({ key: `alias:${container.id}`, text: words.alias(alias), marks: [], style: 'small', spare: true });
  let x = metrics.nameX + indent * row.depth;
  let separate = '';
  for (const word of list) {
    const lead = separate ? sketch.measure(separate, 'small') : 0;
    const room = limit - x - lead;
    const width = sketch.measure(shorten(word.text, word.style, room, sketch.measure), word.style);
    if (width > room && word.spare) continue;
    if (separate) sketch.text(`${word.key}:dot`, separate, 'small', x, y, { node: container.key });
    const traits = { node: container.key, marks: word.marks, ...(word.spare ? { room } : {}) };
    x += lead + sketch.text(word.key, word.text, word.style, x + lead, y, traits);
    separate = word.style === 'mono' ? '  ' : ' · ';
  }
}

/** Aliases somebody gave: not the name, not the id, not the Compose service's own. */
function ownAliases(container: GraphContainer): readonly string[] {
  const given = container.container.endpoints.flatMap((endpoint) => endpoint.aliases ?? []);
  const known = new Set([container.name, container.id.slice(0, 12), container.container.compose?.service]);
  return [...new Set(given)].filter((alias) => !known.has(alias)).sort();
}
