import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { projectRoot } from '../../support/projectRoot';
import { windowDriver } from '../../support/vscode/windowDriver';
import { inTheme, picture, themes } from '../pictures';
import {
  clearMessages,
  diagnosticsChange,
  leaklineDiagnostics,
  waitForMessage,
} from '../workbench';

describe('The leak gym', function () {
  this.timeout(240_000);
  let folder: string;
  let exercise: string;
  const app = () => path.join(exercise, 'app.js');

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-gym-'));
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });

  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('leakline.detach');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clearMessages();
    await rm(folder, { recursive: true, force: true });
  });

  it('offers its exercises with what each is about', async () => {
    const opened = vscode.commands.executeCommand('leakline.openGym');
    await windowDriver.waitFor({
      selector: '.quick-input-list-row:has-text("Logins that never end")',
    });
    for (const theme of themes) {
      await inTheme(theme, async () => {
        await windowDriver.screenshot(`gymPick-${theme}`);
      });
    }
    await windowDriver.press('Escape');
    await opened;
  });

  it('opens a copy of an exercise, without its solution', async () => {
    const args = { exercise: 'map', folder };
    exercise = await vscode.commands.executeCommand<string>('leakline.openGym', args);
    assert.equal(exercise, path.join(folder, 'leak-gym', 'map'));
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, app());
    assert.equal(existsSync(path.join(exercise, 'solution.js')), false);
    await windowDriver.waitFor({ selector: '.editor-actions .codicon-run' });
    await clearMessages();
    await inTheme('dark', () => picture('gym'));
    for (const theme of themes) {
      await inTheme(theme, async () => {
        await windowDriver.screenshot(`gym-${theme}`);
      });
    }
  });

  it('gives a hint', async () => {
    await vscode.commands.executeCommand('leakline.showHint');
    await waitForMessage('Not everybody leaves by the same door.');
    await clearMessages();
  });

  it('finds the line of the exercise', async () => {
    const found = diagnosticsChange(() => saysOf(app()).length > 0);
    await windowDriver.click({ selector: '.editor-actions .codicon-run' });
    await found;
    const [{ diagnostic }] = saysOf(app());
    const lines = (await readFile(app(), 'utf8')).split('\n');
    assert.match(lines[diagnostic.range.start.line], /sessions\.set\(token/);
  });

  it('shows the solution beside what the person has', async () => {
    await vscode.commands.executeCommand('leakline.showSolution');
    await windowDriver.waitFor({ selector: '.diff-editor, .monaco-diff-editor' });
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.ok(activeTab?.input instanceof vscode.TabInputTextDiff);
    assert.equal(activeTab.input.original.fsPath, app());
    const solution = await vscode.workspace.openTextDocument(activeTab.input.modified);
    const twin = path.join(projectRoot, 'gym', 'map', 'solution.js');
    assert.equal(solution.getText(), await readFile(twin, 'utf8'));
    await windowDriver.screenshot('gymSolution');
  });

  it('finds nothing once it is mended, which the next opening leaves as it is', async () => {
    const twin = path.join(projectRoot, 'gym', 'map', 'solution.js');
    await writeFile(app(), await readFile(twin, 'utf8'));
    await vscode.commands.executeCommand('leakline.openGym', { exercise: 'map', folder });
    const report = await vscode.commands.executeCommand<LeakReport>('leakline.runExercise');
    assert.equal(report.verdict, 'clean');
    assert.equal(await readFile(app(), 'utf8'), await readFile(twin, 'utf8'));
  });

  it('knows no other exercises', async () => {
    const opened = vscode.commands.executeCommand('leakline.openGym', {
      exercise: '../map',
      folder,
    });
    await assert.rejects(Promise.resolve(opened), /no exercise/);
    await clearMessages();
  });

  const saysOf = (file: string) => leaklineDiagnostics().filter(({ uri }) => uri.fsPath === file);
});
