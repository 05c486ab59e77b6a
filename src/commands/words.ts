/** Every refusal and step in words: what is wrong, and what to do. Codes and their values come from model and operations. */
import * as vscode from 'vscode';
import { addressWords } from '#commands/wordsAddress';
import { changeWords } from '#commands/wordsChange';
import { runWords } from '#commands/wordsRun';

export type Args = Readonly<Record<string, string>>;
export type Words = Readonly<Record<string, (args: Args) => string>>;

const general: Words = {
  untrusted: () =>
    vscode.l10n.t('This workspace is not trusted, so networks are shown but not changed. Trust it to change them.'),
  'argument-missing': (a) => vscode.l10n.t('The argument “{argument}” is missing.', a),
  'argument-type': (a) => vscode.l10n.t('The argument “{argument}” must be {expected}.', a),
  'argument-unknown': (a) => vscode.l10n.t('There is no argument “{argument}”. Known are: {known}.', a),
  'network-not-found': (a) => vscode.l10n.t('No network is called “{name}”. Refresh, or give its id.', a),
  'network-ambiguous': (a) =>
    vscode.l10n.t('Several networks are called “{name}”. Give an id instead: {candidates}.', a),
  'container-not-found': (a) => vscode.l10n.t('No container is called “{name}”. Refresh, or give its id.', a),
  'container-ambiguous': (a) =>
    vscode.l10n.t('“{name}” is the beginning of several ids. Give one in full: {candidates}.', a),
  'no-networks': () => vscode.l10n.t('There is no network to choose here. Create one first.'),
  'no-containers': () => vscode.l10n.t('There is no container to choose here. Run one first.'),
  'no-docker-cli': () =>
    vscode.l10n.t('The docker (or podman) command was not found on this machine. Install it to open a shell or logs.'),
  'no-ports': () => vscode.l10n.t('No port is published here. Publish one first.'),
  'no-addresses': () => vscode.l10n.t('There is no address to copy: the container does not run or has no network.'),
  'not-a-web-port': (a) => vscode.l10n.t('Port {port} is not TCP, so a browser cannot open it.', a),
  'port-not-bound': (a) =>
    vscode.l10n.t('“{container}” does not run, so its port is not open. Start the container first.', a),
  'prefix-range': (a) => vscode.l10n.t('“{prefix}” is not a usable prefix length. Give {low} to {high}.', a),
  'no-free-subnet': (a) => vscode.l10n.t('No free subnet of size /{prefix} is left. Ask for a smaller one.', a),
  'no-free-port': () => vscode.l10n.t('No free host port is left from there on. Begin at a lower number.'),
};

const all: Words = { ...general, ...addressWords, ...changeWords, ...runWords };

/** The sentence for a code; the code itself when a newer part gave one that has no words yet. */
export function refusalWords(code: string, args: Args): string {
  return all[code]?.(args) ?? code;
}

/** Every code that has words: for the test that compares them with those that are thrown. */
export const knownCodes: readonly string[] = Object.keys(all);
