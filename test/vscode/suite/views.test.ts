import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { FindLeaksArguments } from '../../../src/extension/commands';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { buildShop, type RunningShop, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import { answerNext } from '../dialogs';
import {
  chooseMenuItem,
  clearMessages,
  connectedRow,
  menuItem,
  openMenu,
  showView,
  viewRow,
  waitForMessage,
} from '../workbench';

const run = <T>(command: string, ...args: unknown[]) =>
  Promise.resolve(vscode.commands.executeCommand<T>(command, ...args));
const pickRow = (text: string) => ({ selector: `.quick-input-list-row:has-text("${text}")` });
const input = { selector: '.quick-input-widget input[type=text]:focus' };

/** A tunnel as ssh makes one: what answers there is no process of this machine. */
async function openTunnel(to: string): Promise<{ address: string; server: Server }> {
  const [host, port] = to.split(':');
  const server = createServer((near) => {
    const far = connect(Number(port), host);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('The views', function () {
  this.timeout(180_000);
  let shop: RunningShop;

  before(async () => {
    await buildShop();
    shop = await startShop();
    await clearMessages();
    await showView();
  });

  after(async () => {
    await run('leakline.detach');
    await run('leakline.clear', { snapshots: true });
    await clearMessages();
    await shop?.stop();
  });

  describe('Targets', () => {
    const row = () => viewRow(shop.inspector);

    it('lists a program of this machine that nobody has named', async () => {
      await windowDriver.waitFor(row());
      await windowDriver.screenshot('targets');
    });

    it('connects on a click, and puts it first', async () => {
      await windowDriver.click(row());
      await windowDriver.waitFor(connectedRow(shop.inspector));
    });

    it('shows its command line', async () => {
      const asked = answerNext('showInformationMessage', undefined);
      await openMenu(connectedRow(shop.inspector));
      await chooseMenuItem('Show Command Line');
      const [, { detail }] = (await asked) as [string, { detail: string }];
      assert.match(detail, /--inspect=127\.0\.0\.1:0 .*server\.js$/);
    });

    it('disconnects from its menu', async () => {
      await openMenu(connectedRow(shop.inspector));
      await windowDriver.waitFor(menuItem('Show Command Line'));
      await windowDriver.screenshot('targetMenu');
      await chooseMenuItem('Detach');
      await windowDriver.waitUntilGone(connectedRow(shop.inspector));
      await windowDriver.waitFor(row());
    });

    it('remembers a target elsewhere, which can be saved and removed', async () => {
      const { address, server } = await openTunnel(shop.inspector);
      try {
        await run('leakline.attach', { address });
        await windowDriver.waitFor(connectedRow(address));
        await run('leakline.detach');
        await windowDriver.waitFor(viewRow('Recent'));
        const saved = run('leakline.saveTarget', { address, kind: 'saveable' });
        await windowDriver.waitFor(input);
        await windowDriver.type('Staging');
        await windowDriver.press('Enter');
        await saved;
        await windowDriver.waitFor(viewRow('Staging'));
        // Other targets may still be among the recent ones.
        assert.equal((await windowDriver.texts(viewRow(address))).length, 1);
        await run('leakline.removeTarget', { address, kind: 'removable' });
        await windowDriver.waitUntilGone(viewRow('Staging'));
      } finally {
        server.close();
      }
    });

    it('forgets a program that ends', async () => {
      const other = await startShop();
      await windowDriver.waitFor(viewRow(other.inspector));
      await other.stop();
      await windowDriver.waitUntilGone(viewRow(other.inspector));
    });

    it('starts a launch configuration, and connects beside its debugger', async () => {
      const settings = vscode.workspace.getConfiguration();
      const folder = mkdtempSync(path.join(tmpdir(), 'leakline-launch-'));
      const program = path.join(folder, 'launched.cjs');
      writeFileSync(program, 'setInterval(() => {}, 1000);\n');
      const configuration = { name: 'Launched', type: 'node', request: 'launch', program };
      const configurations = [{ ...configuration, console: 'internalConsole' }];
      const user = vscode.ConfigurationTarget.Global;
      await settings.update('launch', { version: '0.2.0', configurations }, user);
      try {
        await windowDriver.waitFor(viewRow('Launched'));
        const { uri } = vscode.workspace.workspaceFolders![0];
        await run('leakline.launchTarget', {
          configuration: { name: 'Launched', folder: uri.toString() },
          kind: 'launchable',
        });
        await showView();
        await windowDriver.waitFor(viewRow('launched.cjs'));
        await windowDriver.waitFor(viewRow(', connected'));
      } finally {
        await run('leakline.detach');
        await vscode.debug.stopDebugging();
        await settings.update('launch', undefined, user);
        rmSync(folder, { recursive: true });
      }
    });
  });

  describe('Findings', () => {
    let report: LeakReport;
    const group = (text: string) => viewRow(text);

    before(async () => {
      await clearMessages();
      await showView();
      const args: FindLeaksArguments = {
        address: shop.inspector,
        driveCommand: shop.drive(100),
        rounds: 2,
        settleSeconds: 0.1,
      };
      report = await run<LeakReport>('leakline.findLeaks', args);
    });

    it('counts findings on the badge', async () => {
      const count = report.findings.length;
      await windowDriver.waitFor({
        selector: `.activitybar .badge:has-text("${count}"), .composite-bar .badge:has-text("${count}")`,
      });
    });

    it('groups by file at first, then as the person says', async () => {
      await windowDriver.waitFor(group(report.findings[0].sites[0].file));
      const grouped = run('leakline.groupFindings');
      await windowDriver.click(pickRow('By Class'));
      await grouped;
      await windowDriver.waitFor(viewRow('PriceQuote'));
      await windowDriver.screenshot('findingsByClass');
      const back = run('leakline.groupFindings');
      await windowDriver.click(pickRow('By File'));
      await back;
    });

    it('filters while one types; Escape undoes it', async () => {
      const undone = run('leakline.filterFindings');
      await windowDriver.waitFor(input);
      await windowDriver.type('no such finding');
      await windowDriver.waitFor(viewRow('No finding matches the filter'));
      await windowDriver.press('Escape');
      await undone;
      await windowDriver.waitFor(viewRow('src/pricing.ts'));

      const kept = run('leakline.filterFindings');
      await windowDriver.waitFor(input);
      await windowDriver.type('pricequote');
      await windowDriver.press('Enter');
      await kept;
      await windowDriver.waitFor({ selector: '.pane-body :text("Only findings with")' });
      await windowDriver.screenshot('findingsFiltered');
      await run('leakline.clearFilter');
      await windowDriver.waitUntilGone({ selector: '.pane-body :text("Only findings with")' });
    });
  });

  describe('Status bar', () => {
    const item = { selector: '.statusbar-item[id*="leakline"]' };

    it('tells the target and its heap, and offers what can be done', async () => {
      await windowDriver.waitFor({ selector: `${item.selector}:has-text("MB")` });
      await windowDriver.click({ selector: `${item.selector} a` });
      await windowDriver.waitFor(pickRow('Verify Fix'));
      await windowDriver.waitFor(pickRow('Detach'));
      await windowDriver.screenshot('statusActions');
      await windowDriver.press('Escape');
    });
  });

  describe('Snapshots', () => {
    const view = '.pane:has(.pane-header[aria-label^="Snapshots"]) .monaco-list-row';
    const row = (text: string) => ({ selector: `${view}:has-text("${text}")` });
    const snapshots = () => run('leakline.snapshots.focus');

    it('shows what the run took', async () => {
      await snapshots();
      await windowDriver.waitFor(row('baseline'));
      await windowDriver.waitFor(row('round 2'));
    });

    it('renames one with F2', async () => {
      await windowDriver.click(row('round 1'));
      await windowDriver.press('F2');
      await windowDriver.waitFor(input);
      await windowDriver.press('Control+A');
      await windowDriver.type('after one visit');
      await windowDriver.press('Enter');
      await windowDriver.waitFor(row('after one visit'));
      await windowDriver.waitUntilGone(row('round 1'));
    });

    it('compares the ones that are selected', async () => {
      await clearMessages();
      await snapshots();
      await windowDriver.click(row('baseline'));
      await windowDriver.press('Shift+ArrowDown');
      await windowDriver.press('Shift+ArrowDown');
      await windowDriver.press('Shift+F10');
      await windowDriver.screenshot('snapshotMenu');
      await chooseMenuItem('Compare Selected');
      await waitForMessage('leak found', 'Show Retainers');
    });

    it('saves one elsewhere', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'leakline-save-'));
      const to = path.join(folder, 'copy.heapsnapshot');
      try {
        void answerNext('showSaveDialog', vscode.Uri.file(to));
        const from = await run<string>('leakline.takeSnapshot', {});
        const asked = answerNext('showWarningMessage', 'Save as It Is');
        await run('leakline.saveSnapshotAs', { path: from });
        assert.match(String((await asked)[0]), /all that the program had in memory/);
        assert.ok(readFileSync(to).equals(readFileSync(from)));

        const redacted = path.join(folder, 'redacted.heapsnapshot');
        void answerNext('showSaveDialog', vscode.Uri.file(redacted));
        await run('leakline.exportRedacted', { path: from });
        const { strings } = JSON.parse(readFileSync(redacted, 'utf8')) as { strings: string[] };
        assert.ok(strings.some((text) => /^\[string \d+, \d+ characters\]$/.test(text)));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('deletes one, after having asked', async () => {
      for (const answer of [undefined, 'Delete']) {
        const asked = answerNext('showWarningMessage', answer);
        await openMenu(row('after one visit'));
        await chooseMenuItem('Delete');
        assert.match(String((await asked)[0]), /after one visit/);
      }
      await windowDriver.waitUntilGone(row('after one visit'));
      await windowDriver.waitFor(row('baseline'));
    });

    it('deletes one by the keyboard alone', async () => {
      const shown = await windowDriver.texts({ selector: view });
      await snapshots();
      await windowDriver.press('End');
      const last = `${view}:has-text(${JSON.stringify(shown.at(-1))})`;
      await windowDriver.waitFor({ selector: `${last}.focused` });
      await windowDriver.press('Enter');
      await windowDriver.waitFor({ selector: `${last}.selected` });
      const asked = answerNext('showWarningMessage', 'Delete');
      await windowDriver.press('Delete');
      assert.match(String((await asked)[0]), /^Delete the snapshot/);
      const left = { selector: `${view} >> nth=${shown.length - 1}` };
      await windowDriver.waitUntilGone(left);
      assert.equal((await windowDriver.texts({ selector: view })).length, shown.length - 1);
    });
  });

  describe('All together', () => {
    for (const [name, theme] of [
      ['dark', 'Default Dark Modern'],
      ['light', 'Default Light Modern'],
      ['highContrast', 'Default High Contrast'],
    ]) {
      it(`can be seen in ${theme}`, async () => {
        await clearMessages();
        await showView();
        const settings = vscode.workspace.getConfiguration('workbench');
        await settings.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
        try {
          const kind = { dark: '.vs-dark', light: '.vs', highContrast: '.hc-black' }[name];
          await windowDriver.waitFor({ selector: `.monaco-workbench${kind}` });
          await windowDriver.waitFor(viewRow('src/pricing.ts'));
          await windowDriver.screenshot(`views-${name}`);
        } finally {
          await settings.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
        }
      });
    }
  });
});
