import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { projectRoot } from '../../support/projectRoot';
import { inTheme, picture } from '../pictures';
import { buildShop, type RunningShop, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import {
  clearMessages,
  leaklineDiagnostics,
  lineOf,
  shopFile,
  showView,
  viewRow,
} from '../workbench';

describe('The packaged extension in a VS Code that has nothing else', function () {
  this.timeout(180_000);
  let shop: RunningShop;

  before(async () => {
    await buildShop();
    shop = await startShop();
  });

  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('leakline.detach');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clearMessages();
    await shop?.stop();
  });

  it('is the installed one', () => {
    const extension = vscode.extensions.getExtension('leakline.leakline');
    assert.ok(extension, 'leakline.leakline is not installed');
    const fromProject = path.relative(projectRoot, extension.extensionPath);
    assert.match(fromProject, /^\.\./, 'it runs from the sources');
    assert.equal(existsSync(path.join(extension.extensionPath, 'src', 'extension')), false);
  });

  it('finds the leak of the shop, marks the line and opens the panel', async () => {
    const report = await vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', {
      address: shop.inspector,
      driveCommand: shop.drive(100),
      settleSeconds: 0.1,
      root: shopFile('.').fsPath,
    });
    assert.equal(report.verdict, 'leak');
    const found = leaklineDiagnostics().find(({ diagnostic }) =>
      diagnostic.message.includes('PriceQuote'),
    );
    assert.equal(found?.uri.fsPath, shopFile('src/pricing.ts').fsPath);
    const line = lineOf('src/pricing.ts', 'quotes.set(cart.id, quote);');
    assert.equal(found.diagnostic.range.start.line, line);

    await vscode.window.showTextDocument(found.uri, { selection: found.diagnostic.range });
    await showView();
    await clearMessages();
    await windowDriver.waitFor(viewRow('PriceQuote'));
    await vscode.commands.executeCommand('leakline.showRetainers');
    await windowDriver.waitFor({ selector: 'text=PriceQuote', inWebview: true });
    await clearMessages();
    await inTheme('dark', () => picture('finding'));
  });

  it('has a page in the gallery', async () => {
    await vscode.commands.executeCommand('workbench.extensions.search', '@installed leakline');
    await windowDriver.click({
      selector: '.extensions-list .monaco-list-row:has-text("Leakline")',
    });
    await windowDriver.waitFor({ selector: '.extension-editor .name:has-text("Leakline")' });
    await windowDriver.screenshot('gallery');
  });
});
