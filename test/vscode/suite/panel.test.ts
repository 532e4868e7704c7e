import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { FindLeaksArguments } from '../../../src/extension/commands';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { buildShop, type RunningShop, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import { clearMessages, cursorOn, focusPanelTree, shopFile } from '../workbench';

describe('The panel in VS Code', function () {
  this.timeout(180_000);
  let shop: RunningShop;
  let report: LeakReport;
  const inPanel = (selector: string) => ({ selector, inWebview: true });

  before(async () => {
    await buildShop();
    shop = await startShop();
    const args: FindLeaksArguments = {
      address: shop.inspector,
      driveCommand: shop.drive(100),
      settleSeconds: 0.1,
    };
    report = await vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', args);
    await vscode.commands.executeCommand('leakline.showRetainers', { rank: 1 });
    await windowDriver.waitFor(inPanel('[role=treeitem]'));
  });

  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('leakline.detach');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clearMessages();
    await shop?.stop();
  });

  it('draws the growth, with its icons and under its policy', async () => {
    await windowDriver.waitFor(inPanel('.chart canvas >> nth=1'));
    const legends = await windowDriver.texts(inPanel('.u-legend'));
    assert.equal(legends[0], report.findings[0].className);
    assert.match(legends[1], /JavaScript heap/);
    await windowDriver.waitFor(inPanel('vscode-toolbar-button[icon=copy] .codicon-copy'));
    await windowDriver.click(inPanel('.growth summary'));
    await windowDriver.waitFor(inPanel('.growth td'));
    await windowDriver.screenshot('panelGrowth');
  });

  it('offers source and path in the context menu of a row, by the keyboard', async () => {
    const { file, line } = report.findings[0].path.at(-1)!.site!;
    await focusPanelTree();
    await windowDriver.press('End');
    await windowDriver.press('Shift+F10');
    const reveal = { selector: '.context-view .action-label:has-text("Reveal in Source")' };
    await windowDriver.waitFor(reveal);
    await windowDriver.waitFor({ selector: '.context-view .action-label:has-text("Copy Path")' });
    await windowDriver.screenshot('panelContextMenu');
    await windowDriver.click(reveal);
    await cursorOn(shopFile(file), line - 1);
  });

  it('copies how the object of a row is held, from that menu', async () => {
    const { className, objectId } = report.findings[0].path.at(-1)!;
    await vscode.env.clipboard.writeText('nothing yet');
    await focusPanelTree();
    await windowDriver.press('End');
    await windowDriver.press('Shift+F10');
    const copy = { selector: '.context-view .action-label:has-text("Copy Path")' };
    await windowDriver.click(copy);
    // A menu that has just opened takes a click for the end of the one that opened it.
    await windowDriver
      .waitUntilGone({ ...copy, timeoutMs: 3_000 })
      .catch(() => windowDriver.click(copy));
    await windowDriver.waitUntilGone(copy);
    // Pasted, as a person would: VS Code tells nobody of what is copied.
    const { document } = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: '' }),
    );
    const copied = () => document.getText().includes(`${className} @${objectId}`);
    for (let tries = 0; tries < 100 && !copied(); tries++) {
      await vscode.commands.executeCommand('editor.action.selectAll');
      await vscode.commands.executeCommand('editor.action.clipboardPasteAction');
    }
    assert.ok(copied(), document.getText());
    const lines = document.getText().split(/\r?\n/);
    assert.equal(lines.length, report.findings[0].path.length);
    assert.match(lines[0], /^\(GC root\)/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('filters retainers in the worker', async () => {
    await focusPanelTree();
    await windowDriver.press('ArrowRight');
    await windowDriver.waitFor(inPanel('.row.retainer.object'));
    await windowDriver.press('Control+F');
    await windowDriver.type('no such retainer');
    await windowDriver.waitFor(inPanel('text=0 found'));
    await windowDriver.screenshot('panelFilter');
  });
});
