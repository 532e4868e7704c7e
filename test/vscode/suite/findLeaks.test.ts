import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { FindLeaksArguments } from '../../../src/extension/commands';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { buildShop, type RunningShop, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import {
  clearMessages,
  connectedRow,
  cursorOn,
  focusPanelTree,
  leaklineDiagnostics,
  lineOf,
  pressMessageButton,
  shopFile,
  showView,
  viewRow,
} from '../workbench';

const FILE = 'src/pricing.ts';
const ADDS = 'quotes.set(cart.id, quote);';
const DECLARES = 'const quotes = new Map';

describe('Find Leaks in the demo shop', function () {
  this.timeout(180_000);
  let shop: RunningShop;
  let report: LeakReport;

  before(async () => {
    await buildShop();
    shop = await startShop();
    const args: FindLeaksArguments = {
      address: shop.inspector,
      driveCommand: shop.drive(100),
      settleSeconds: 0.1,
    };
    report = await vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', args);
  });

  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('leakline.detach');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clearMessages();
    await shop?.stop();
  });

  it('answers the report', () => {
    assert.equal(report.verdict, 'leak');
    assert.equal(report.rounds, 3);
    assert.equal(report.findings[0]?.className, 'PriceQuote');
  });

  it('marks the line as a problem, with the chain', () => {
    const found = leaklineDiagnostics();
    assert.equal(found.length, report.findings.filter(({ sites }) => sites.length > 0).length);
    const first = found.find(({ diagnostic }) => diagnostic.message.includes('PriceQuote'));
    assert.ok(first);
    assert.equal(first.uri.fsPath, shopFile(FILE).fsPath);
    const { diagnostic } = first;
    const lines = [lineOf(FILE, ADDS), lineOf(FILE, DECLARES)];
    assert.ok(lines.includes(diagnostic.range.start.line), `line ${diagnostic.range.start.line}`);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(typeof diagnostic.code === 'object' && diagnostic.code.value, 'map');
    const related = diagnostic.relatedInformation ?? [];
    const other = lines.find((line) => line !== diagnostic.range.start.line);
    assert.ok(
      related.some(
        ({ location }) =>
          location.uri.fsPath === shopFile(FILE).fsPath && location.range.start.line === other,
      ),
      JSON.stringify(related),
    );
  });

  it('shows connection, finding and chain in its view, where a click opens the line', async () => {
    await clearMessages();
    await showView();
    await windowDriver.waitFor(connectedRow(shop.inspector));
    const [site] = report.findings[0].sites;
    await windowDriver.click(viewRow(`${site.file}:${site.line}`));
    await cursorOn(shopFile(site.file), site.line - 1);
    await windowDriver.waitFor({ selector: '.squiggly-warning' });
    await windowDriver.screenshot('finding');
  });

  it('is listed among the problems', async () => {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    await windowDriver.waitFor({
      selector: '.markers-panel .monaco-list-row:has-text("PriceQuote")',
    });
    await windowDriver.screenshot('problems');
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  describe('in the panel', () => {
    const row = (nth: number) => ({ selector: `[role=treeitem] >> nth=${nth}`, inWebview: true });
    const link = { selector: '.sites .link', inWebview: true };
    const retainers = { selector: '[aria-level="2"]', inWebview: true };

    before(async () => {
      await vscode.commands.executeCommand('leakline.showRetainers', { rank: 1 });
      await windowDriver.waitFor(row(0));
    });

    it('shows the chain from the GC root to the leaked object', async () => {
      const { path } = report.findings[0];
      await windowDriver.click({ selector: '.row.folded', inWebview: true });
      await windowDriver.waitFor(row(path.length - 1));
      const shown = await windowDriver.texts({ selector: '[role=treeitem]', inWebview: true });
      assert.equal(shown.length, path.length);
      assert.match(shown[0], /GC root/);
      assert.match(shown.at(-1)!, /Leaked[^]*PriceQuote/);
      path.forEach(({ objectId }, index) => assert.ok(shown[index].includes(`@${objectId}`)));
    });

    it('opens the line beside itself', async () => {
      const [site] = report.findings[0].sites;
      await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
      await windowDriver.click(link);
      await cursorOn(shopFile(site.file), site.line - 1);
      await windowDriver.waitFor(row(0));
    });

    it('is worked by the keyboard alone: Enter opens the line, the arrows open retainers', async () => {
      const { path } = report.findings[0];
      const { file, line } = path.at(-1)!.site!;
      await focusPanelTree();
      await windowDriver.press('End');
      await windowDriver.press('Enter');
      await cursorOn(shopFile(file), line - 1);

      await focusPanelTree();
      await windowDriver.press('ArrowRight');
      await windowDriver.waitFor(retainers);
      await windowDriver.press('ArrowRight');
      await windowDriver.waitFor({ selector: '[aria-level="2"]:focus', inWebview: true });
    });

    it('is as it was after it was hidden', async () => {
      await vscode.window.showTextDocument(shopFile('src/cart.ts'), {
        viewColumn: vscode.window.tabGroups.activeTabGroup.viewColumn,
      });
      await windowDriver.waitUntilGone({ selector: 'iframe.webview.ready >> visible=true' });
      await vscode.commands.executeCommand('leakline.showRetainers');
      await windowDriver.waitFor(retainers);
    });

    for (const [name, theme] of [
      ['dark', 'Default Dark Modern'],
      ['light', 'Default Light Modern'],
      ['highContrast', 'Default High Contrast'],
    ]) {
      it(`can be seen in ${theme}`, async () => {
        const settings = vscode.workspace.getConfiguration('workbench');
        const changed = new Promise((resolve) => {
          const subscription = vscode.window.onDidChangeActiveColorTheme((kind) => {
            subscription.dispose();
            resolve(kind);
          });
        });
        await settings.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
        try {
          await changed;
          await windowDriver.waitFor(retainers);
          await windowDriver.screenshot(`vscode-${name}`);
        } finally {
          await settings.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
        }
      });
    }
  });

  describe('and once more from its snapshots', () => {
    it('compares stored snapshots that a person picks', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await clearMessages();
      const comparing = vscode.commands.executeCommand<LeakReport>('leakline.compareSnapshots');
      for (const label of ['baseline', 'round 1', 'round 2', 'round 3']) {
        await windowDriver.click({ selector: `.quick-input-list-row:has-text("${label}")` });
      }
      await windowDriver.screenshot('compareSnapshots');
      await windowDriver.press('Enter');
      const compared = await comparing;
      assert.equal(compared.findings[0].className, 'PriceQuote');
      assert.deepEqual(compared.findings[0].sites[0], report.findings[0].sites[0]);
    });

    it('says how it ended, with the next step as a button', async () => {
      await pressMessageButton('leak found', 'Show Retainers');
      await windowDriver.waitFor({ selector: '[role=treeitem]', inWebview: true });
    });

    it('takes its marks away when a later run is clean', async () => {
      const fixed = await startShop({ release: 2 });
      try {
        const args: FindLeaksArguments = {
          address: fixed.inspector,
          driveCommand: fixed.drive(100),
          settleSeconds: 0.1,
        };
        const clean = await vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', args);
        assert.equal(clean.verdict, 'clean');
        assert.deepEqual(leaklineDiagnostics(), []);
        await windowDriver.waitFor(viewRow('No leak found'));
        await windowDriver.waitFor({ selector: '.verdict.clean', inWebview: true });
        await windowDriver.screenshot('clean');
      } finally {
        await vscode.commands.executeCommand('leakline.detach');
        await fixed.stop();
      }
    });

    it('is cleared', async () => {
      await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
      assert.deepEqual(leaklineDiagnostics(), []);
      await windowDriver.waitFor({ selector: '.note', inWebview: true });
      await showView();
      await windowDriver.waitFor({ selector: '.welcome-view' });
    });
  });
});
