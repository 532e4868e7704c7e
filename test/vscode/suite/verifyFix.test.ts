import assert from 'node:assert/strict';
import { exec } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { FindLeaksArguments } from '../../../src/extension/commands';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { buildShop, type RunningShop, shopFolder, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import {
  clearMessages,
  leaklineDiagnostics,
  pressMessageButton,
  showView,
  viewRow,
  waitForMessage,
} from '../workbench';

const find = (args: FindLeaksArguments) =>
  Promise.resolve(vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', args));

/** Puts a tasks.json into the workspace; resolves when VS Code knows its tasks. */
async function withTasks(tasks: object[], use: () => Promise<void>): Promise<void> {
  const folder = path.join(shopFolder, '.vscode');
  mkdirSync(folder);
  try {
    const changed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('tasks')) return;
        subscription.dispose();
        resolve();
      });
    });
    writeFileSync(path.join(folder, 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks }));
    await changed;
    await use();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Inside of a desktop VS Code, the program that runs the tests is no plain Node.js. */
const nodeProgram = 'electron' in process.versions ? 'node' : process.execPath;

/** Writes into its folder who it is and where it serves. */
const SEATS = `const fs = require('node:fs');
const path = require('node:path');
const seats = [];
function reserve() {
  for (let i = 0; i < 300; i++) seats.push({ number: seats.length });
}
const server = require('node:http').createServer((request, response) => {
  reserve();
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  fs.writeFileSync(path.join(__dirname, 'at.json'), JSON.stringify({ pid: process.pid, port }));
});
`;

/** Visits it, once it is there. */
const DRIVE_SEATS = `import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
const visit = () => fetch('http://127.0.0.1:' + JSON.parse(readFileSync('at.json')).port);
for (let tries = 0; tries < 100; tries++) {
  if (await visit().then(() => true, () => false)) process.exit(0);
  await setTimeout(100);
}
process.exit(1);
`;

function processIdIn(folder: string): number {
  return (JSON.parse(readFileSync(path.join(folder, 'at.json'), 'utf8')) as { pid: number }).pid;
}

describe('A run by a task, and its fix', function () {
  this.timeout(240_000);
  let shop: RunningShop;
  const settings = () => vscode.workspace.getConfiguration('leakline');

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

  it('runs a task of the workspace, worked by the keyboard alone', async () => {
    const task = { label: 'visit the shop', type: 'shell', command: shop.drive(100) };
    await withTasks([{ ...task, presentation: { reveal: 'never' } }], async () => {
      await vscode.commands.executeCommand('leakline.attach', { address: shop.inspector });
      await vscode.commands.executeCommand('workbench.action.quickOpen', '>Leakline: Find Leaks');
      await windowDriver.waitFor({ selector: '.quick-input-list-row:has-text("Find Leaks")' });
      await windowDriver.press('Enter');
      await windowDriver.waitFor({ selector: '.quick-input-list-row:has-text("With a Task")' });
      await windowDriver.type('With a Task');
      await windowDriver.press('Enter');
      await windowDriver.waitFor({ selector: '.quick-input-list-row:has-text("visit the shop")' });
      await windowDriver.press('Enter');
      await windowDriver.waitFor(viewRow('Warm-up 1 of 1'));
      await windowDriver.waitFor(viewRow('Round 1 of 2'));
      await windowDriver.screenshot('runSteps');
      await windowDriver.waitFor({ ...viewRow('PriceQuote'), timeoutMs: 120_000 });
      await windowDriver.waitUntilGone(viewRow('Round 1 of 2'));
    });
  });

  it('fails the round when the task does', async () => {
    const task = { label: 'no visit', type: 'shell', command: 'exit 3' };
    await withTasks([{ ...task, presentation: { reveal: 'never' } }], async () => {
      const failing = find({ address: shop.inspector, task: 'no visit', settleSeconds: 0 });
      await assert.rejects(failing, { code: 'driveFailed' });
      await waitForMessage('ended with exit code 3', 'Find Leaks…');
    });
    await assert.rejects(find({ address: shop.inspector, task: 'none' }), { code: 'driveFailed' });
  });

  describe('verified', () => {
    const verify = () =>
      vscode.commands.executeCommand<LeakReport>('leakline.verifyFix', { address: shop.inspector });

    before(async () => {
      const driveCommand = shop.drive(100);
      await find({ address: shop.inspector, driveCommand, rounds: 2, settleSeconds: 0.1 });
      await clearMessages();
    });

    it('says of code that still leaks how much it did and does', async () => {
      const report = await verify();
      assert.equal(report.verdict, 'leak');
      await waitForMessage('Not fixed', 'Verify Again');
      await waitForMessage('per round before');
      await windowDriver.screenshot('notFixed');
    });

    it('closes the finding once the growth is gone', async () => {
      await clearMessages();
      await shop.stop();
      shop = await startShop({ release: 2, insteadOf: shop });
      const before = leaklineDiagnostics().length;
      assert.notEqual(before, 0);
      // Nothing is said of where: the program is where it was.
      await vscode.commands.executeCommand('leakline.detach');
      await windowDriver.press('Escape');
      await clearMessages();
      const report = await vscode.commands.executeCommand<LeakReport>('leakline.verifyFix');
      assert.equal(report?.verdict, 'clean');
      assert.deepEqual(leaklineDiagnostics(), []);
      await waitForMessage('Fixed.');
      await waitForMessage('no growth now');
      await windowDriver.waitFor(viewRow('No leak found'));
      await windowDriver.screenshot('fixed');
    });
  });
});

describe('The fix of a program that a launch configuration starts', function () {
  this.timeout(240_000);
  const LEAKS = 'for (let i = 0; i < 300; i++) seats.push({ number: seats.length });';
  const settings = () => vscode.workspace.getConfiguration();
  let folder: string;
  let program: string;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'leakline-launch-'));
    program = path.join(folder, 'seats.cjs');
    writeFileSync(program, SEATS);
    writeFileSync(path.join(folder, 'drive.mjs'), DRIVE_SEATS);
    const configuration = { name: 'Seats', type: 'node', request: 'launch', program };
    const configurations = [{ ...configuration, console: 'internalConsole' }];
    const launch = { version: '0.2.0', configurations };
    await settings().update('launch', launch, vscode.ConfigurationTarget.Global);
    await clearMessages();
    await showView();
  });

  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('leakline.detach');
    await vscode.debug.stopDebugging();
    await settings().update('launch', undefined, vscode.ConfigurationTarget.Global);
    await clearMessages();
    rmSync(folder, { recursive: true });
  });

  it('is verified on the program started again, without a question', async () => {
    const { uri } = vscode.workspace.workspaceFolders![0];
    await vscode.commands.executeCommand('leakline.launchTarget', {
      configuration: { name: 'Seats', folder: uri.toString() },
      kind: 'launchable',
    });
    const driveCommand = `"${nodeProgram}" drive.mjs`;
    const report = await find({ driveCommand, root: folder, rounds: 2, settleSeconds: 0.1 });
    assert.equal(report.verdict, 'leak');
    const started = processIdIn(folder);
    writeFileSync(program, SEATS.replace(LEAKS, ''));
    const after = await vscode.commands.executeCommand<LeakReport>('leakline.verifyFix');
    assert.equal(after?.verdict, 'clean');
    assert.notEqual(processIdIn(folder), started);
    await waitForMessage('Fixed.');
  });
});

describe('A result before the run ends', function () {
  this.timeout(120_000);
  let shop: RunningShop;
  const settings = () => vscode.workspace.getConfiguration('leakline');

  before(async () => {
    await buildShop();
    shop = await startShop();
    await settings().update('rounds', 1, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('leakline.attach', { address: shop.inspector });
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

  it('is shown in an extra round, in place of losing it', async () => {
    const driveCommand = shop.drive(100);
    const found = vscode.commands.executeCommand<LeakReport | undefined>('leakline.findLeaks');
    await windowDriver.click({ selector: '.quick-input-list-row:has-text("By Hand")' });
    for (const step of ['Warm-up 1 of 1', 'Round 1 of 1']) {
      await waitForMessage(step, 'Continue');
      await promisify(exec)(driveCommand);
      await pressMessageButton(step, 'Continue');
    }
    await waitForMessage('Extra round 1', 'Show Result Now');
    await windowDriver.screenshot('extraRoundSteps');
    await pressMessageButton('Extra round 1', 'Show Result Now');
    const report = await found;
    assert.equal(report?.rounds, 1);
    assert.notEqual(report.findings.length, 0);
    await windowDriver.waitFor(viewRow('PriceQuote'));
  });
});
