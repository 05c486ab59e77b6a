/** How the user wants the Networks view: sort and grouping from the settings, the filter for this window only. */
import * as vscode from 'vscode';
import { contextKeys, settings } from '#contributions';
import { Emitter } from '#live/emitter';
import type { TreeLook } from '#views/tree/engineTree';
import { isFiltering, type TreeFilter, treeSorts } from '#views/tree/filter';

export class Look {
  readonly #changed = new Emitter<void>();
  readonly #configuration: vscode.Disposable;
  #filter: TreeFilter = {};

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#configuration = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.sort) || event.affectsConfiguration(settings.groupByProject))
        this.#announce();
    });
    this.#announce();
  }

  get value(): TreeLook {
    const configuration = vscode.workspace.getConfiguration();
    const sort = configuration.get<string>(settings.sort);
    return {
      sort: treeSorts.find((one) => one === sort) ?? 'name',
      grouped: configuration.get<boolean>(settings.groupByProject) === true,
      filter: this.#filter,
    };
  }

  get filter(): TreeFilter {
    return this.#filter;
  }

  set filter(filter: TreeFilter) {
    this.#filter = filter;
    this.#announce();
  }

  dispose(): void {
    this.#configuration.dispose();
    this.#changed.dispose();
  }

  #announce(): void {
    const { grouped, filter } = this.value;
    void vscode.commands.executeCommand('setContext', contextKeys.grouped, grouped);
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, isFiltering(filter));
    this.#changed.fire();
  }
}
