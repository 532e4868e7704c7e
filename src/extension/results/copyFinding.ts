import * as vscode from 'vscode';
import { withoutKeys } from '../../investigation/keyEvidence';
import { renderFindingMarkdown } from '../../report/renderMarkdown';
import type { FindingArgument } from '../commands';
import type { CurrentResult } from './currentResult';
import { findingOf } from './findingOf';

/** The command `leakline.copyFinding`: a finding as Markdown, for an issue or a review. */
export async function copyFinding(
  results: CurrentResult,
  argument: FindingArgument,
): Promise<void> {
  const { finding } = findingOf(results, argument);
  await vscode.env.clipboard.writeText(renderFindingMarkdown(withoutKeys(finding)));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Finding copied as Markdown'), 3000);
}
