import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import type { PathRules } from '../../source/pathMapper';
import { locationOf } from '../../source/targetLocation';
import type { PickFileArguments } from '../commands';
import type { CurrentResult } from '../results/currentResult';
import { rememberPick } from './pathRules';

/**
 * The command `leakline.pickFile`: the person says which file here a URL of the target is, which is
 * remembered for all files beside it, and the current result is mapped anew.
 * @throws LeaklineError `usage` if there is no result, or the URL names no place; `cancelled`
 */
export async function pickFile(
  results: CurrentResult,
  rulesOf: (root: string) => PathRules,
  { url, file }: PickFileArguments,
): Promise<void> {
  const result = results.value;
  const location = locationOf(url);
  if (!result || location === undefined) {
    throw new LeaklineError('usage', vscode.l10n.t('There is no finding at {0}.', url));
  }
  const picked = file ?? (await askFile(result.root, url));
  await rememberPick(result.root, location, picked);
  const remapped = await result.investigation.remap(result, rulesOf(result.root));
  // A run may have ended meanwhile, or the person may have cleared the result.
  if (results.value?.id === result.id) results.update(remapped);
}

async function askFile(root: string, url: string): Promise<string> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Which file is {0}?', url),
    openLabel: vscode.l10n.t('Use This File'),
    defaultUri: vscode.Uri.file(root),
  });
  if (!picked?.[0]) throw new LeaklineError('cancelled', 'Cancelled.');
  return picked[0].fsPath;
}
