import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import { plainText } from '../../report/plainText';
import type { FindingArgument, IgnoreFindingArguments } from '../commands';
import type { CurrentResult } from './currentResult';
import { findingOf } from './findingOf';
import type { KnownFindings } from './knownFindings';

/** Puts findings into `.leakline.json`, and takes them out. */
export class IgnoreFindingCommand {
  constructor(
    private readonly results: CurrentResult,
    private readonly known: KnownFindings,
  ) {}

  /** The command `leakline.ignoreFinding`. */
  async run(args: IgnoreFindingArguments): Promise<void> {
    const { root, finding } = findingOf(this.results, args);
    const reason = args.reason ?? (await askReason(plainText(finding.title)));
    if (reason.trim() === '')
      throw new LeaklineError('usage', vscode.l10n.t('A reason is missing.'));
    await this.known.ignore(root, finding, reason.trim());
  }

  /** The command `leakline.stopIgnoringFinding`. */
  stop(args: FindingArgument): void {
    const { root, finding } = findingOf(this.results, args);
    this.known.stopIgnoring(root, finding);
  }
}

/** @throws LeaklineError `cancelled` if the person does not answer. */
async function askReason(title: string): Promise<string> {
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Ignore This Finding'),
    prompt: vscode.l10n.t('{0}: why is it ignored? Your team reads this in .leakline.json.', title),
    placeHolder: vscode.l10n.t('For example: holds at most one entry per product, 400 in all'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === ''
        ? vscode.l10n.t('A reason is needed, for those who review it.')
        : undefined,
  });
  if (reason === undefined) throw new LeaklineError('cancelled', 'Cancelled.');
  return reason;
}
