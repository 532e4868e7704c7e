import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { buildShop, type RunningShop, startShop } from '../../support/shop';
import { windowDriver } from '../../support/vscode/windowDriver';
import {
  clearMessages,
  connectedRow,
  leaklineDiagnostics,
  showView,
  waitForMessage,
} from '../workbench';

const run = (command: string, args: object) =>
  Promise.resolve(vscode.commands.executeCommand(command, args));

/** A server on a free port that answers as `respond` says. */
async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('When something goes wrong', function () {
  this.timeout(120_000);
  let shop: RunningShop;

  before(buildShop);
  beforeEach(async () => {
    shop = await startShop();
    await clearMessages();
    await showView();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('leakline.detach');
    await run('leakline.clear', { snapshots: true });
    await shop.stop();
  });

  /** The whole of Leakline still works. */
  async function attachWorks(): Promise<void> {
    const another = await startShop();
    try {
      await run('leakline.attach', { address: another.inspector });
      await windowDriver.waitFor(connectedRow(another.inspector));
    } finally {
      await vscode.commands.executeCommand('leakline.detach');
      await another.stop();
    }
  }

  it('a port where nobody listens is named, with another attach as the way on', async () => {
    const server = createServer();
    const address = await listen(server);
    await once(server.close(), 'close');
    await assert.rejects(run('leakline.attach', { address }), { code: 'connectionRefused' });
    await waitForMessage(address, 'Attach…');
    await windowDriver.screenshot('connectionRefused');
    await attachWorks();
  });

  it('a server that is no inspector is told from one', async () => {
    const server = createServer((_, response) => response.end('<h1>Shop</h1>'));
    const address = await listen(server);
    try {
      await assert.rejects(run('leakline.attach', { address }), { code: 'notAnInspector' });
      await waitForMessage(address, 'Attach…');
    } finally {
      server.close();
    }
    await attachWorks();
  });

  it('a program that ends in mid-run ends the run', async () => {
    const driveCommand = `node -e "process.kill(${shop.process.pid}, 'SIGKILL')"`;
    const finding = run('leakline.findLeaks', {
      address: shop.inspector,
      driveCommand,
      settleSeconds: 0,
    });
    await assert.rejects(finding, { code: 'connectionLost' });
    await waitForMessage('', 'Attach Again');
    await windowDriver.screenshot('connectionLost');
    await windowDriver.waitUntilGone(connectedRow(shop.inspector));
    assert.deepEqual(leaklineDiagnostics(), []);
    await attachWorks();
  });

  it('a program that ends while nothing runs is noticed', async () => {
    await run('leakline.attach', { address: shop.inspector });
    await windowDriver.waitFor(connectedRow(shop.inspector));
    await shop.stop();
    await waitForMessage('', 'Attach Again');
    await windowDriver.waitUntilGone(connectedRow(shop.inspector));
  });

  it('a drive command that fails says so, with its output', async () => {
    const finding = run('leakline.findLeaks', {
      address: shop.inspector,
      driveCommand: 'echo no such shopper; exit 3',
    });
    await assert.rejects(finding, { code: 'driveFailed' });
    await waitForMessage('no such shopper');
  });

  it('cancelling ends the run and the command that it waits for', async () => {
    const server = createServer();
    const address = await listen(server);
    const started = once(server, 'connection');
    const finding = run('leakline.findLeaks', {
      address: shop.inspector,
      driveCommand: `node -e "require('net').connect(${address.split(':')[1]})"`,
    });
    finding.catch(() => {});
    const [socket] = (await started) as [Socket];
    const gone = once(socket.resume(), 'close');
    await vscode.commands.executeCommand('leakline.cancel');
    await assert.rejects(finding, { code: 'cancelled' });
    await gone;
    server.close();
    // Still attached: cancelling a run does not cost the connection.
    await windowDriver.waitFor(connectedRow(shop.inspector));
  });

  it('a second job is refused while one runs', async () => {
    const server = createServer();
    const address = await listen(server);
    const started = once(server, 'connection');
    const finding = run('leakline.findLeaks', {
      address: shop.inspector,
      driveCommand: `node -e "require('net').connect(${address.split(':')[1]})"`,
    });
    finding.catch(() => {});
    await started;
    await assert.rejects(run('leakline.takeSnapshot', {}), { code: 'usage' });
    await vscode.commands.executeCommand('leakline.cancel');
    await assert.rejects(finding, { code: 'cancelled' });
    server.close();
  });

  it('a file that is no snapshot is named, with others to choose', async () => {
    const paths = [__filename, path.join(path.dirname(__filename), 'smoke.test.js')];
    const comparing = run('leakline.compareSnapshots', { paths });
    await assert.rejects(comparing, { code: 'notASnapshot' });
    await waitForMessage('', 'Choose Other Snapshots…');
  });
});
