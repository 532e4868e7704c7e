import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import * as vscode from 'vscode';
import { buildShop, type RunningShop, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import { showView, viewRow } from '../workbench';

describe('Take Heap Snapshot', function () {
  this.timeout(120_000);
  let shop: RunningShop;
  let file: string;

  before(async () => {
    await buildShop();
    shop = await startShop();
    await vscode.commands.executeCommand('leakline.attach', { address: shop.inspector });
    file = await vscode.commands.executeCommand<string>('leakline.takeSnapshot', {});
  });

  after(async () => {
    await vscode.commands.executeCommand('leakline.detach');
    await shop?.stop();
  });

  it('writes a file that only its owner may read', () => {
    const stats = statSync(file);
    assert.ok(stats.size > 1_000_000, `${stats.size} bytes`);
    if (process.platform !== 'win32') assert.equal(stats.mode & 0o777, 0o600);
  });

  it('lists it in the view, until it is cleared', async () => {
    await showView();
    await windowDriver.waitFor(viewRow('snapshot'));
    await vscode.commands.executeCommand('leakline.clear', { snapshots: false });
    assert.ok(existsSync(file));
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    assert.ok(!existsSync(file));
    await windowDriver.waitUntilGone(viewRow('snapshot'));
  });
});
