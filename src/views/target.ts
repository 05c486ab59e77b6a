/** What a row, a card or a hover link stands for: plain data, so that commands, menus and the webview pass it on alike. */
export type Target =
  | { readonly kind: 'engine'; readonly engine: string }
  | { readonly kind: 'network'; readonly engine: string; readonly network: string }
  | { readonly kind: 'container'; readonly engine: string; readonly container: string; readonly network?: string }
  | {
      readonly kind: 'port';
      readonly engine: string;
      readonly container: string;
      readonly hostIp: string;
      readonly hostPort: number;
      readonly port: number;
      readonly protocol: 'tcp' | 'udp' | 'sctp';
    }
  | { readonly kind: 'service'; readonly engine: string; readonly service: string };

/** Narrows what a menu, a link or a webview hands a command: anything else is undefined, and the command asks. */
export function asTarget(value: unknown): Target | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const holder = value as { readonly target?: unknown };
  if (holder.target !== undefined) return asTarget(holder.target);
  const found = value as Record<string, unknown>;
  const text = (key: string): boolean => typeof found[key] === 'string';
  const number = (key: string): boolean => typeof found[key] === 'number';
  if (!text('engine')) return undefined;
  switch (found.kind) {
    case 'engine':
      return value as Target;
    case 'network':
      return text('network') ? (value as Target) : undefined;
    case 'container':
      return text('container') ? (value as Target) : undefined;
    case 'service':
      return text('service') ? (value as Target) : undefined;
    case 'port':
      return text('container') && text('hostIp') && number('hostPort') && number('port') && text('protocol')
        ? (value as Target)
        : undefined;
    default:
      return undefined;
  }
}
