/** Elements made one by one: names and labels of containers are hostile, so no markup ever comes from a text. */
import type { ReachRequest, ReasonLine, Stop } from '#reachProtocol';

export type Send = (message: ReachRequest) => void;

type Child = Node | string | undefined;

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}

export function button(label: string, act: () => void, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = element('button', { type: 'button', ...attributes }, [label]);
  made.addEventListener('click', act);
  return made;
}

/** A route as boxes joined by lines; the break stands where it ends. */
export function chain(stops: readonly Stop[], label: string): HTMLElement {
  const text = stops.map(({ text: word }) => word).join(' → ');
  return element(
    'div',
    { class: 'chain', role: 'img', 'aria-label': `${label}: ${text}` },
    stops.flatMap((stop, index) => {
      const box = element('span', { class: `stop ${stop.kind}`, 'aria-hidden': 'true' }, [
        element('span', { class: 'stop-text' }, [stop.kind === 'break' ? '✕' : stop.text]),
        stop.detail === undefined ? undefined : element('span', { class: 'stop-detail' }, [stop.detail]),
      ]);
      return index === 0 ? [box] : [element('span', { class: 'line', 'aria-hidden': 'true' }), box];
    }),
  );
}

export function reasonList(reasons: readonly ReasonLine[], seenWord: string, send: Send): HTMLElement {
  return element(
    'ul',
    { class: 'reasons' },
    reasons.map(({ text, seen, remedy }, index) =>
      element('li', {}, [
        element('span', { class: 'reason' }, [text]),
        seen === undefined ? undefined : element('span', { class: 'seen' }, [`${seenWord} ${seen}`]),
        remedy === undefined
          ? undefined
          : remedy.index === undefined
            ? element('span', { class: 'advice' }, [remedy.label])
            : button(remedy.label, () => send({ kind: 'remedy', index: remedy.index ?? 0 }), {
                id: `remedy-${index}`,
                class: 'remedy',
              }),
      ]),
    ),
  );
}
