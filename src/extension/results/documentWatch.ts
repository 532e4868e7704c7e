import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import { readNamedFile } from '../../source/readNamedFile';
import type { CurrentResult } from './currentResult';
import type { FindingLines } from './findingLines';

/** Tells the finding lines what becomes of the files that a result names, in editors and on disk. */
export class DocumentWatch implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  /** There while there is a result. */
  private watcher: vscode.Disposable | undefined;

  constructor(
    results: CurrentResult,
    private readonly lines: FindingLines,
  ) {
    const { workspace } = vscode;
    this.disposables.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0 || document.uri.scheme !== 'file') return;
        lines.edit(document.uri.fsPath, contentChanges, () => document.getText());
      }),
    );
    this.disposables.add(workspace.onDidOpenTextDocument(({ uri }) => this.checkIfNamed(uri)));
    this.disposables.add(workspace.onDidCloseTextDocument(({ uri }) => this.checkIfNamed(uri)));
    this.disposables.add(results.onDidChange((result) => this.follow(result !== undefined)));
  }

  dispose(): void {
    this.disposables.dispose();
    this.watcher?.dispose();
  }

  private follow(hasResult: boolean): void {
    if (!hasResult) this.watcher?.dispose();
    this.watcher = hasResult ? (this.watcher ?? this.watchFiles()) : undefined;
    for (const file of this.lines.files) void this.check(file);
  }

  private watchFiles(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const onEvent = (uri: vscode.Uri) => this.checkIfNamed(uri);
    const subscriptions = [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete];
    return vscode.Disposable.from(watcher, ...subscriptions.map((event) => event(onEvent)));
  }

  private checkIfNamed({ scheme, fsPath }: vscode.Uri): void {
    if (scheme === 'file' && this.lines.files.includes(fsPath)) void this.check(fsPath);
  }

  /** What an editor has counts, saved or not; else what is on disk. */
  private async check(file: string): Promise<void> {
    const isIt = ({ uri, isClosed }: vscode.TextDocument) =>
      uri.scheme === 'file' && uri.fsPath === file && !isClosed;
    const find = () => vscode.workspace.textDocuments.find(isIt)?.getText();
    const onDisk = find() === undefined ? await readNamedFile(file) : undefined;
    if (!this.disposables.isDisposed) this.lines.check(file, find() ?? onDisk);
  }
}
