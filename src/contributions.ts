/**
 * Every contributed id, once. test/unit/contributions.test.ts compares this file with package.json, both ways.
 */

export const extensionId = 'docknet.docker-networks';

export const commandIds = {
  createNetwork: 'dockerNetworks.createNetwork',
  createNetworkLike: 'dockerNetworks.createNetworkLike',
  editNetwork: 'dockerNetworks.editNetwork',
  removeNetwork: 'dockerNetworks.removeNetwork',
  pruneNetworks: 'dockerNetworks.pruneNetworks',
  connectContainer: 'dockerNetworks.connectContainer',
  disconnectContainer: 'dockerNetworks.disconnectContainer',
  runContainer: 'dockerNetworks.runContainer',
  publishPort: 'dockerNetworks.publishPort',
  findFreeSubnet: 'dockerNetworks.findFreeSubnet',
  findFreePort: 'dockerNetworks.findFreePort',
  startContainer: 'dockerNetworks.startContainer',
  stopContainer: 'dockerNetworks.stopContainer',
  restartContainer: 'dockerNetworks.restartContainer',
  showLogs: 'dockerNetworks.showLogs',
  openShell: 'dockerNetworks.openShell',
  inspect: 'dockerNetworks.inspect',
  copyAddress: 'dockerNetworks.copyAddress',
  openPort: 'dockerNetworks.openPort',
  openTopology: 'dockerNetworks.openTopology',
  exportTopology: 'dockerNetworks.exportTopology',
  revealInTree: 'dockerNetworks.revealInTree',
  revealInTopology: 'dockerNetworks.revealInTopology',
  find: 'dockerNetworks.find',
  refresh: 'dockerNetworks.refresh',
  showLog: 'dockerNetworks.showLog',
  chooseEngine: 'dockerNetworks.chooseEngine',
  startEngine: 'dockerNetworks.startEngine',
  retryConnection: 'dockerNetworks.retryConnection',
  explainConnection: 'dockerNetworks.explainConnection',
  whatCanReach: 'dockerNetworks.whatCanReach',
  whatThisReaches: 'dockerNetworks.whatThisReaches',
  reachMatrix: 'dockerNetworks.reachMatrix',
  groupByProject: 'dockerNetworks.groupByProject',
  ungroup: 'dockerNetworks.ungroup',
  sort: 'dockerNetworks.sort',
  filter: 'dockerNetworks.filter',
  clearFilter: 'dockerNetworks.clearFilter',
  showPlannedTopology: 'dockerNetworks.showPlannedTopology',
  showDrift: 'dockerNetworks.showDrift',
} as const;
export type CommandKey = keyof typeof commandIds;

export const viewIds = { networks: 'dockerNetworks.networks', ports: 'dockerNetworks.ports' } as const;
export const webviewTypes = { topology: 'dockerNetworks.topology', reach: 'dockerNetworks.reach' } as const;

export const settings = {
  endpoint: 'dockerNetworks.endpoint',
  showAllEngines: 'dockerNetworks.showAllEngines',
  groupByProject: 'dockerNetworks.groupByProject',
  sort: 'dockerNetworks.sort',
  hoverEnabled: 'dockerNetworks.hover.enabled',
  terminalLinksEnabled: 'dockerNetworks.terminalLinks.enabled',
  codeLensEnabled: 'dockerNetworks.codeLens.enabled',
  followCursor: 'dockerNetworks.followCursor',
  statusBarEnabled: 'dockerNetworks.statusBar.enabled',
  diagnostics: 'dockerNetworks.diagnostics',
} as const;

/** Context keys that `when` clauses of package.json read. */
export const contextKeys = {
  state: 'dockerNetworks.state',
  grouped: 'dockerNetworks.grouped',
  filtered: 'dockerNetworks.filtered',
} as const;

export const toolIds = {
  topology: 'dockerNetworks_topology',
  reach: 'dockerNetworks_reach',
  freeSubnet: 'dockerNetworks_freeSubnet',
  portHolder: 'dockerNetworks_portHolder',
} as const;

/** Single checks of Compose files: keys of the setting `dockerNetworks.diagnostics` and codes of the diagnostics. */
export const diagnosticCodes = [
  'port-taken',
  'port-twice',
  'subnet-overlap',
  'address-outside',
  'address-taken',
  'address-without-subnet',
  'no-shared-network',
  'no-dns',
  'ports-in-host-mode',
  'links-useless',
  'network-undefined',
  'network-unused',
  'database-exposed',
  'syntax',
] as const;
export type DiagnosticCode = (typeof diagnosticCodes)[number];
