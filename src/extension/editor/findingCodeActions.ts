import * as vscode from 'vscode';
import { plainText } from '../../report/plainText';
import { isInside, packageOf } from '../../source/pathMapping';
import type { QuickFix } from '../../source/quickFixes';
import type { CommandId } from '../commands';
import type { FindingLine, FindingLines } from '../results/findingLines';
import { absolutePlace } from '../results/places';

/** Fixes that leave what the program does as it is; the others are for a person to weigh. */
const PREFERRED: readonly QuickFix['kind'][] = ['listenOnce', 'clearTimer'];

/** What can be done about a finding, where its diagnostic stands. */
export class FindingCodeActions implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly registration = vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    this,
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );

  constructor(private readonly lines: FindingLines) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const actions = diagnostics
      .filter(({ source }) => source === 'Leakline')
      .map((diagnostic) => this.actionsFor(document, diagnostic));
    return (await Promise.all(actions)).flat();
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async actionsFor(
    document: vscode.TextDocument,
    diagnostic: vscode.Diagnostic,
  ): Promise<vscode.CodeAction[]> {
    const line = this.lineOf(document, diagnostic);
    if (!line) return [];
    const fixes = (await fixesFor(document, line)).map((fix) => {
      const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.set(document.uri, textEdits(document, fix));
      action.isPreferred = PREFERRED.includes(fix.kind);
      return action;
    });
    const { rank } = line.finding;
    const others = [
      command('leakline.showRetainers', vscode.l10n.t('Show Retainers'), rank),
      command('leakline.ignoreFinding', vscode.l10n.t('Ignore This Finding…'), rank),
      command('leakline.copyFinding', vscode.l10n.t('Copy Finding as Markdown'), rank),
    ];
    const actions = [...fixes, ...others];
    for (const action of actions) action.diagnostics = [diagnostic];
    return actions;
  }

  /** VS Code hands out a diagnostic of its own making: it is known by what it says. */
  private lineOf(
    document: vscode.TextDocument,
    { message, range }: vscode.Diagnostic,
  ): FindingLine | undefined {
    return this.lines
      .inFile(document.uri.fsPath)
      .find(
        ({ place, finding }) =>
          place.line === range.start.line + 1 && message.includes(plainText(finding.title)),
      );
  }
}

/** None outside of the project, in packages, and where the lines are not those that ran. */
async function fixesFor(
  document: vscode.TextDocument,
  { result, finding: { shape, sites } }: FindingLine,
): Promise<QuickFix[]> {
  const fileName = document.uri.fsPath;
  if (!isInside(result.root, fileName) || packageOf(fileName) !== undefined) return [];
  const here = sites
    .map((site) => ({ ...site, ...result.places.now(absolutePlace(result.root, site)) }))
    .filter(({ file }) => file === fileName);
  if (!here.every(({ line, text }) => lineText(document, line) === text)) return [];
  const lines = here.filter(({ role }) => role !== 'removal').map(({ line }) => line);
  // The parser takes longer to load than the rest of the extension.
  const { quickFixes } = await import('../../source/quickFixes');
  return quickFixes({ source: document.getText(), fileName, shape, lines });
}

/** @param line From 1. */
function lineText(document: vscode.TextDocument, line: number): string | undefined {
  return line >= 1 && line <= document.lineCount
    ? document.lineAt(line - 1).text.trim()
    : undefined;
}

function textEdits(document: vscode.TextDocument, { edits }: QuickFix): vscode.TextEdit[] {
  return edits.map(({ start, end, text }) => {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    return vscode.TextEdit.replace(range, text);
  });
}

function command(id: CommandId, title: string, rank: number): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command: id, title, arguments: [{ rank }] };
  return action;
}
