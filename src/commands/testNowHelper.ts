/** The throw-away container of "Test it now": from a local image, in the source's network namespace, with consent. */
import * as vscode from 'vscode';
import { askOnce } from '#commands/multiStep';
import type { EngineClient } from '#engine/types';
import type { Container, Snapshot } from '#model/snapshot';

/** Images that surely have a shell and something to connect with come first. */
const handy = /busybox|alpine|netshoot|curl|tiny|debian|ubuntu/;

/** Asks for consent and an image that is already here (nothing is pulled); undefined when there is none. */
export async function askForHelper(
  client: EngineClient,
  snapshot: Snapshot,
  source: Container,
): Promise<string | undefined> {
  const tags = (await client.images()).flatMap((image) => image.tags);
  if (tags.length === 0 || snapshot.containers.length === 0) return undefined;
  const consent = vscode.l10n.t('Run and Remove');
  const asked = await vscode.window.showInformationMessage(
    vscode.l10n.t('Test with a throw-away container?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        '“{0}” has nothing on board to test with. A container from an image that is already here would share its network for some seconds, and be removed.',
        source.name,
      ),
    },
    consent,
  );
  if (asked !== consent) throw new vscode.CancellationError();
  const sorted = [...tags].sort((left, right) => Number(handy.test(right)) - Number(handy.test(left)));
  return askOnce(vscode.l10n.t('Test It Now')).pick({
    placeholder: vscode.l10n.t('From which local image?'),
    items: sorted.map((tag) => ({ label: tag, value: tag })),
  });
}
