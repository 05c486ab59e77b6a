import { type IconName, icons } from '#model/topology/icons';
import { svg } from '#webview/dom';

/** An icon in the colour of the text around it, hidden from screen readers. */
export function iconElement(name: IconName, size = 16): SVGSVGElement {
  const path = svg('path', { d: icons[name], fill: 'currentColor', 'fill-rule': 'evenodd' });
  return svg('svg', { width: size, height: size, viewBox: '0 0 16 16', 'aria-hidden': 'true', class: 'codicon' }, path);
}
