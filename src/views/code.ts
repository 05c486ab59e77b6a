/** What text editors and terminals get: hovers, definitions, links, Compose files, and tools for chat. */
import type * as vscode from 'vscode';
import type { FollowTarget } from '#compose/providers/followCursor';
import { type Compose, registerCompose } from '#compose/providers/register';
import type { Engines } from '#live/types';
import { registerDefinitions } from '#views/definitions';
import { registerHover } from '#views/hover';
import { registerLanguageTools } from '#views/languageTools';
import { registerTerminalLinks } from '#views/terminalLinks';

/** `highlight` is told what the cursor is in; give `follow.selected` what a drawing selects. */
export function registerCode(
  context: vscode.ExtensionContext,
  engines: Engines,
  highlight: (targets: readonly FollowTarget[]) => void,
): Compose {
  const compose = registerCompose(context, engines, highlight);
  registerHover(context, engines, compose);
  registerDefinitions(context, engines, compose);
  registerTerminalLinks(context, engines);
  registerLanguageTools(context, engines);
  return compose;
}
