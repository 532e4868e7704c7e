import * as vscode from 'vscode';
import { describeError, isCancellation, LeaklineError } from '../base/errors';
import { errorActions } from './errorActions';

/** Tells the person what went wrong and what can be done; the details go to the log. */
export class ErrorReporter {
  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly lastAddress: () => string | undefined,
  ) {}

  /** Never waits for the person. Cancelling is not an error. */
  show(error: unknown): void {
    if (isCancellation(error)) return;
    this.log.error(details(error));
    const actions = errorActions(error, this.lastAddress());
    const showLog = vscode.l10n.t('Show Log');
    const titles = [...actions.map(({ title }) => title), showLog];
    void vscode.window.showErrorMessage(describeError(error), ...titles).then((title) => {
      if (title === showLog) this.log.show();
      const action = actions.find((candidate) => candidate.title === title);
      if (!action) return;
      const args = action.argument === undefined ? [] : [action.argument];
      // A command of ours reports its own errors.
      vscode.commands.executeCommand(action.command, ...args).then(undefined, () => undefined);
    });
  }
}

function details(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = error instanceof LeaklineError ? `[${error.code}] ` : '';
  const cause = error.cause === undefined ? '' : `\nCaused by: ${details(error.cause)}`;
  return `${code}${describeError(error)}\n${error.stack ?? ''}${cause}`;
}
