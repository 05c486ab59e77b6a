/** Prompts of several steps: a back button, a step count, and every answer kept when one goes back. */
import * as vscode from 'vscode';

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface InputQuestion {
  readonly prompt: string;
  readonly value?: string | undefined;
  readonly placeholder?: string | undefined;
  /** A message keeps the answer from being taken; undefined lets it through. */
  readonly validate?: (value: string) => string | undefined;
}

export interface PickQuestion<T> {
  readonly placeholder: string;
  readonly items: readonly Choice<T>[];
  readonly active?: T | undefined;
}

export interface StepUi {
  input(question: InputQuestion): Promise<string>;
  pick<T>(question: PickQuestion<T>): Promise<T>;
  pickMany<T>(question: PickQuestion<T>): Promise<readonly T[]>;
}

/** One step reads and writes the answers, which the caller shares among all of them. */
export type Step = (ui: StepUi) => Promise<void>;

class Back extends Error {}

/**
 * Runs the steps in order. `steps` is asked anew before each, so that an answer can add or take away later ones.
 * Throws `vscode.CancellationError` when the person gives up. `start` is the index of the step to begin with.
 */
export async function runSteps(title: string, steps: () => readonly Step[], start = 0): Promise<void> {
  let index = start;
  for (let all = steps(); index < all.length; all = steps()) {
    try {
      await all[index]?.(new Prompts(title, index + 1, all.length));
      index++;
    } catch (error) {
      if (!(error instanceof Back)) throw error;
      index = Math.max(0, index - 1);
    }
  }
}

/** One prompt on its own. */
export function askOnce(title: string): StepUi {
  return new Prompts(title, undefined, undefined);
}

/** The list begins at this item; nothing is ticked or taken by that. */
function begin<T>(picker: vscode.QuickPick<Choice<T>>, value: T | undefined): void {
  const active = value === undefined ? undefined : picker.items.find((item) => item.value === value);
  if (active) picker.activeItems = [active];
}

class Prompts implements StepUi {
  readonly #title: string;
  readonly #step: number | undefined;
  readonly #total: number | undefined;

  constructor(title: string, step: number | undefined, total: number | undefined) {
    this.#title = title;
    this.#step = step;
    this.#total = total;
  }

  input(question: InputQuestion): Promise<string> {
    const box = vscode.window.createInputBox();
    box.prompt = question.prompt;
    box.value = question.value ?? '';
    box.placeholder = question.placeholder ?? '';
    const check = (): boolean => {
      const message = question.validate?.(box.value.trim());
      box.validationMessage = message;
      return message === undefined;
    };
    const typed = box.onDidChangeValue(check);
    return this.#show<string>(box, (take) => {
      box.onDidAccept(() => {
        if (check()) take(box.value.trim());
      });
    }).finally(() => typed.dispose());
  }

  pick<T>(question: PickQuestion<T>): Promise<T> {
    const picker = this.#picker(question);
    begin(picker, question.active);
    return this.#show<T>(picker, (take) => {
      picker.onDidAccept(() => {
        const [chosen] = picker.selectedItems;
        if (chosen && chosen.kind !== vscode.QuickPickItemKind.Separator) take(chosen.value);
      });
    });
  }

  pickMany<T>(question: PickQuestion<T>): Promise<readonly T[]> {
    const picker = this.#picker(question);
    picker.canSelectMany = true;
    picker.selectedItems = picker.items.filter((item) => item.picked === true);
    begin(picker, question.active);
    return this.#show<readonly T[]>(picker, (take) => {
      picker.onDidAccept(() => take(picker.selectedItems.map((item) => item.value)));
    });
  }

  #picker<T>(question: PickQuestion<T>): vscode.QuickPick<Choice<T>> {
    const picker = vscode.window.createQuickPick<Choice<T>>();
    picker.placeholder = question.placeholder;
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    picker.items = question.items;
    return picker;
  }

  #show<R>(
    box: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
    wire: (take: (value: R) => void) => void,
  ): Promise<R> {
    box.title = this.#title;
    box.step = this.#step;
    box.totalSteps = this.#total;
    box.buttons = (this.#step ?? 1) > 1 ? [vscode.QuickInputButtons.Back] : [];
    // Looking something up in another window must not lose the answers.
    box.ignoreFocusOut = true;
    return new Promise<R>((resolve, reject) => {
      box.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) reject(new Back());
      });
      box.onDidHide(() => reject(new vscode.CancellationError()));
      wire(resolve);
      box.show();
    }).finally(() => box.dispose());
  }
}
