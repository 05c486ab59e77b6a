/** The dot of an endpoint: its shape tells the driver, its filling whether the container runs. Both drawings use it. */
import type { DriverKind, GraphContainer } from '#model/topology/graph';
import type { Sketch, Traits } from '#model/topology/railsSketch';

/**
 * One shape keyed `key` (the endpoint), a second ring for an unhealthy one. `halo`: cut it free from a line behind it.
 * `ground` is an extra mark for what it stands on (`oncard`).
 */
export function drawDot(
  sketch: Sketch,
  key: string,
  kind: DriverKind,
  container: GraphContainer,
  centre: { readonly x: number; readonly y: number; readonly r: number },
  traits: Traits,
  ground: readonly string[] = [],
): void {
  const { x, y, r } = centre;
  const span: [number, number] = [y - r - 3, y + r + 3];
  const marks = container.running ? [...ground] : ['hollow', ...ground];
  const all = { ...traits, marks };
  if (kind === 'none') {
    const slash = `M${x - r + 2} ${y + r - 2}L${x + r - 2} ${y - r + 2}`;
    const ring = `M${x - r} ${y}A${r} ${r} 0 1 0 ${x + r} ${y}A${r} ${r} 0 1 0 ${x - r} ${y}Z`;
    sketch.path(key, 'void', ring + slash, span, all);
    return;
  }
  if (container.unhealthy) {
    sketch.circle(`${key}:halo`, 'halo', x, y, r + 3, { ...traits, marks: ground });
    sketch.circle(`${key}:alarm`, 'alarm', x, y, r + 2, { ...traits, marks: ground });
  }
  const inner = container.unhealthy ? r - 1 : container.running ? r : r - 0.75;
  switch (kind) {
    case 'overlay': {
      const tall = inner + 1;
      const d = `M${x} ${y - tall}L${x + tall} ${y}L${x} ${y + tall}L${x - tall} ${y}Z`;
      sketch.path(key, 'dot', d, span, all);
      return;
    }
    case 'macvlan':
    case 'ipvlan':
    case 'host': {
      const half = inner - 0.5;
      sketch.rect(key, 'dot', { x: x - half, y: y - half, width: 2 * half, height: 2 * half }, { ...all, radius: 1.5 });
      return;
    }
    default:
      sketch.circle(key, 'dot', x, y, inner, all);
  }
}
