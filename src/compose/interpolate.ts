/**
 * Variables in Compose values: `$A`, `${A}`, `${A:-default}`, `${A-default}`, `${A:?error}`, `${A?error}`,
 * `${A:+other}`, `${A+other}`, nested, and `$$` for a dollar. Source: the Compose specification, "Interpolation".
 */

/** Value of a variable; undefined when it is not set. */
export type Variables = (name: string) => string | undefined;

export interface Filled {
  readonly text: string;
  /** Variables that are not set and have no default: Compose fills in nothing (or refuses). */
  readonly unset: readonly string[];
}

export function interpolate(text: string, variables: Variables): Filled {
  const unset: string[] = [];
  return { text: fill(text, variables, unset, 0), unset };
}

/** Defaults inside defaults: nobody nests deeper on purpose. */
const deepest = 20;

function fill(text: string, variables: Variables, unset: string[], depth: number): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) return out + text.slice(at);
    out += text.slice(at, dollar);
    if (text[dollar + 1] === '$') {
      out += '$';
      at = dollar + 2;
      continue;
    }
    const bare = /^[A-Za-z_]\w*/.exec(text.slice(dollar + 1));
    if (bare) {
      out += value(bare[0], variables, unset);
      at = dollar + 1 + bare[0].length;
      continue;
    }
    const close = text[dollar + 1] === '{' ? closing(text, dollar + 2) : -1;
    if (close < 0) {
      out += '$';
      at = dollar + 1;
      continue;
    }
    out += braced(text.slice(dollar + 2, close), variables, unset, depth);
    at = close + 1;
  }
  return out;
}

function braced(inner: string, variables: Variables, unset: string[], depth: number): string {
  const match = /^([A-Za-z_]\w*)(?:(:?[-?+])([\s\S]*))?$/.exec(inner);
  if (!match) return `\${${inner}}`;
  const [, name = '', operator, rest = ''] = match;
  const known = variables(name);
  if (operator === undefined) return value(name, variables, unset);
  // With a colon an empty value counts as none.
  const has = known !== undefined && (!operator.startsWith(':') || known !== '');
  const other = (): string => (depth < deepest ? fill(rest, variables, unset, depth + 1) : '');
  switch (operator.at(-1)) {
    case '-':
      return has ? (known ?? '') : other();
    case '+':
      return has ? other() : '';
    default:
      if (!has) unset.push(name);
      return known ?? '';
  }
}

function value(name: string, variables: Variables, unset: string[]): string {
  const known = variables(name);
  if (known === undefined) unset.push(name);
  return known ?? '';
}

/** Where the brace that opened before `from` closes; −1 when it does not. */
function closing(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{' && text[at - 1] === '$') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return -1;
}
