import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { windowDriver } from '../../support/vscode/windowDriver';

describe('Activation of the packaged extension', () => {
  it('takes a time that VS Code knows, as it does of an extension that does nothing', async () => {
    await vscode.extensions.getExtension('leakline.leakline')?.activate();
    await vscode.extensions.getExtension('leakline-tests.carrier')?.activate();
    await vscode.commands.executeCommand('workbench.action.showRuntimeExtensions');
    // The list is in the order of the times.
    await windowDriver.click({ selector: '.runtime-extensions-editor .extension .name' });
    await reportTimeOf('Leakline');
    await reportTimeOf('carrier');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});

const rowOf = (extension: string) =>
  `.runtime-extensions-editor .extension:has-text("${extension}")`;

/** Walks down the list, which has only the rows that fit. */
async function scrollTo(extension: string): Promise<void> {
  await windowDriver.press('Home');
  for (let page = 0; page < 20; page++) {
    if ((await windowDriver.texts({ selector: rowOf(extension) })).length > 0) return;
    await windowDriver.press('PageDown');
    await delay(200);
  }
}

/** `npm run size` looks for the line. */
async function reportTimeOf(extension: string): Promise<void> {
  const selector = `${rowOf(extension)} .activation-time`;
  await scrollTo(extension);
  const time = await windowDriver.text({ selector, timeoutMs: 20_000 });
  assert.match(time, /Activation: \d+ms/);
  console.info(`${extension}: ${time}`);
}
