/** Words for changes of networks and containers: what is refused, what a plan cannot keep, what stands afterwards. */
import * as vscode from 'vscode';
import type { Words } from '#commands/words';

export const changeWords: Words = {
  'network-built-in': (a) =>
    vscode.l10n.t('“{network}” belongs to the engine: it can be neither edited nor removed.', a),
  'network-in-use': (a) =>
    vscode.l10n.t('“{network}” is used by {containers}. Disconnect them first (disconnectFirst: true).', a),
  'remove-left-disconnected': (a) =>
    vscode.l10n.t(
      '“{network}” could not be removed, and {containers} could not be connected again. Connect by hand.',
      a,
    ),
  'nothing-to-prune': () => vscode.l10n.t('Every network is in use: there is nothing to prune.'),
  'already-connected': (a) => vscode.l10n.t('“{container}” is connected to “{network}” already.', a),
  'not-connected': (a) => vscode.l10n.t('“{container}” is not connected to “{network}”.', a),
  'connect-host-mode': (a) =>
    vscode.l10n.t('“{container}” uses the host’s network and cannot join another. Run it anew on “{network}”.', a),
  'connect-sharer': (a) =>
    vscode.l10n.t('“{container}” shares another container’s network. Connect that one instead.', a),
  'connect-to-predefined': (a) =>
    vscode.l10n.t('“{network}” takes no containers later: it is chosen when a container is created.', a),
  'gateway-priority-unsupported': (a) =>
    vscode.l10n.t('Engine {version} has no gateway priority: it came with Docker 28. Leave it out.', a),
  'edit-service-attached': (a) =>
    vscode.l10n.t('The service “{service}” uses “{network}”. Remove or move the service first.', a),
  'edit-unsupported': (a) =>
    vscode.l10n.t(
      '“{network}” is of a special kind (without IPv4, or from a configuration) that cannot be made anew here.',
      a,
    ),
  'edit-same-name': (a) =>
    vscode.l10n.t(
      'Another network is called “{network}” too, so it could not be made anew. Remove one of them first.',
      a,
    ),
  'edit-rolled-back': (a) =>
    vscode.l10n.t('“{network}” was not changed: a step failed, and the earlier network is back. {detail}', a),
  'edit-cancelled': (a) => vscode.l10n.t('Cancelled: the earlier “{network}” is back.', a),
  'edit-stuck': (a) =>
    vscode.l10n.t(
      '“{network}” stands half changed: {detail} The way back failed too: {rollback} What to do is offered at the next start.',
      a,
    ),
  'edit-nothing': (a) => vscode.l10n.t('Nothing of “{network}” was changed.', a),
  'recreate-auto-remove': (a) =>
    vscode.l10n.t('“{container}” removes itself when it stops (--rm), so there would be no way back. Run it anew.', a),
  'recreate-rolled-back': (a) =>
    vscode.l10n.t('The port was not published: a step failed, and “{container}” is as before. {detail}', a),
  'recreate-cancelled': (a) => vscode.l10n.t('Cancelled: “{container}” is as before.', a),
  'recreate-stuck': (a) =>
    vscode.l10n.t('The port was not published: {detail} The earlier container stands as “{aside}”: {rollback}', a),
  'recreate-files': (a) => vscode.l10n.t('Files “{container}” wrote outside of volumes are lost.', a),
  'recreate-sharer': (a) => vscode.l10n.t('“{sharer}” shares the network of “{container}” and must be run anew.', a),
  'recreate-linker': (a) => vscode.l10n.t('The link of “{linker}” to “{container}” is lost.', a),
  'recreate-compose': (a) =>
    vscode.l10n.t('“{container}” belongs to a Compose project: its next “up” undoes this. Change the file too.', a),
  'loss-random-port': (a) => vscode.l10n.t('“{container}” gets other random host ports.', a),
  'loss-address': (a) => vscode.l10n.t('“{container}” may get another address than {address}.', a),
  'loss-static': (a) => vscode.l10n.t('“{container}” loses its address {address}: it does not fit the new network.', a),
  'loss-order': (a) => vscode.l10n.t('The interfaces of “{container}” may come in another order.', a),
  'loss-podman-static': (a) =>
    vscode.l10n.t('Podman does not tell whether the stopped “{container}” has a static address: if so, it is lost.', a),
  'step-disconnect': (a) => vscode.l10n.t('Disconnecting {container}', a),
  'step-remove': (a) => vscode.l10n.t('Removing {network}', a),
  'step-create': (a) => vscode.l10n.t('Creating {network}', a),
  'step-connect': (a) => vscode.l10n.t('Connecting {container} to {network}', a),
  'step-connect-again': (a) => vscode.l10n.t('Connecting {container}', a),
  'step-stop': (a) => vscode.l10n.t('Stopping {container}', a),
  'step-rename': (a) => vscode.l10n.t('Setting {container} aside', a),
  'step-create-container': (a) => vscode.l10n.t('Creating {container}', a),
  'step-start': (a) => vscode.l10n.t('Starting {container}', a),
  'step-remove-earlier': (a) => vscode.l10n.t('Removing the earlier {container}', a),
  'step-pull': (a) => vscode.l10n.t('Pulling {image}', a),
  'step-pull-progress': (a) => vscode.l10n.t('Pulling {image}: {text}', a),
};
