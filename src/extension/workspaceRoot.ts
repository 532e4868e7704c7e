import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { LeaklineError } from '../base/errors';

/**
 * The folder whose program is looked at: that of the active editor, else the first one.
 * @returns an absolute path; the home folder where no folder is open
 * @throws LeaklineError `usage` if the folder is not on a disk
 */
export function workspaceRoot(): string {
  const folder = folderOfEditor() ?? vscode.workspace.workspaceFolders?.[0];
  return folder ? pathOnDisk(folder) : homedir();
}

/**
 * As `workspaceRoot`, but asks the person where several folders are open and none has the editor.
 * @throws LeaklineError also `cancelled` if the person chooses none
 */
export async function askWorkspaceRoot(): Promise<string> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length < 2 || folderOfEditor()) return workspaceRoot();
  const picked = await vscode.window.showWorkspaceFolderPick({
    placeHolder: vscode.l10n.t('Which folder has the sources of the program?'),
    ignoreFocusOut: true,
  });
  if (!picked) throw new LeaklineError('cancelled', 'Cancelled.');
  return pathOnDisk(picked);
}

function folderOfEditor(): vscode.WorkspaceFolder | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && vscode.workspace.getWorkspaceFolder(document.uri);
}

/** Folders of virtual file systems may be open beside those on a disk. */
function pathOnDisk({ uri, name }: vscode.WorkspaceFolder): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new LeaklineError(
    'usage',
    vscode.l10n.t('The folder {0} is virtual: its files are not on a disk.', name),
    vscode.l10n.t('Leakline reads source files and source maps from disk. Open a clone of it.'),
  );
}
