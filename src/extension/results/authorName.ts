import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

const GIT_LIMIT_MS = 3000;

/**
 * Who decides: the name that git would put on a commit in this folder, else that of the account.
 * Nothing is run in a workspace that is not trusted.
 */
export async function authorName(folder: string): Promise<string> {
  const name = vscode.workspace.isTrusted ? await gitName(folder) : '';
  return name || accountName();
}

async function gitName(folder: string): Promise<string> {
  const options = { cwd: folder, timeout: GIT_LIMIT_MS };
  const asked = promisify(execFile)('git', ['config', '--get', 'user.name'], options);
  return asked.then(({ stdout }) => stdout.trim()).catch(() => '');
}

/** An account without an entry in the system's list has no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
