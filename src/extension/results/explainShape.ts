import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import type { LeakShape } from '../../leaks/leakReport';

/** The page on leaks of a shape, whose name may come back from a link. */
export function shapePage(extensionUri: vscode.Uri, shape: string): vscode.Uri {
  const name = /^[a-z]+$/.test(shape) ? shape : 'other';
  return vscode.Uri.joinPath(extensionUri, 'docs', 'shapes', `${name}.md`);
}

/**
 * The command `leakline.explainShape`: shows that page.
 * @throws LeaklineError `usage` if there is none.
 */
export async function explainShape(extensionUri: vscode.Uri, shape: LeakShape): Promise<void> {
  const page = shapePage(extensionUri, shape);
  try {
    await vscode.workspace.fs.stat(page);
  } catch (error) {
    const message = vscode.l10n.t('There is no page on leaks of this shape.');
    throw new LeaklineError('usage', message, undefined, { cause: error });
  }
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
