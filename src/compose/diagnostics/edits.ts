/** Edits of Compose files that keep the rest as it was written: block and flow style, quotes, comments. */
import type { DiagnosticInput, Edit } from '#compose/diagnostics';
import type { Span } from '#compose/tree';
import type { ComposeService } from '#compose/types';

/** Replaces a scalar's value, quotes kept. Undefined when the file says it by a variable: there is nothing safe to replace. */
export function replaceValue(input: DiagnosticInput, at: Span, value: string, replacement: string): Edit | undefined {
  const written = input.text(at.file)?.slice(at.start, at.end);
  if (written === undefined) return undefined;
  const cut = written.indexOf(value);
  if (cut < 0 || cut > 1) return undefined;
  return { at: { file: at.file, start: at.start + cut, end: at.start + cut + value.length }, text: replacement };
}

/** Removes the whole lines a span stands on, or the item alone within a flow list. */
export function removeItem(input: DiagnosticInput, at: Span): Edit | undefined {
  const text = input.text(at.file);
  if (text === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', at.start - 1) + 1;
  const before = text.slice(lineStart, at.start);
  if (/^\s*(?:-\s*)?$/.test(before)) {
    // A block collection's range ends at the next token: blank lines and that token's indent are not ours to remove.
    const end = at.start + text.slice(at.start, at.end).trimEnd().length;
    const newline = text.indexOf('\n', end);
    return { at: { file: at.file, start: lineStart, end: newline < 0 ? text.length : newline + 1 }, text: '' };
  }
  const after = /^\s*,\s*/.exec(text.slice(at.end));
  if (after) return { at: { ...at, end: at.end + after[0].length }, text: '' };
  const comma = /,\s*$/.exec(text.slice(0, at.start));
  return { at: { ...at, start: at.start - (comma?.[0].length ?? 0) }, text: '' };
}

/** Puts a service on one more network. */
export function attach(input: DiagnosticInput, service: ComposeService, network: string): Edit | undefined {
  const { file } = service.at;
  const text = input.text(file);
  if (text === undefined || service.body.file !== file) return undefined;
  const at = service.networksAt;
  if (at === undefined) {
    if (text[service.body.start] === '{')
      return insert(file, service.body.start + 1, `networks: [${[...onDefault(service), network].join(', ')}], `);
    const indent = ' '.repeat(column(text, service.body.start));
    const items = [...onDefault(service), network].map((one) => `${indent}  - ${one}\n`).join('');
    const lineStart = text.lastIndexOf('\n', service.body.start - 1) + 1;
    return insert(file, lineStart, `${indent}networks:\n${items}`);
  }
  if (at.file !== file) return undefined;
  const written = text.slice(at.start, at.end).trimEnd();
  const end = at.start + written.length;
  if (written.startsWith('[') || written.startsWith('{')) {
    const empty = /^[[{]\s*[\]}]$/.test(written);
    const entry = written.startsWith('{') ? `${network}: {}` : network;
    return insert(file, end - 1, empty ? entry : `, ${entry}`);
  }
  const lineStart = text.lastIndexOf('\n', at.start - 1) + 1;
  const indent = ' '.repeat(at.start - lineStart);
  return insert(file, end, `\n${indent}${written.startsWith('-') ? `- ${network}` : `${network}: {}`}`);
}

/** A service without `networks` is on the default one: it must be named when another is added. */
function onDefault(service: ComposeService): readonly string[] {
  return service.networks.some(({ network }) => network === 'default') ? ['default'] : [];
}

/** Declares a network at the top level. */
export function declare(input: DiagnosticInput, file: string, network: string): Edit | undefined {
  const text = input.text(file);
  if (text === undefined) return undefined;
  const block = /^networks:[ \t]*(?:#.*)?$/m.exec(text);
  if (block) return insert(file, block.index + block[0].length, `\n  ${network}: {}`);
  const flow = /^networks:[ \t]*\{[ \t]*/m.exec(text);
  if (flow) {
    const at = flow.index + flow[0].length;
    return insert(file, at, text[at] === '}' ? `${network}: {}` : `${network}: {}, `);
  }
  if (/^networks:/m.test(text)) return undefined;
  return insert(file, text.length, `${text.endsWith('\n') ? '' : '\n'}networks:\n  ${network}: {}\n`);
}

export function insert(file: string, offset: number, text: string): Edit {
  return { at: { file, start: offset, end: offset }, text };
}

function column(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** A list of the edits that could be made; empty when one could not, for half a fix is none. */
export function all(...edits: readonly (Edit | undefined)[]): readonly Edit[] {
  const made = edits.filter((edit) => edit !== undefined);
  return made.length === edits.length ? made : [];
}
