import * as vscode from 'vscode';
import type { CommandId } from '../commands';
import { findingHover } from './findingHover';
import type { FindingLine, FindingLines } from '../results/findingLines';
import { isShown } from './lineSettings';

const SHOW: CommandId = 'leakline.showRetainers';
const EXPLAIN: CommandId = 'leakline.explainShape';
const DISMISS: CommandId = 'leakline.dismissFinding';

/** Explains a finding to who points at its line. */
export class FindingHovers implements vscode.HoverProvider, vscode.Disposable {
  private readonly registration;

  constructor(private readonly lines: FindingLines) {
    this.registration = vscode.languages.registerHoverProvider({ scheme: 'file' }, this);
  }

  provideHover({ uri }: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const configuration = vscode.workspace.getConfiguration('leakline', uri);
    if (!isShown(configuration, 'hover.enabled')) return undefined;
    const found = this.lines
      .inFile(uri.fsPath)
      .filter(({ place }) => place.line === position.line + 1);
    if (found.length === 0) return undefined;
    return new vscode.Hover(found.map((line) => toMarkdown(line, isBelowProblem(found, position))));
  }

  dispose(): void {
    this.registration.dispose();
  }
}

/** A diagnostic reaches from its column to the end of the line. Two have to be told apart. */
function isBelowProblem(found: readonly FindingLine[], { character }: vscode.Position): boolean {
  const [only, ...others] = found;
  return others.length === 0 && only !== undefined && character >= only.place.column - 1;
}

function toMarkdown(line: FindingLine, isBelow: boolean): vscode.MarkdownString {
  const { rank, shape } = line.finding;
  const links = [
    commandLink(vscode.l10n.t('Show Retainers'), SHOW, { rank }),
    commandLink(vscode.l10n.t('Explain This Leak'), EXPLAIN, shape),
    commandLink(vscode.l10n.t('Dismiss Finding'), DISMISS, { rank }),
  ];
  const markdown = new vscode.MarkdownString(findingHover(line, links.join(' · '), isBelow));
  markdown.isTrusted = { enabledCommands: [SHOW, EXPLAIN, DISMISS] };
  return markdown;
}

function commandLink(title: string, command: CommandId, argument: unknown): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
