import * as vscode from 'vscode';

/**
 * Answers the next dialog as a person would: VS Code shows none that is modal while it is tested.
 * @returns what the dialog was asked with
 */
export async function answerNext(
  dialog: 'showInformationMessage' | 'showWarningMessage' | 'showSaveDialog',
  answer: unknown,
): Promise<unknown[]> {
  const window = vscode.window as unknown as Record<string, (...args: unknown[]) => unknown>;
  const original = window[dialog];
  return new Promise((resolve) => {
    window[dialog] = (...args) => {
      const isModal =
        dialog === 'showSaveDialog' || (args[1] as { modal?: boolean } | undefined)?.modal;
      if (!isModal) return original(...args);
      window[dialog] = original;
      resolve(args);
      return Promise.resolve(answer);
    };
  });
}

/** Answers the next modal warning. @returns its detail */
export async function answerWarning(answer: string | undefined): Promise<string> {
  const [, options] = await answerNext('showWarningMessage', answer);
  return (options as vscode.MessageOptions).detail ?? '';
}
