import * as vscode from 'vscode';
import type { FindingLines } from '../results/findingLines';
import { DiagnosticsPublisher } from './diagnosticsPublisher';
import { FindingCodeActions } from './findingCodeActions';
import { FindingCodeLenses } from './findingCodeLenses';
import { FindingHovers } from './findingHovers';
import { LineDecorations } from './lineDecorations';

/** Everything that stands where a finding's line is, until it is disposed. */
export function markLines(lines: FindingLines, extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.Disposable.from(
    new DiagnosticsPublisher(lines, extensionUri),
    new FindingCodeLenses(lines),
    new LineDecorations(lines, extensionUri),
    new FindingHovers(lines),
    new FindingCodeActions(lines),
  );
}
