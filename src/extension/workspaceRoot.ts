import { homedir } from 'node:os';
import * as vscode from 'vscode';

/** The folder whose program is looked at: that of the active editor, else the first one. */
export function workspaceRoot(): string {
  const document = vscode.window.activeTextEditor?.document;
  const active = document && vscode.workspace.getWorkspaceFolder(document.uri);
  const folder = active ?? vscode.workspace.workspaceFolders?.[0];
  return folder?.uri.fsPath ?? homedir();
}
