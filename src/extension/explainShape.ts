import * as vscode from 'vscode';
import { LeaklineError } from '../base/errors';
import type { LeakShape } from '../leaks/leakReport';

/**
 * The command `leakline.explainShape`: opens the page on leaks of one shape.
 * @throws LeaklineError `usage` if there is none for it.
 */
export async function explainShape(extensionUri: vscode.Uri, shape: LeakShape): Promise<void> {
  // It comes back from a link, and becomes a path.
  const name = /^[a-z]+$/.test(shape) ? shape : 'other';
  const page = vscode.Uri.joinPath(extensionUri, 'docs', 'shapes', `${name}.md`);
  try {
    await vscode.workspace.fs.stat(page);
  } catch (error) {
    const message = vscode.l10n.t('There is no page on leaks of the shape {0}.', name);
    throw new LeaklineError('usage', message, undefined, { cause: error });
  }
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
