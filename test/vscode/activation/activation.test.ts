import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowDriver } from '../../support/vscode/windowDriver';

describe('Activation of the packaged extension', () => {
  it('takes a time that VS Code knows', async () => {
    await vscode.extensions.getExtension('leakline.leakline')?.activate();
    await vscode.commands.executeCommand('workbench.action.showRuntimeExtensions');
    const row = {
      selector: '.runtime-extensions-editor .extension:has-text("Leakline") .activation-time',
      timeoutMs: 50_000,
    };
    const time = await windowDriver.text(row);
    assert.match(time, /Activation: \d+ms/);
    // `npm run size` looks for this line.
    console.info(`Leakline: ${time}`);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
