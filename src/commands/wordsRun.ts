/** Words for what `docker run` would refuse, or accept to nobody's use. */
import * as vscode from 'vscode';
import type { Words } from '#commands/words';

export const runWords: Words = {
  'image-empty': () => vscode.l10n.t('Give an image, like nginx:latest.'),
  'image-syntax': (a) => vscode.l10n.t('“{image}” is not an image name: it contains a space.', a),
  'container-name-syntax': (a) =>
    vscode.l10n.t(
      '“{name}” is not a container name. Use two or more letters, digits, “_”, “.” and “-”, beginning with a letter or digit.',
      a,
    ),
  'container-name-taken': (a) => vscode.l10n.t('A container called “{name}” exists already. Choose another name.', a),
  'publish-in-host-mode': () =>
    vscode.l10n.t('In host mode the container’s ports are the host’s own: there is nothing to publish.'),
  'publish-without-network': () =>
    vscode.l10n.t('A container without a network cannot publish ports. Choose a network.'),
  'publish-when-sharing': (a) =>
    vscode.l10n.t('Ports are published by the container whose network is shared: publish them on “{container}”.', a),
  'links-on-podman': () =>
    vscode.l10n.t('Podman has no links. Put both containers on one network: names resolve there.'),
  'links-without-network': () => vscode.l10n.t('Links need a network. Choose one.'),
  'link-target': (a) => vscode.l10n.t('There is no container “{container}” to link to.', a),
  'env-syntax': (a) => vscode.l10n.t('“{text}” is not an environment variable. Write it like NAME=value.', a),
  'volume-syntax': (a) => vscode.l10n.t('“{text}” is not a volume. Write it like data:/path or /here:/there:ro.', a),
  'mode-syntax': () => vscode.l10n.t('The argument “mode” must be "host", "none", { network } or { container }.'),
  'restart-syntax': (a) =>
    vscode.l10n.t('“{restart}” is not a restart policy. Use no, always, unless-stopped or on-failure.', a),
  'address-without-network': () => vscode.l10n.t('A static address or alias needs a network. Choose one.'),
  'pull-failed': (a) => vscode.l10n.t('The image “{image}” is not here and could not be pulled: {detail}', a),
  'start-failed': (a) =>
    vscode.l10n.t(
      '“{container}” was created but did not start: {detail} Remove it, or start it when that is mended.',
      a,
    ),
  'not-running': (a) => vscode.l10n.t('“{container}” does not run. Start it first.', a),
};
