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

  provideHover({ uri }: vscode.TextDocument, { line }: vscode.Position): vscode.Hover | undefined {
    const configuration = vscode.workspace.getConfiguration('leakline', uri);
    if (!isShown(configuration, 'hover.enabled')) return undefined;
    const found = this.lines.inFile(uri.fsPath).filter(({ place }) => place.line === line + 1);
    return found.length === 0 ? undefined : new vscode.Hover(found.map(toMarkdown));
  }

  dispose(): void {
    this.registration.dispose();
  }
}

function toMarkdown(line: FindingLine): vscode.MarkdownString {
  const { rank, shape } = line.finding;
  const links = [
    commandLink(vscode.l10n.t('Show Retainers'), SHOW, { rank }),
    commandLink(vscode.l10n.t('Explain This Leak'), EXPLAIN, shape),
    commandLink(vscode.l10n.t('Dismiss Finding'), DISMISS, { rank }),
  ];
  const markdown = new vscode.MarkdownString(findingHover(line, links.join(' · ')));
  markdown.isTrusted = { enabledCommands: [SHOW, EXPLAIN, DISMISS] };
  return markdown;
}

function commandLink(title: string, command: CommandId, argument: unknown): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
