import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { windowDriver } from '../../support/vscode/windowDriver';
import { answerWarning } from '../dialogs';
import { nodeProgram } from '../leakyProgram';
import {
  chooseMenuItem,
  clearMessages,
  openMenu,
  showView,
  viewRow,
  waitForMessage,
} from '../workbench';

/** Starts a worker thread and a child process, both of which run until they are ended. */
const CODE = `
if (process.argv[2] === 'child') {
  setInterval(() => {}, 1000);
} else {
  const { Worker } = require('node:worker_threads');
  const child = require('node:child_process').fork(__filename, ['child'], { execArgv: [] });
  const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'thumbnails' });
  worker.once('online', () => console.log(child.pid));
  // Ends with whoever started it.
  process.on('disconnect', () => process.exit());
}
`;

const run = (command: string, ...args: unknown[]) =>
  Promise.resolve(vscode.commands.executeCommand(command, ...args));

/** How deep a row is in its tree; -1 if it is not to be seen. */
async function levelOf(text: string): Promise<number> {
  const { selector } = viewRow(text);
  for (let level = 1; level < 20; level++) {
    const rows = await windowDriver.texts({ selector: `${selector}[aria-level="${level}"]` });
    if (rows.length > 0) return level;
  }
  return -1;
}

describe('Processes of this machine', function () {
  this.timeout(180_000);
  let folder: string;
  let program: ChildProcess;
  let childPid: number;
  let commandLine: string[];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'leakline-processes-'));
    const file = path.join(folder, 'gallery.cjs');
    writeFileSync(file, CODE);
    commandLine = [nodeProgram, '--inspect-port=127.0.0.1:0', file];
    program = spawn(nodeProgram, commandLine.slice(1), {
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    const [line] = (await once(createInterface({ input: program.stdout! }), 'line')) as [string];
    childPid = Number(line);
    await clearMessages();
    await showView();
  });

  after(async () => {
    await run('leakline.detach');
    for (const pid of [childPid, program.pid!]) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const connected = { selector: `${viewRow('gallery.cjs').selector}:has-text(", connected")` };

  it('are listed where their inspector is off, children below their parent', async () => {
    await windowDriver.click(viewRow('This Machine, Inspector Off'));
    await windowDriver.press('ArrowRight');
    await windowDriver.waitFor(viewRow(`gallery.cjs[${program.pid}]`));
    await windowDriver.waitFor(viewRow(`gallery.cjs[${childPid}]`));
    const level = await levelOf(`gallery.cjs[${program.pid}]`);
    assert.equal(await levelOf(`gallery.cjs[${childPid}]`), level + 1);
    await windowDriver.screenshot('processesOff');
  });

  it('are left alone if the person does not want the signal', async () => {
    const asked = answerWarning(undefined);
    await run('leakline.openInspector', { pid: program.pid, commandLine });
    assert.match(await asked, /SIGUSR1.*127\.0\.0\.1.*stays open/);
    assert.equal(await windowDriver.texts(connected).then(({ length }) => length), 0);
  });

  it('are not signalled if the number has become that of another one', async () => {
    void answerWarning('Open Inspector');
    const other = { pid: program.pid, commandLine: ['node', 'other.js'] };
    await run('leakline.openInspector', other);
    await waitForMessage(`Process ${program.pid} has ended`);
    await clearMessages();
  });

  it('open their inspector once the person agrees, and are connected to', async () => {
    void answerWarning('Open Inspector');
    await run('leakline.openInspector', { pid: program.pid, commandLine });
    await windowDriver.waitFor(connected);
    const off = `${viewRow(`gallery.cjs[${program.pid}]`).selector}:has-text("inspector off")`;
    await windowDriver.waitUntilGone({ selector: off });
  });

  it('list their worker threads, of which one can be connected to', async () => {
    await openMenu(connected);
    await chooseMenuItem('List Worker Threads');
    await windowDriver.waitFor(viewRow('thumbnails'));
    await windowDriver.screenshot('workerThreads');
    await windowDriver.click(viewRow('worker thread 1'));
    await windowDriver.waitFor(viewRow(', worker thumbnails'));
    await windowDriver.screenshot('workerConnected');
  });
});
