import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowDriver } from '../../support/vscode/windowDriver';

interface Manifest {
  contributes: { commands: { command: string; title: string; category?: string }[] };
}

describe('The extension in VS Code', () => {
  const extension = () => {
    const found = vscode.extensions.getExtension('leakline.leakline');
    assert.ok(found, 'leakline.leakline is not installed');
    return found;
  };

  it('is there and activates', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('registers every command that package.json declares', async () => {
    await extension().activate();
    const declared = (extension().packageJSON as Manifest).contributes.commands;
    assert.notEqual(declared.length, 0);
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = declared.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it('offers its commands to a person who types its name', async () => {
    await vscode.commands.executeCommand('workbench.action.quickOpen', '>Leakline: ');
    await windowDriver.waitFor({ selector: '.quick-input-list .monaco-list-row' });
    await windowDriver.screenshot('commandPalette');
    const offered = await windowDriver.texts({ selector: '.quick-input-list .monaco-list-row' });
    await windowDriver.press('Escape');
    assert.ok(
      offered.some((row) => row.includes('Leakline: ')),
      `offered: ${offered.join(', ')}`,
    );
  });
});
