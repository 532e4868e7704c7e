import path from 'node:path';
import * as vscode from 'vscode';
import { pairFromPick, type PathPair } from '../../source/pathPair';
import type { LaunchPaths, PathRules } from '../../source/pathMapper';
import type { Attachment } from './connection';
import type { DebugSessions } from './debugSessions';
import { readLaunchConfigurations } from './launchConfigurations';
import { launchPaths, resolved, type Folder } from './launchPaths';

const SETTING = 'pathMappings';

/**
 * How paths of a target become files below a root: by the setting `leakline.pathMappings`, and by what
 * the debug session or launch configuration says through which the target was reached.
 */
export function pathRules(
  root: string,
  attachment: Attachment | undefined,
  sessions: DebugSessions,
): PathRules {
  const folder = folderOf(root);
  const debugged = attachment && sessions.configurationAt(attachment.address);
  const launch = debugged ? launchPaths(debugged, folder) : launchOf(folder, attachment);
  return { pairs: pairsOf(folder), ...(launch && { launch }) };
}

/** Stores the pair that leads from a location to a file, for the folder that the root is. */
export async function rememberPick(root: string, location: string, file: string): Promise<void> {
  const folder = folderOf(root);
  const { remoteRoot, localRoot } = pairFromPick(location, file);
  const { configuration, target } = settingOf(folder);
  const isShared = target === vscode.ConfigurationTarget.WorkspaceFolder;
  const stored = isShared ? belowFolder(folder, localRoot) : localRoot;
  const before = configuration.get<unknown[]>(SETTING, []);
  await configuration.update(SETTING, [{ remoteRoot, localRoot: stored }, ...before], target);
}

/** A path as settings that others share write it: without the place of the folder. */
function belowFolder(folder: Folder, local: string): string {
  const below = path.relative(folder.path, local).split(path.sep).join('/');
  if (below.startsWith('..') || path.isAbsolute(below)) return local;
  return ['${workspaceFolder}', below].filter(Boolean).join('/');
}

function pairsOf(folder: Folder): PathPair[] {
  const entries: unknown = settingOf(folder).configuration.get(SETTING);
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => {
    const { remoteRoot, localRoot } = (entry ?? {}) as Record<string, unknown>;
    const local = resolved(localRoot, folder);
    if (typeof remoteRoot !== 'string' || remoteRoot === '' || local === undefined) return [];
    return { remoteRoot, localRoot: path.resolve(folder.path, local) };
  });
}

function launchOf(folder: Folder, attachment: Attachment | undefined): LaunchPaths | undefined {
  if (!attachment) return undefined;
  const uri = vscode.Uri.file(folder.path);
  const all: unknown = vscode.workspace.getConfiguration('launch', uri).get('configurations');
  const { configuration, address } = attachment;
  const used = readLaunchConfigurations(all, '').find(
    (known) => known.name === configuration?.name || known.address === address,
  );
  const entries = Array.isArray(all) ? (all as { name?: unknown }[]) : [];
  return (
    used &&
    launchPaths(
      entries.find((entry) => entry?.name === used.name),
      folder,
    )
  );
}

function folderOf(root: string): Folder {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(root));
  return folder ? { name: folder.name, path: folder.uri.fsPath } : { name: '', path: root };
}

function settingOf({ path: folder }: Folder) {
  const uri = vscode.Uri.file(folder);
  const configuration = vscode.workspace.getConfiguration('leakline', uri);
  const target = vscode.workspace.getWorkspaceFolder(uri)
    ? vscode.ConfigurationTarget.WorkspaceFolder
    : vscode.ConfigurationTarget.Global;
  return { configuration, target };
}
