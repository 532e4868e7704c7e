import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { parseKnownFindings } from '../../../src/report/knownFindings';
import { projectRoot } from '../../support/projectRoot';
import { windowDriver } from '../../support/vscode/windowDriver';
import { startModule, type WorkingModule } from '../../support/workingModule';
import {
  clearMessages,
  leaklineDiagnostics,
  showView,
  viewRow,
  waitForMessage,
} from '../workbench';

const MODULE = 'limitMap.mjs';
const ADDS = 'thumbnails.set(name, drawn);';
const FIX = "Keep only the newest 1,000 in 'thumbnails'";
const REASON = 'There are only 400 pictures.';
const BADGE = '.activitybar .action-item:has([aria-label^="Leakline"]) .badge-content:not(:empty)';
const ROW = '.action-widget .monaco-list-row';

/** Resolves once so many diagnostics of Leakline are there. */
async function diagnosticsAre(count: number): Promise<void> {
  const disposables: vscode.Disposable[] = [];
  await new Promise<void>((resolve) => {
    const check = () => {
      if (leaklineDiagnostics().length === count) resolve();
    };
    disposables.push(vscode.languages.onDidChangeDiagnostics(check));
    check();
  });
  for (const disposable of disposables) disposable.dispose();
}

describe('What can be done about a finding', function () {
  this.timeout(180_000);
  let program: WorkingModule;
  let editor: vscode.TextEditor;
  const known = () => path.join(program.folder, '.leakline.json');

  const find = () =>
    vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', {
      address: program.inspector,
      driveCommand: program.drive(200),
      root: program.folder,
      settleSeconds: 0.1,
    });

  before(async () => {
    const source = path.join(projectRoot, 'test', 'fixtures', 'fixes', MODULE);
    program = await startModule(MODULE, readFileSync(source, 'utf8'));
    const report = await find();
    assert.deepEqual(
      report.findings.map(({ className }) => className),
      ['Object'],
    );
  });

  beforeEach(async () => {
    await clearMessages();
    const file = vscode.Uri.file(path.join(program.folder, MODULE));
    editor = await vscode.window.showTextDocument(file);
    const line = editor.document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes(ADDS));
    const at = new vscode.Position(line, 4);
    editor.selection = new vscode.Selection(at, at);
  });

  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('leakline.detach');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clearMessages();
    await program?.stop();
  });

  /** Opens the menu of the light bulb, and answers what it offers. */
  async function openMenu(): Promise<string[]> {
    await windowDriver.press('Control+.');
    await windowDriver.waitFor({ selector: `${ROW}.focused` });
    return windowDriver.texts({ selector: ROW });
  }

  /** Chooses an action with the keyboard alone. */
  async function choose(title: string): Promise<void> {
    const offered = await openMenu();
    assert.ok(
      offered.some((row) => row.includes(title)),
      offered.join(', '),
    );
    for (let step = 0; step < offered.length; step++) {
      const [focused] = await windowDriver.texts({ selector: `${ROW}.focused` });
      if (focused?.includes(title)) break;
      await windowDriver.press('ArrowDown');
    }
    await windowDriver.press('Enter');
  }

  for (const [name, theme] of [
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
    ['highContrast', 'Default High Contrast'],
  ]) {
    it(`is in the menu of the light bulb, in ${theme}`, async () => {
      const settings = vscode.workspace.getConfiguration('workbench');
      await settings.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      try {
        const offered = await openMenu();
        await windowDriver.screenshot(`codeActions-${name}`);
        for (const title of [FIX, 'Show Retainers', 'Ignore This Finding…', 'Copy Finding as']) {
          assert.ok(
            offered.some((row) => row.includes(title)),
            `${title} is not in ${offered.join(', ')}`,
          );
        }
      } finally {
        await windowDriver.press('Escape');
        await settings.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
      }
    });
  }

  it('fixes the line', async () => {
    const before = editor.document.getText();
    const changed = new Promise((resolve) => {
      const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== editor.document) return;
        subscription.dispose();
        resolve(event);
      });
    });
    await choose(FIX);
    await changed;
    const fixed = editor.document.getText();
    assert.match(fixed, /const MAX_THUMBNAILS = 1000;\nconst thumbnails/);
    assert.match(fixed, /drawn\);\n {2}if \(thumbnails\.size > MAX_THUMBNAILS\)/);
    await windowDriver.screenshot('quickFix');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
  });

  it('is no fix once the line is another', async () => {
    const line = editor.selection.active.line;
    const column = editor.document.lineAt(line).text.indexOf('drawn');
    await editor.edit((edit) => edit.insert(new vscode.Position(line, column), '/* new */ '));
    try {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        editor.document.uri,
        editor.selection,
      );
      const offered = actions.map(({ title }) => title);
      assert.ok(offered.includes('Show Retainers'), offered.join(', '));
      assert.ok(!offered.includes(FIX), offered.join(', '));
    } finally {
      await vscode.commands.executeCommand('undo');
    }
  });

  it('copies the finding as Markdown', async () => {
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('leakline.copyFinding', { rank: 1 });
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^### 1\. Map \\`thumbnails\\` keeps/);
  });

  it('ignores the finding for a reason, which the tree shows', async () => {
    await choose('Ignore This Finding…');
    await windowDriver.waitFor({ selector: '.quick-input-widget input:focus' });
    await windowDriver.press('Enter');
    await windowDriver.waitFor({ selector: '.quick-input-message:has-text("reason is needed")' });
    await windowDriver.type(REASON);
    await windowDriver.screenshot('ignoreReason');
    await windowDriver.press('Enter');
    await diagnosticsAre(0);
    const [entry, ...more] = parseKnownFindings(readFileSync(known(), 'utf8'));
    assert.deepEqual([more.length, entry.reason, entry.file], [0, REASON, MODULE]);
    assert.match(entry.date ?? '', /^\d{4}-\d\d-\d\d$/);
    assert.notEqual(entry.author, '');
    await showView();
    await windowDriver.click(viewRow('1 ignored'));
    await windowDriver.waitFor(viewRow(`ignored: ${REASON}`));
    await windowDriver.screenshot('ignoredFinding');
  });

  it('leaves it out of everything after another run, and says that there is one', async () => {
    await vscode.commands.executeCommand('leakline.showRetainers');
    const report = await find();
    assert.deepEqual([report.verdict, report.findings], ['clean', []]);
    assert.deepEqual(leaklineDiagnostics(), []);
    await waitForMessage('no leak found, 1 ignored');
    await windowDriver.waitFor({ selector: '.summary:has-text("1 ignored")', inWebview: true });
    const details = { selector: '[role=treeitem], #chain', inWebview: true };
    assert.deepEqual(await windowDriver.texts(details), []);
    assert.deepEqual(await windowDriver.texts({ selector: BADGE }), []);
    await windowDriver.screenshot('ignoredAfterRun');
    const verified = vscode.commands.executeCommand('leakline.verifyFix', {
      address: program.inspector,
    });
    await assert.rejects(Promise.resolve(verified), { code: 'usage' });
  });

  it('follows the file: without the entry the diagnostic is back, with it gone', async () => {
    const text = readFileSync(known(), 'utf8');
    writeFileSync(known(), '{ "version": 1 }');
    await diagnosticsAre(1);
    writeFileSync(known(), text);
    await diagnosticsAre(0);
  });

  it('says what is wrong with a broken file, and ignores nothing then', async () => {
    const text = readFileSync(known(), 'utf8');
    writeFileSync(known(), '{ "version": 1 ');
    await diagnosticsAre(1);
    await waitForMessage('.leakline.json is not JSON');
    writeFileSync(known(), text);
    await diagnosticsAre(0);
  });

  it('stops ignoring it from the tree', async () => {
    await showView();
    await windowDriver.click(viewRow('1 ignored'));
    const { selector } = viewRow(`ignored: ${REASON}`);
    await windowDriver.click({ selector });
    await windowDriver.click({ selector: `${selector} [aria-label^="Stop Ignoring"]` });
    await diagnosticsAre(1);
    assert.ok(existsSync(known()));
    assert.deepEqual(parseKnownFindings(readFileSync(known(), 'utf8')), []);
    await windowDriver.waitFor({ selector: `${BADGE}:has-text("1")` });
    await vscode.commands.executeCommand('leakline.showRetainers');
    await windowDriver.waitFor({ selector: '#chain', inWebview: true });
  });
});
