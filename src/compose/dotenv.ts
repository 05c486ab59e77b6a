/** `.env` files as Compose reads them: `KEY=value`, `export KEY=value`, quotes, comments, variables of earlier lines. */
import { interpolate, type Variables } from '#compose/interpolate';

/** The file's values; `outer` (the shell's variables) wins inside references, as in Compose. */
export function parseDotenv(text: string, outer: Variables): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const variables: Variables = (name) => outer(name) ?? values.get(name);
  const lines = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:][ \t]*(?:'([^']*)'|"((?:\\.|[^"\\])*)"|([^\r\n]*))/gm;
  for (const [, key = '', single, double, plain] of text.matchAll(lines)) {
    if (single !== undefined) values.set(key, single);
    else if (double !== undefined) values.set(key, interpolate(unescaped(double), variables).text);
    else values.set(key, interpolate((plain ?? '').replace(/(?:^|\s)#.*$/, '').trim(), variables).text);
  }
  return values;
}

function unescaped(text: string): string {
  const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return text.replace(/\\(.)/g, (_, letter: string) => letters[letter] ?? letter);
}
