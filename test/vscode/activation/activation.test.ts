import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowDriver } from '../../support/vscode/windowDriver';

describe('Activation of the packaged extension', () => {
  it('takes a time that VS Code knows, as it does of an extension that does nothing', async () => {
    await vscode.extensions.getExtension('leakline.leakline')?.activate();
    await vscode.extensions.getExtension('leakline-tests.carrier')?.activate();
    await vscode.commands.executeCommand('workbench.action.showRuntimeExtensions');
    await reportTimeOf('Leakline');
    // The list is in the order of the times, and shows only what fits.
    await windowDriver.click({ selector: '.runtime-extensions-editor .extension .name' });
    await windowDriver.press('End');
    await reportTimeOf('carrier');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});

/** `npm run size` looks for the line. */
async function reportTimeOf(extension: string): Promise<void> {
  const row = `.runtime-extensions-editor .extension:has-text("${extension}")`;
  const time = await windowDriver.text({ selector: `${row} .activation-time`, timeoutMs: 50_000 });
  assert.match(time, /Activation: \d+ms/);
  console.info(`${extension}: ${time}`);
}
