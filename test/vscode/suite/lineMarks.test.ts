import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { windowDriver } from '../../support/vscode/windowDriver';
import { type LeakyProgram, startLeakyProgram } from '../leakyProgram';
import { clearMessages, diagnosticsChange, leaklineDiagnostics } from '../workbench';

const MARKS = {
  codeLens: { selector: '.codelens-decoration:has-text("200 Ticket / round")' },
  // The text itself is generated content, which has no box of its own.
  inlineText: { selector: '.view-line:has([class*="ced-"])' },
  gutterIcon: { selector: '.glyph-margin-widgets [class*="ced-"]' },
};
const HOVER = { selector: '.monaco-hover:has-text("since the baseline")' };

describe('A line with a finding', function () {
  this.timeout(180_000);
  let program: LeakyProgram;
  let uri: vscode.Uri;
  let editor: vscode.TextEditor;

  async function find(): Promise<LeakReport> {
    return vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', {
      address: program.inspector,
      driveCommand: program.drive,
      root: program.folder,
      settleSeconds: 0,
    });
  }

  const diagnostic = () => leaklineDiagnostics()[0].diagnostic;
  const lineText = () => editor.document.lineAt(diagnostic().range.start.line).text;

  before(async () => {
    program = await startLeakyProgram();
    await find();
    uri = vscode.Uri.file(program.file);
  });
  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clearMessages();
    editor = await vscode.window.showTextDocument(uri);
    const { start } = diagnostic().range;
    editor.selection = new vscode.Selection(start, start);
  });
  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('leakline.detach');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await program.stop();
  });

  it('is a problem that walks from the allocation to the GC root', () => {
    const { severity, source, relatedInformation = [] } = diagnostic();
    assert.deepEqual([severity, source], [vscode.DiagnosticSeverity.Warning, 'Leakline']);
    const walk = relatedInformation.map(({ message }) => message.replace(/:.*/, ''));
    const wanted = ['allocated here', 'stored here', 'held by', 'GC root'];
    assert.deepEqual(
      walk.filter((step) => wanted.includes(step)).filter((step, at, all) => step !== all[at - 1]),
      wanted.filter((step) => walk.includes(step)),
    );
    assert.ok(walk.includes('stored here'));
    assert.equal(walk.at(-1), 'GC root');
  });

  it('says above itself what each round leaves; a click shows what keeps it alive', async () => {
    await windowDriver.click(MARKS.codeLens);
    await windowDriver.waitFor({ selector: '[role=treeitem]', inWebview: true });
  });

  it('explains itself in a hover, whose links work', async () => {
    // A hover that opens before the problem is drawn says nothing of it.
    await windowDriver.waitFor({ selector: '[class*="squiggly-"]' });
    await vscode.commands.executeCommand('editor.action.showHover');
    await windowDriver.waitFor(HOVER);
    const text = await windowDriver.text(HOVER);
    for (const part of ['▁▃▆█', 'confidence', '3 rounds', 'alive at the end']) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    // The problem's own hover stands above, with the title and the fix.
    for (const part of [/Array .?tickets.? keeps/g, /Remove from .?tickets.?|limit/g]) {
      assert.equal(text.match(part)?.length, 1, `${part} once in ${text}`);
    }
    // The second time the hover takes the focus, and then the keys.
    await vscode.commands.executeCommand('editor.action.showHover');
    await windowDriver.press('PageDown');
    await windowDriver.screenshot('hoverBelowProblem');
    await windowDriver.click({ selector: `${HOVER.selector} a:has-text("Show Retainers")` });
    await windowDriver.waitFor({ selector: '[role=treeitem]', inWebview: true });
  });

  it('leads to the page that explains leaks of its shape', async () => {
    const { code } = diagnostic();
    assert.equal(typeof code === 'object' && code.value, 'array');
    await vscode.commands.executeCommand('editor.action.showHover');
    await windowDriver.click({ selector: '.monaco-hover a.code-link:has-text("array")' });
    await windowDriver.waitFor({ selector: '.tab[aria-label*="array.md"]' });

    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('editor.action.showHover');
    await windowDriver.click({ selector: `${HOVER.selector} a:has-text("Explain This Leak")` });
    await windowDriver.waitFor({ selector: '.tab[aria-label*="Preview array.md"]' });
  });

  for (const name of Object.keys(MARKS) as (keyof typeof MARKS)[]) {
    it(`is without its ${name} while that is switched off`, async () => {
      const settings = vscode.workspace.getConfiguration('leakline');
      await windowDriver.waitFor(MARKS[name]);
      await settings.update(`${name}.enabled`, false, vscode.ConfigurationTarget.Global);
      try {
        await windowDriver.waitUntilGone(MARKS[name]);
      } finally {
        await settings.update(`${name}.enabled`, undefined, vscode.ConfigurationTarget.Global);
      }
      await windowDriver.waitFor(MARKS[name]);
    });
  }

  it('has no hover while that is switched off', async () => {
    const hovers = () =>
      vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        diagnostic().range.start,
      );
    const isOurs = ({ contents }: vscode.Hover) =>
      contents.some(
        (text) => typeof text === 'object' && text.value.includes('since the baseline'),
      );
    const settings = vscode.workspace.getConfiguration('leakline');
    assert.ok((await hovers()).some(isOurs));
    await settings.update('hover.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      assert.ok(!(await hovers()).some(isOurs));
    } finally {
      await settings.update('hover.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('moves with edits, says that its file has changed, and is as it was when they are undone', async () => {
    const { message, range } = diagnostic();
    await editor.edit((edit) => edit.insert(new vscode.Position(2, 0), '// new\n// new\n'));
    assert.equal(diagnostic().range.start.line, range.start.line + 2);
    assert.match(lineText(), /tickets\.push/);
    assert.match(diagnostic().message, /has changed since this run/);
    await windowDriver.waitFor(MARKS.codeLens);
    await vscode.commands.executeCommand('undo');
    await diagnosticsChange(() => diagnostic().message === message);
    assert.equal(diagnostic().range.start.line, range.start.line);
  });

  it('says so as well where the file was changed on disk', async () => {
    const text = await readFile(program.file, 'utf8');
    const isStale = () => diagnostic().message.includes('has changed since this run');
    try {
      await writeFile(program.file, `// new\n${text}`);
      await diagnosticsChange(isStale);
      assert.match(lineText(), /tickets\.push/);
    } finally {
      await writeFile(program.file, text);
    }
    await diagnosticsChange(() => !isStale());
  });

  for (const [name, theme] of [
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
    ['highContrast', 'Default High Contrast'],
  ]) {
    it(`can be seen in ${theme}`, async () => {
      const settings = vscode.workspace.getConfiguration('workbench');
      const changed = new Promise<void>((resolve) => {
        const subscription = vscode.window.onDidChangeActiveColorTheme(() => {
          subscription.dispose();
          resolve();
        });
      });
      await settings.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      try {
        await changed;
        for (const mark of Object.values(MARKS)) await windowDriver.waitFor(mark);
        // The problem has a hover of its own, which would come first.
        const start = new vscode.Position(diagnostic().range.start.line, 2);
        editor.selection = new vscode.Selection(start, start);
        await vscode.commands.executeCommand('editor.action.showHover');
        await windowDriver.waitFor(HOVER);
        await windowDriver.screenshot(`line-${name}`);
      } finally {
        await settings.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
      }
    });
  }

  it('is bare once its finding is dismissed', async () => {
    const { rank } = (await find()).findings[0];
    await vscode.commands.executeCommand('leakline.dismissFinding', { rank });
    for (const mark of Object.values(MARKS)) await windowDriver.waitUntilGone(mark);
    assert.deepEqual(leaklineDiagnostics(), []);
  });
});
