/** The commands of the drawing: open it, show a row in it, export it. */
import * as vscode from 'vscode';
import { Answers, asScript } from '#commands/arguments';
import { Refusal } from '#commands/operations/refusal';
import type { Command, CommandContext } from '#commands/registry';
import { exportDot } from '#model/export/dot';
import { exportJson } from '#model/export/json';
import { exportMermaid } from '#model/export/mermaid';
import type { Snapshot } from '#model/snapshot';
import { exportSvg } from '#model/topology/exportSvg';
import { buildGraph } from '#model/topology/graph';
import { layoutMap } from '#model/topology/map';
import { lightTheme, paletteOf } from '#model/topology/palette';
import { tableMeasure } from '#model/topology/widths';
import { asTarget } from '#views/target';
import { hostDrawingWords } from '#views/topologyWords';

const openTopology: Command = {
  id: 'openTopology',
  changes: false,
  async run(context, argument) {
    await context.surfaces.openTopology(asTarget(argument));
  },
};

const revealInTopology: Command = {
  id: 'revealInTopology',
  changes: false,
  async run(context, argument) {
    await context.surfaces.openTopology(asTarget(argument));
  },
};

const textFormats = ['json', 'mermaid', 'dot', 'svg'] as const;
type TextFormat = (typeof textFormats)[number];

/** The text of a format; SVG as the map in the light theme, for there is no page to ask. */
export function exportText(snapshot: Snapshot, format: TextFormat, label: string): string {
  switch (format) {
    case 'json':
      return exportJson(snapshot);
    case 'mermaid':
      return exportMermaid(snapshot);
    case 'dot':
      return exportDot(snapshot);
    case 'svg': {
      const words = hostDrawingWords(label);
      const graph = buildGraph(snapshot);
      const { drawing } = layoutMap({ graph, width: 1200, height: 800, measure: tableMeasure, words });
      return exportSvg(
        drawing,
        paletteOf('light', (name) => lightTheme[name] ?? ''),
        label,
      );
    }
  }
}

/** Script: `exportTopology({ engine?, format: 'json' | 'mermaid' | 'dot' | 'svg' })` gives the text. */
const exportTopology: Command = {
  id: 'exportTopology',
  changes: false,
  async run(context, argument) {
    const script = asScript(argument);
    if (script) {
      const answers = new Answers(script, ['format']);
      const wanted = answers.needText('format');
      const format = textFormats.find((known) => known === wanted);
      if (!format) throw new Refusal('argument-type', { argument: 'format', expected: textFormats.join(', ') });
      const session = context.engines.find(answers.text('engine'));
      return exportText(await session.complete(), format, session.spec.label);
    }
    return exportAsked(context, asTarget(argument)?.engine);
  },
};

async function exportAsked(context: CommandContext, engine: string | undefined): Promise<string | undefined> {
  const choices = [
    { label: 'SVG', format: 'svg', extension: 'svg', detail: vscode.l10n.t('A picture that scales, with real text') },
    { label: 'PNG', format: 'png', extension: 'png', detail: vscode.l10n.t('A picture, at twice the size') },
    { label: 'Mermaid', format: 'mermaid', extension: 'mmd', detail: vscode.l10n.t('For Markdown') },
    { label: 'Graphviz DOT', format: 'dot', extension: 'dot', detail: vscode.l10n.t('For Graphviz') },
    { label: 'JSON', format: 'json', extension: 'json', detail: vscode.l10n.t('Everything that is known') },
  ] as const;
  const title = vscode.l10n.t('Export Topology');
  const chosen = await vscode.window.showQuickPick([...choices], { title, matchOnDetail: true });
  if (!chosen) return undefined;
  const session = context.engines.find(engine);
  const data = await contents(context, chosen.format, engine, session.spec.label);
  if (data === undefined) return undefined;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `docker-networks.${chosen.extension}`;
  const target = await vscode.window.showSaveDialog({
    title,
    filters: { [chosen.label]: [chosen.extension] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
  });
  if (!target) return undefined;
  await vscode.workspace.fs.writeFile(target, data);
  const open = vscode.l10n.t('Open');
  const saved = vscode.l10n.t('The topology was exported to {0}.', vscode.workspace.asRelativePath(target));
  // The command is done; what the person does with the message is theirs.
  void vscode.window.showInformationMessage(saved, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('vscode.open', target);
  });
  return target.toString();
}

/** Pictures as the open drawing looks; without one the map is drawn here, and a PNG needs the drawing opened. */
async function contents(
  context: CommandContext,
  format: TextFormat | 'png',
  engine: string | undefined,
  label: string,
): Promise<Uint8Array | undefined> {
  if (format === 'svg' || format === 'png') {
    let picture = await context.surfaces.topologyPicture?.(format);
    if (picture === undefined && format === 'png') {
      await context.surfaces.openTopology(engine === undefined ? undefined : { kind: 'engine', engine });
      picture = await context.surfaces.topologyPicture?.(format);
      if (picture === undefined) {
        void vscode.window.showErrorMessage(
          vscode.l10n.t('The drawing made no picture. Open it, then export it again.'),
        );
        return undefined;
      }
    }
    if (picture !== undefined) return Buffer.from(picture, format === 'png' ? 'base64' : 'utf8');
  }
  const session = context.engines.find(engine);
  return Buffer.from(exportText(await session.complete(), format === 'png' ? 'svg' : format, label), 'utf8');
}

export const topologyCommands: readonly Command[] = [openTopology, revealInTopology, exportTopology];
