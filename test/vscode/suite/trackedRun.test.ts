import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { FindLeaksArguments } from '../../../src/extension/commands';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { buildShop, type RunningShop, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import { clearMessages, connectedRow, showView } from '../workbench';

describe('A run that records every allocation', function () {
  this.timeout(180_000);
  let shop: RunningShop;

  before(async () => {
    await buildShop();
    shop = await startShop();
  });

  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await clearMessages();
    await shop?.stop();
  });

  it('names who made what leaks, and detaches, so that the program is fast again', async () => {
    const args: FindLeaksArguments = {
      address: shop.inspector,
      driveCommand: shop.drive(40),
      rounds: 2,
      settleSeconds: 0.1,
      trackAllocations: true,
      hideKeys: true,
    };
    const report = await vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', args);
    const { className, evidence } = report.findings[0];
    assert.equal(className, 'PriceQuote');
    const agreed =
      /^(Recorded|Sampled) allocations agree: .* in calls of `quoteCart` \(src\/pricing\.ts:/;
    assert.ok(
      evidence.some((sentence) => agreed.test(sentence)),
      evidence.join('\n'),
    );
    assert.ok(!evidence.some((sentence) => sentence.includes('keys')));
    await showView();
    await windowDriver.waitUntilGone(connectedRow(shop.inspector));
  });
});
