/** Every word of the topology page in the user's language: the page has none of its own. */
import * as vscode from 'vscode';
import type { DrawingWords } from '#model/topology/drawing';
import { drawingWords } from '#model/topology/words';
import type { PageWords } from '#protocol';

export function pageWords(): PageWords {
  return { ...drawingParts(), ...pageParts(), ...spokenWords() };
}

/** The words of a drawing that no page draws; `host` is the engine's name. */
export function hostDrawingWords(host: string): DrawingWords {
  return drawingWords(drawingParts(), host);
}

function drawingParts() {
  return {
    stopped: vscode.l10n.t('stopped'),
    unhealthy: vscode.l10n.t('unhealthy'),
    paused: vscode.l10n.t('paused'),
    running: vscode.l10n.t('running'),
    restarting: vscode.l10n.t('restarting'),
    created: vscode.l10n.t('created'),
    removing: vscode.l10n.t('being removed'),
    dead: vscode.l10n.t('dead'),
    allInterfaces: vscode.l10n.t('all interfaces'),
    allIpv4: vscode.l10n.t('all IPv4'),
    thisMachineOnly: vscode.l10n.t('this machine only'),
    local: vscode.l10n.t('local'),
    noEffect: vscode.l10n.t('no effect'),
    internal: vscode.l10n.t('internal'),
    static: vscode.l10n.t('static'),
    shared: vscode.l10n.t('{0} projects'),
    sharesWith: 'container:{0}',
    linkTo: vscode.l10n.t('link to {0}'),
    alias: vscode.l10n.t('alias {0}'),
    inNetwork: vscode.l10n.t('in {0}'),
    hostMode: vscode.l10n.t('uses the host’s addresses and ports'),
    hostShort: vscode.l10n.t('the host’s addresses'),
    noNetwork: vscode.l10n.t('no network'),
    gateway: vscode.l10n.t('gw'),
    more: '+{0}',
    lan: vscode.l10n.t('LAN'),
    otherNodes: vscode.l10n.t('other nodes'),
    onTheLan: vscode.l10n.t('on the LAN'),
    emptyBuiltIn: vscode.l10n.t('{0}: nothing attached'),
    defaultNetwork: vscode.l10n.t('default'),
    swarm: vscode.l10n.t('swarm'),
    hostNetwork: vscode.l10n.t('the machine’s own network'),
    sharesAddress: vscode.l10n.t('shares its address and ports'),
    allShort: vscode.l10n.t('all'),
    firstNetworkTitle: vscode.l10n.t('Your first network'),
    firstNetworkWhyOne: vscode.l10n.t('On the default bridge containers reach each other by address only.'),
    firstNetworkWhyTwo: vscode.l10n.t('On a network you create they also find each other by name.'),
  };
}

function pageParts() {
  return {
    createNetwork: vscode.l10n.t('Create network…'),
    fromCompose: vscode.l10n.t('From a Compose file'),
    search: vscode.l10n.t('Search'),
    searchLong: vscode.l10n.t('Search name, address or port'),
    searchLabel: vscode.l10n.t('Search the drawing by name, address or port'),
    filter: vscode.l10n.t('Filter'),
    rails: vscode.l10n.t('Rails'),
    map: vscode.l10n.t('Map'),
    view: vscode.l10n.t('Kind of drawing'),
    fit: vscode.l10n.t('Fit'),
    zoomIn: vscode.l10n.t('Zoom in'),
    zoomOut: vscode.l10n.t('Zoom out'),
    export: vscode.l10n.t('Export'),
    project: vscode.l10n.t('Project'),
    driver: vscode.l10n.t('Driver'),
    allProjects: vscode.l10n.t('All projects'),
    allDrivers: vscode.l10n.t('All drivers'),
    runningOnly: vscode.l10n.t('Running only'),
    noMatch: vscode.l10n.t('No container or network matches'),
    clearFilter: vscode.l10n.t('Clear filter'),
    onlyNetwork: vscode.l10n.t('Only {0}'),
    drawing: vscode.l10n.t('Networks and containers'),
    details: vscode.l10n.t('Details'),
    close: vscode.l10n.t('Close'),
    tryNow: vscode.l10n.t('Try now'),
    chooseEngine: vscode.l10n.t('Choose engine…'),
    showLog: vscode.l10n.t('Show log'),
    nextTry: vscode.l10n.t('Trying again in {0} s'),
    reading: vscode.l10n.t('Reading the engine…'),
    dropHint: vscode.l10n.t('Connect {0} to {1}'),
    planned: vscode.l10n.t('Planned: nothing of this exists yet'),
    otherWay: vscode.l10n.t('The other way round'),
  };
}

function spokenWords() {
  return {
    sayNetwork: vscode.l10n.t('network {0}, {1}, {2}'),
    sayInternal: vscode.l10n.t('internal: no way out'),
    sayContainer: vscode.l10n.t('{0}, {1}, {2}'),
    sayAddress: vscode.l10n.t('{0} on {1}'),
    sayStatic: vscode.l10n.t('{0} static on {1}'),
    sayPublishes: vscode.l10n.t('publishes {0} to {1} on {2}'),
    sayNoEffect: vscode.l10n.t('publishes {0} to {1} without effect'),
    sayShares: vscode.l10n.t('shares the network of {0}'),
    sayHost: vscode.l10n.t('uses the host’s addresses and ports'),
    sayNoNetwork: vscode.l10n.t('is on no network'),
    sayLink: vscode.l10n.t('linked to {0} as {1}'),
    sayPort: vscode.l10n.t('host port {0} to {1} of {2}, {3}'),
    sayGhost: vscode.l10n.t('{0} in {1}, {2}'),
    sayMembers: vscode.l10n.t('containers: {0}'),
    changedAdded: vscode.l10n.t('Added to the drawing: {0}'),
    changedRemoved: vscode.l10n.t('Gone from the drawing: {0}'),
    matches: vscode.l10n.t('Matches: {0}'),
    sayLan: vscode.l10n.t('outside (the LAN)'),
  };
}
