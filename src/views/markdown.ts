/** The one place that builds Markdown: whatever comes from an engine is escaped here, and only here. */
import * as vscode from 'vscode';
import { commandIds } from '#contributions';
import type { Fact } from '#views/facts';
import { shortened } from '#views/words';

/** Commands a tooltip or hover may run by a click; each narrows its own arguments. */
const linkable = [
  commandIds.copyAddress,
  commandIds.inspect,
  commandIds.openPort,
  commandIds.revealInTree,
  commandIds.revealInTopology,
  commandIds.explainConnection,
  commandIds.connectContainer,
  commandIds.chooseEngine,
  commandIds.retryConnection,
  commandIds.startEngine,
  commandIds.showLog,
] as const;

export type LinkableCommand = (typeof linkable)[number];

/** Longest value shown; the copy link still hands over all of it. */
const longestValue = 200;

/** Plain text as Markdown that renders as exactly that text: no markup, no link, no icon, no line break. */
export function escapeMarkdown(text: string): string {
  return shortened(text, longestValue).replace(
    /[!"#$&()*+.:<>@[\\\]^_`{|}~]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

/** Monospaced where that is safe; text with a backtick, a bar or an icon's beginning is shown as plain text. */
export function codeOf(text: string): string {
  const shown = shortened(text, longestValue);
  return shown === '' || /[`|\\]|\$\(/.test(shown) ? escapeMarkdown(text) : `\`${shown}\``;
}

/** A link that runs one of the allowed commands. Arguments travel as encoded JSON: no text of theirs can leave the link. */
export function commandLink(label: string, command: LinkableCommand, argument: unknown, hint?: string): string {
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(
    /[()!'*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  const title = hint === undefined ? '' : ` "${escapeMarkdown(hint)}"`;
  return `[${label}](command:${command}?${encoded}${title})`;
}

/** A Markdown value in which exactly the allowed command links work. `body` was built with the functions above. */
export function trusted(body: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(body, true);
  markdown.isTrusted = { enabledCommands: linkable };
  markdown.supportHtml = false;
  return markdown;
}

/** The copy sign after a value. */
export function copyLink(text: string): string {
  return commandLink('$(copy)', commandIds.copyAddress, { text }, vscode.l10n.t('Copy'));
}

/** Facts as a two-column table. */
export function factTable(facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const rows = facts.map(({ label, value, copy }) => {
    const shown = copy === undefined ? escapeMarkdown(value) : `${codeOf(value)} ${copyLink(copy)}`;
    return `| ${escapeMarkdown(label)} | ${shown} |`;
  });
  return ['| | |', '|:--|:--|', ...rows].join('\n');
}

/** Heading, facts and links: the shape of every tooltip and hover. */
export function factSheet(
  title: string,
  subtitle: string,
  facts: readonly Fact[],
  links: readonly string[] = [],
): vscode.MarkdownString {
  const parts = [
    `**${escapeMarkdown(title)}**${subtitle === '' ? '' : ` — ${escapeMarkdown(subtitle)}`}`,
    factTable(facts),
    links.join(' · '),
  ];
  return trusted(parts.filter((part) => part !== '').join('\n\n'));
}
