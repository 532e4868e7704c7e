import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { buildShop, type RunningShop, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import { answerWarning } from '../dialogs';
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

  describe('of a program at an address that need not be of this machine', () => {
    const take = () => vscode.commands.executeCommand<string>('leakline.takeSnapshot', {});
    const snapshots = () =>
      readdirSync(path.dirname(file)).filter((name) => name.endsWith('.heapsnapshot'));

    before(async () => {
      const address = shop.inspector.replace('127.0.0.1', '[::ffff:127.0.0.1]');
      await vscode.commands.executeCommand('leakline.attach', { address });
    });

    it('asks first, with what it will cost; a no takes none', async () => {
      const before = snapshots();
      const asked = answerWarning(undefined);
      const taken = take();
      const refused = assert.rejects(Promise.resolve(taken), /cancelled/i);
      const detail = await asked;
      assert.match(detail, /The program runs elsewhere/);
      assert.match(detail, /will hold the program up for .* and take .* more memory/);
      await refused;
      assert.deepEqual(snapshots(), before);
    });

    it('takes it after a yes', async () => {
      void answerWarning('Take Snapshots');
      const taken = await take();
      assert.ok(statSync(taken).size > 1_000_000);
    });

    it('asks before a run does anything to the program', async () => {
      const find = () =>
        vscode.commands.executeCommand('leakline.findLeaks', {
          driveCommand: shop.drive(1),
          warmup: 1,
          rounds: 2,
          settleSeconds: 0,
        });
      const asked = answerWarning(undefined);
      const refused = assert.rejects(Promise.resolve(find()), /cancelled/i);
      await asked;
      await refused;
      assert.equal((await fetch(shop.url)).status, 200);
    });
  });
});
