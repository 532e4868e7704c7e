import * as vscode from 'vscode';
import type { Finding } from '../leaks/leakReport';
import { plainText } from '../report/plainText';
import { type QuickFix, quickFixes } from '../source/quickFixes';
import { isInside } from '../source/pathMapping';
import type { CommandId } from './commands';
import type { CurrentResult } from './currentResult';
import { absolutePlace } from './places';

/** Fixes that leave what the program does as it is; the others are for a person to weigh. */
const PREFERRED: readonly QuickFix['kind'][] = ['listenOnce', 'clearTimer'];

/** What can be done about a finding, where its diagnostic stands. */
export class FindingCodeActions implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly registration = vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    this,
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );

  constructor(private readonly results: CurrentResult) {}

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return diagnostics
      .filter(({ source }) => source === 'Leakline')
      .flatMap((diagnostic) => this.actionsFor(document, diagnostic));
  }

  dispose(): void {
    this.registration.dispose();
  }

  private actionsFor(
    document: vscode.TextDocument,
    diagnostic: vscode.Diagnostic,
  ): vscode.CodeAction[] {
    const finding = this.findingAt(document, diagnostic);
    if (!finding) return [];
    const fixes = this.fixesFor(document, diagnostic, finding).map((fix) => {
      const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.set(document.uri, textEdits(document, fix));
      action.isPreferred = PREFERRED.includes(fix.kind);
      return action;
    });
    const { rank } = finding;
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
  private findingAt(
    document: vscode.TextDocument,
    { message }: vscode.Diagnostic,
  ): Finding | undefined {
    const result = this.results.value;
    return result?.report.findings.find(
      ({ title, sites: [site] }) =>
        site !== undefined &&
        absolutePlace(result.root, site).file === document.uri.fsPath &&
        message.includes(plainText(title)),
    );
  }

  /** None outside of the project, in packages, and where the lines are not those that ran. */
  private fixesFor(
    document: vscode.TextDocument,
    { range }: vscode.Diagnostic,
    { shape, sites }: Finding,
  ): QuickFix[] {
    const root = this.results.value?.root ?? '';
    const file = document.uri.fsPath;
    if (!isInside(root, file) || /[\\/]node_modules[\\/]/.test(file)) return [];
    const moved = range.start.line + 1 - sites[0].line;
    const here = sites.filter((site) => absolutePlace(root, site).file === file);
    const isAsItRan = here.every(({ line, text }) => lineText(document, line + moved) === text);
    if (!isAsItRan) return [];
    const lines = here.filter(({ role }) => role !== 'removal').map(({ line }) => line + moved);
    return quickFixes({ source: document.getText(), fileName: file, shape, lines });
  }
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
