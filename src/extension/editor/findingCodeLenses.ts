import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import type { CommandId } from '../commands';
import type { FindingLine, FindingLines } from '../results/findingLines';
import { growthMark } from '../results/growthText';
import { isShown } from './lineSettings';

/** Says above the line of a finding what each round leaves; a click shows what keeps it alive. */
export class FindingCodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly lines: FindingLines) {
    const { languages, workspace } = vscode;
    this.disposables.add(languages.registerCodeLensProvider({ scheme: 'file' }, this));
    this.disposables.add(lines.onDidChange(() => this.changed.fire()));
    this.disposables.add(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('leakline.codeLens')) this.changed.fire();
      }),
    );
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const configuration = vscode.workspace.getConfiguration('leakline', uri);
    if (!isShown(configuration, 'codeLens.enabled')) return [];
    return this.lines.inFile(uri.fsPath).map(toLens);
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

function toLens({ finding, place }: FindingLine): vscode.CodeLens {
  const command: CommandId = 'leakline.showRetainers';
  return new vscode.CodeLens(new vscode.Range(place.line - 1, 0, place.line - 1, 0), {
    command,
    title: withoutIcons(growthMark(finding)),
    tooltip: vscode.l10n.t('Show what keeps these objects alive'),
    arguments: [{ rank: finding.rank }],
  });
}

/** Names come from the target; VS Code makes an icon of `$(name)`. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
