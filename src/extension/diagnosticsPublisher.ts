import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable';
import type { SourcePlace } from '../investigation/investigation';
import type { CurrentResult, OpenResult } from './currentResult';
import { findingDiagnostics, type FindingDiagnostic } from './findingDiagnostics';
import type { KnownFindings } from './knownFindings';

/** Far right of every line; VS Code ends the mark where the line does. */
const LINE_END = 2 ** 31 - 2;

/** Keeps the Problems view at what the current result says. */
export class DiagnosticsPublisher implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('leakline');
  private readonly subscriptions = new DisposableStore();

  constructor(
    results: CurrentResult,
    private readonly known: KnownFindings,
  ) {
    this.subscriptions.add(results.onDidChange((result) => this.publish(result)));
    this.subscriptions.add(known.onDidChange(() => this.publish(results.value)));
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.collection.dispose();
  }

  private publish(result: OpenResult | undefined): void {
    this.collection.clear();
    if (!result) return;
    const byFile = new Map<string, vscode.Diagnostic[]>();
    const { root, report } = result;
    const findings = report.findings.filter((finding) => !this.known.entryOf(root, finding));
    for (const diagnostic of findingDiagnostics(root, { ...report, findings })) {
      const { file } = diagnostic.place;
      byFile.set(file, [...(byFile.get(file) ?? []), toDiagnostic(diagnostic)]);
    }
    for (const [file, diagnostics] of byFile) {
      this.collection.set(vscode.Uri.file(file), diagnostics);
    }
  }
}

function toDiagnostic({ place, message, code, related }: FindingDiagnostic): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    restOfLine(place),
    message,
    vscode.DiagnosticSeverity.Warning,
  );
  diagnostic.source = 'Leakline';
  diagnostic.code = code;
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
