import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import { plainText } from '../../report/plainText';
import type { FindingLine, FindingLines } from '../results/findingLines';
import { isShown, type LineSetting } from './lineSettings';

/** Characters of a title behind a line. */
const TEXT_LENGTH = 120;

/** One way to mark a line, which can be switched off by itself. */
interface Mark {
  readonly setting: LineSetting;
  readonly type: vscode.TextEditorDecorationType;
  readonly optionsOf: (line: FindingLine) => vscode.DecorationOptions;
}

/** Marks lines with findings in every visible editor: text behind the line, gutter, overview ruler. */
export class LineDecorations implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly marks: readonly Mark[];

  constructor(
    private readonly lines: FindingLines,
    extensionUri: vscode.Uri,
  ) {
    const media = vscode.Uri.joinPath(extensionUri, 'media');
    this.marks = [
      { setting: 'inlineText.enabled', type: inlineTextType(), optionsOf: inlineText },
      { setting: 'gutterIcon.enabled', type: gutterIconType(media), optionsOf: wholeLine },
      { setting: 'overviewRuler.enabled', type: overviewRulerType(), optionsOf: wholeLine },
    ];
    for (const { type } of this.marks) this.disposables.add(type);
    const { window, workspace } = vscode;
    this.disposables.add(lines.onDidChange(() => this.show()));
    this.disposables.add(window.onDidChangeVisibleTextEditors(() => this.show()));
    this.disposables.add(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('leakline')) this.show();
      }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private show(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const { uri } = editor.document;
      const found = uri.scheme === 'file' ? this.lines.inFile(uri.fsPath) : [];
      const configuration = vscode.workspace.getConfiguration('leakline', uri);
      for (const { setting, type, optionsOf } of this.marks) {
        const shown = isShown(configuration, setting) ? found : [];
        editor.setDecorations(type, shown.map(optionsOf));
      }
    }
  }
}

function inlineTextType(): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    after: {
      margin: '0 0 0 3ch',
      color: new vscode.ThemeColor('editorCodeLens.foreground'),
      fontStyle: 'italic',
    },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
}

function gutterIconType(media: vscode.Uri): vscode.TextEditorDecorationType {
  const icon = (name: string) => ({ gutterIconPath: vscode.Uri.joinPath(media, name) });
  return vscode.window.createTextEditorDecorationType({
    dark: icon('gutter-dark.svg'),
    light: icon('gutter-light.svg'),
    gutterIconSize: 'contain',
  });
}

function overviewRulerType(): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.warningForeground'),
    // Other marks of problems are on the right.
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
}

function inlineText(line: FindingLine): vscode.DecorationOptions {
  const { title, sites } = line.finding;
  // Who reads it there knows which file it is.
  const text = title.replace(` (${sites[0].file})`, '').replaceAll('`', '');
  const contentText = plainText(text, TEXT_LENGTH);
  return { ...wholeLine(line), renderOptions: { after: { contentText } } };
}

/** To far right of the line; VS Code ends it where the line does. */
function wholeLine({ place: { line } }: FindingLine): vscode.DecorationOptions {
  return { range: new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER) };
}
