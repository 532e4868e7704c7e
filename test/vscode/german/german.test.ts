import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowDriver } from '../../support/vscode/windowDriver';
import { type LeakyProgram, startLeakyProgram } from '../leakyProgram';
import { clearMessages, showView, viewRow, waitForMessage } from '../workbench';

describe('In a German window', function () {
  this.timeout(120_000);
  let program: LeakyProgram;

  before(async () => {
    program = await startLeakyProgram();
  });
  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('leakline.detach');
    await clearMessages();
    await program.stop();
  });

  it('the language is what this is about', () => assert.equal(vscode.env.language, 'de'));

  it('views and commands are German', async () => {
    await showView();
    await windowDriver.waitFor({ selector: '.pane-header:has-text("Befunde")' });
    await windowDriver.waitFor({
      selector: '.welcome-view:has-text("die Zeile, die es am Leben")',
    });
    await windowDriver.waitFor({
      selector: '.welcome-view .monaco-button:has-text("Lecks suchen")',
    });
    await windowDriver.screenshot('german');
  });

  it('so is what the code says, and what the panel does', async () => {
    await vscode.commands.executeCommand('leakline.findLeaks', {
      address: program.inspector,
      driveCommand: program.drive,
      root: program.folder,
      settleSeconds: 0,
    });
    await waitForMessage('Ticket', 'Retainer anzeigen');
    await windowDriver.waitFor(viewRow('hinzugefügt in tickets.cjs:13'));
    await vscode.commands.executeCommand('leakline.showRetainers');
    await windowDriver.waitFor({ selector: 'html[lang=de] body', inWebview: true });
    await windowDriver.waitFor({ selector: '.verdict:has-text("Leck gefunden")', inWebview: true });
    await windowDriver.screenshot('germanPanel');
  });
});
