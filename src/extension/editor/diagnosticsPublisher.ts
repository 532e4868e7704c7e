import * as vscode from 'vscode';
import type { SourcePlace } from '../../investigation/investigation';
import { shapePage } from '../results/explainShape';
import {
  findingDiagnostic,
  type FindingDiagnostic,
  type FindingSeverity,
} from './findingDiagnostics';
import type { FindingLines } from '../results/findingLines';

/** Far right of every line; VS Code ends the mark where the line does. */
const LINE_END = 2 ** 31 - 2;

const SEVERITIES: Readonly<Record<FindingSeverity, vscode.DiagnosticSeverity>> = {
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

type Entry = [vscode.Uri, readonly vscode.Diagnostic[] | undefined];

/** Keeps the Problems view at what the current result says. */
export class DiagnosticsPublisher implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('leakline');
  private readonly subscription;
  /** Absolute paths of the files that have diagnostics. */
  private published: ReadonlySet<string> = new Set();

  constructor(
    private readonly lines: FindingLines,
    private readonly extensionUri: vscode.Uri,
  ) {
    this.subscription = lines.onDidChange(() => this.publish());
  }

  dispose(): void {
    this.subscription.dispose();
    this.collection.dispose();
  }

  private publish(): void {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const line of this.lines.all) {
      const { file } = line.place;
      const page = shapePage(this.extensionUri, line.finding.shape);
      const diagnostic = toDiagnostic(findingDiagnostic(line), page);
      byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
    }
    // Replaced in one go, so that nothing flickers while somebody types.
    const gone = [...this.published].filter((file) => !byFile.has(file));
    this.collection.set([
      ...[...byFile].map(([file, found]): Entry => [vscode.Uri.file(file), found]),
      ...gone.map((file): Entry => [vscode.Uri.file(file), undefined]),
    ]);
    this.published = new Set(byFile.keys());
  }
}

/** @param page Explains what `code` stands for; VS Code opens no commands from here. */
function toDiagnostic(finding: FindingDiagnostic, page: vscode.Uri): vscode.Diagnostic {
  const { place, message, severity, code, related } = finding;
  const diagnostic = new vscode.Diagnostic(restOfLine(place), message, SEVERITIES[severity]);
  diagnostic.source = 'Leakline';
  diagnostic.code = { value: code, target: page };
  diagnostic.relatedInformation = related.map(
    (other) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(vscode.Uri.file(other.place.file), restOfLine(other.place)),
        other.message,
      ),
  );
  return diagnostic;
}

function restOfLine({ line, column }: SourcePlace): vscode.Range {
  return new vscode.Range(line - 1, column - 1, line - 1, LINE_END);
}
