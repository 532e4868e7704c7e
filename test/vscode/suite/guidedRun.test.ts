import assert from 'node:assert/strict';
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { buildShop, type RunningShop, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import { clearMessages, pressMessageButton, showView, viewRow, waitForMessage } from '../workbench';

describe('A guided run, by hand', function () {
  this.timeout(180_000);
  const settings = () => vscode.workspace.getConfiguration('leakline');
  let shop: RunningShop;

  before(async () => {
    await buildShop();
    shop = await startShop();
    await settings().update('rounds', 2, vscode.ConfigurationTarget.Global);
    await clearMessages();
    await showView();
  });

  after(async () => {
    await settings().update('rounds', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('leakline.detach');
    await clearMessages();
    await shop?.stop();
  });

  const useShop = () => promisify(exec)(shop.drive(100));

  it('starts from the empty view, and goes on when the person says so', async () => {
    await windowDriver.screenshot('welcome');
    await windowDriver.click({ selector: '.welcome-view .monaco-button:has-text("Find Leaks…")' });
    await windowDriver.waitFor({ selector: '.quick-input-widget:has-text("node --inspect")' });
    await windowDriver.press('Control+A');
    await windowDriver.type(shop.inspector);
    await windowDriver.press('Enter');
    await windowDriver.click({ selector: '.quick-input-list-row:has-text("By Hand")' });

    await waitForMessage('Warm-up 1 of 1', 'Continue');
    await useShop();
    await pressMessageButton('Warm-up 1 of 1', 'Continue');

    await waitForMessage('Round 1 of 2', 'Continue');
    await windowDriver.screenshot('guidedRun');
    await useShop();
    await pressMessageButton('Round 1 of 2', 'Continue');

    // Whoever closes the message goes on from the view.
    await waitForMessage('Round 2 of 2', 'Continue');
    await useShop();
    await clearMessages();
    await windowDriver.click(viewRow('Round 2 of 2'));

    await windowDriver.waitFor({ ...viewRow('PriceQuote'), timeoutMs: 60_000 });
  });

  it('says of a round that was not planned that it is an extra one, and why', async () => {
    await settings().update('rounds', 1, vscode.ConfigurationTarget.Global);
    await clearMessages();
    const found = vscode.commands.executeCommand<LeakReport | undefined>('leakline.findLeaks');
    await windowDriver.click({ selector: '.quick-input-list-row:has-text("By Hand")' });
    for (const step of ['Warm-up 1 of 1', 'Round 1 of 1', 'Extra round 1 of at most 3']) {
      await waitForMessage(step, 'Continue');
      if (step.startsWith('Extra')) {
        await waitForMessage('still in doubt what leaks', 'Continue');
        await windowDriver.waitFor(viewRow(step));
        await windowDriver.screenshot('extraRound');
      }
      await useShop();
      await pressMessageButton(step, 'Continue');
    }
    const report = await found;
    assert.equal(report?.verdict, 'leak');
    assert.equal(report.rounds, 2);
  });

  it('ends when the person cancels it', async () => {
    const ended = vscode.commands.executeCommand<LeakReport | undefined>('leakline.findLeaks');
    await windowDriver.click({ selector: '.quick-input-list-row:has-text("By Hand")' });
    await pressMessageButton('Warm-up 1 of 1', 'Cancel');
    assert.equal(await ended, undefined);
    await windowDriver.waitUntilGone(viewRow('Warm-up 1 of 1'));
    // What was found before is still there, and nobody is told of an error.
    await windowDriver.waitFor(viewRow('PriceQuote'));
    const errors = { selector: '.notification-list-item .codicon-error' };
    assert.deepEqual(await windowDriver.texts(errors), []);
  });
});
