import * as vscode from 'vscode';
import { readLaunchConfigurations, type LaunchConfiguration } from './launchConfigurations';

/** The launch configurations for Node.js of all folders that are open. */
export function openConfigurations(): LaunchConfiguration[] {
  return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
    readLaunchConfigurations(
      vscode.workspace.getConfiguration('launch', uri).get('configurations'),
      uri.toString(),
    ),
  );
}
