import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { FindLeaksArguments } from '../../../src/extension/commands';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { windowDriver } from '../../support/vscode/windowDriver';
import { LEAKY_CODE, nodeProgram, startLeakyProgram } from '../leakyProgram';
import {
  clearMessages,
  diagnosticsChange,
  leaklineDiagnostics,
  pressMessageButton,
  showView,
  viewRow,
  waitForMessage,
} from '../workbench';

const run = <T>(command: string, ...args: unknown[]) =>
  Promise.resolve(vscode.commands.executeCommand<T>(command, ...args));
const LEAK_LINE = LEAKY_CODE.split('\n').findIndex((text) => text.includes('tickets.push'));
const PLAN = { warmup: 1, rounds: 2, settleSeconds: 0.1 };
const drive = (port: string) => `"${nodeProgram}" -e "fetch('http://127.0.0.1:${port}/')"`;

interface Breakpoint {
  readonly verified: boolean;
}

/** What a debug adapter says. */
interface AdapterEvent {
  readonly event?: string;
  readonly body?: {
    readonly output?: string;
    readonly threadId?: number;
    /** In the answer of the session that has the program: the one above it verifies none. */
    readonly breakpoints?: readonly Breakpoint[];
    readonly breakpoint?: Breakpoint;
  };
}

/** Hears what the debug adapters of all sessions say that start after it. */
class AdapterEvents {
  private readonly listeners = new Set<(event: AdapterEvent) => void>();
  private readonly tracker = vscode.debug.registerDebugAdapterTrackerFactory('pwa-node', {
    createDebugAdapterTracker: () => ({
      onDidSendMessage: (event: AdapterEvent) => {
        for (const listener of this.listeners) listener(event);
      },
    }),
  });

  /** Resolves with the next event that `pick` makes something of. */
  next<T>(pick: (event: AdapterEvent) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const listener = (event: AdapterEvent) => {
        const picked = pick(event);
        if (picked === undefined) return;
        this.listeners.delete(listener);
        resolve(picked);
      };
      this.listeners.add(listener);
    });
  }

  dispose(): void {
    this.tracker.dispose();
  }
}

describe('Reaching a program', function () {
  this.timeout(240_000);
  let folder: string;
  let file: string;

  before(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'leakline-reach-')));
    file = path.join(folder, 'tickets.cjs');
    writeFileSync(file, LEAKY_CODE);
    await clearMessages();
    await showView();
  });

  afterEach(async () => {
    await run('leakline.detach');
    await run('leakline.clear', { snapshots: true });
    await clearMessages();
  });

  after(() => rmSync(folder, { recursive: true }));

  it('finds the leak of what VS Code debugs, and leaves the debugger working', async () => {
    const adapters = new AdapterEvents();
    const listening = adapters.next(({ body }) => /^(\d+)\s*$/.exec(body?.output ?? '')?.[1]);
    const configuration = {
      ...{ type: 'pwa-node', request: 'launch', name: 'Sell tickets', program: file },
      console: 'internalConsole',
    };
    assert(await vscode.debug.startDebugging(undefined, configuration));
    try {
      const port = await listening;
      const row = viewRow('Sell tickets');
      await run('leakline.targets.focus');
      await windowDriver.waitFor(row);
      await windowDriver.screenshot('debug-sessions');
      await windowDriver.click(row);
      await windowDriver.waitFor(viewRow(', connected'));

      const args: FindLeaksArguments = { ...PLAN, root: folder, driveCommand: drive(port) };
      const report = await run<LeakReport>('leakline.findLeaks', args);
      const [{ sites }] = report.findings;
      assert.equal(`${sites[0].file}:${sites[0].line}`, `tickets.cjs:${LEAK_LINE + 1}`);

      const stopped = adapters.next(({ event, body }) =>
        event === 'stopped' ? body?.threadId : undefined,
      );
      const at = new vscode.Location(vscode.Uri.file(file), new vscode.Position(LEAK_LINE, 2));
      const breakpoint = new vscode.SourceBreakpoint(at);
      const isSet = adapters.next(
        ({ body }) =>
          [...(body?.breakpoints ?? []), body?.breakpoint].some((one) => one?.verified) ||
          undefined,
      );
      vscode.debug.addBreakpoints([breakpoint]);
      await isSet;
      const visit = fetch(`http://127.0.0.1:${port}/`);
      const threadId = await stopped;
      const session = vscode.debug.activeDebugSession;
      assert(session);
      const { stackFrames } = (await session.customRequest('stackTrace', { threadId })) as {
        stackFrames: { id: number; line: number }[];
      };
      assert.equal(stackFrames[0].line, LEAK_LINE + 1);
      const { result } = (await session.customRequest('evaluate', {
        expression: 'tickets.length % 200',
        frameId: stackFrames[0].id,
      })) as { result: string };
      assert.equal(result, '0');
      vscode.debug.removeBreakpoints([breakpoint]);
      await session.customRequest('continue', { threadId });
      assert((await visit).ok);
    } finally {
      adapters.dispose();
      const ended = new Promise<void>((resolve) => {
        const subscription = vscode.debug.onDidTerminateDebugSession(({ parentSession }) => {
          if (parentSession) return;
          subscription.dispose();
          resolve();
        });
      });
      await vscode.debug.stopDebugging();
      await ended;
    }
    await windowDriver.waitUntilGone(viewRow('Sell tickets'));
  });

  it('starts a command, connects to it, and ends it with the connection', async () => {
    const ready = path.join(folder, 'started.cjs');
    writeFileSync(ready, `console.log('pid ' + process.pid);\n${LEAKY_CODE}`);
    await run('leakline.startProgram', { command: `"${nodeProgram}" started.cjs`, root: folder });
    await run('leakline.targets.focus');
    const row = viewRow(', connected');
    await windowDriver.waitFor(row);
    const snapshot = await run<string>('leakline.takeSnapshot', {});
    assert.match(snapshot, /\.heapsnapshot$/);
    await windowDriver.screenshot('started-program');
    await run('leakline.detach');
    await windowDriver.waitUntilGone(viewRow('started.cjs'));
  });

  it('says which file it does not know, and takes the one that is picked', async () => {
    const program = await startLeakyProgram();
    const renamed = path.join(folder, 'sold', 'renamed.cjs');
    try {
      rmSync(program.file);
      await vscode.workspace.fs.createDirectory(vscode.Uri.file(path.dirname(renamed)));
      writeFileSync(renamed, LEAKY_CODE);
      rmSync(file);
      const { inspector: address, drive: driveCommand } = program;
      const args: FindLeaksArguments = { ...PLAN, address, driveCommand, root: folder };
      const report = await run<LeakReport>('leakline.findLeaks', args);
      const { unmapped } = report.findings[0].sites[0];
      assert(unmapped);
      assert.deepEqual(leaklineDiagnostics(), []);
      await clearMessages();
      await showView();
      await windowDriver.click(viewRow('no such file here'));
      await waitForMessage('No file of the workspace is known to be', 'Pick the File…');
      await windowDriver.screenshot('pick-the-file');

      const { showOpenDialog } = vscode.window;
      const picked = () => Promise.resolve([vscode.Uri.file(renamed)]);
      Object.assign(vscode.window, { showOpenDialog: picked });
      try {
        await pressMessageButton('No file of the workspace is known to be', 'Pick the File…');
        await diagnosticsChange(() => leaklineDiagnostics().length > 0);
      } finally {
        Object.assign(vscode.window, { showOpenDialog });
      }
      const [{ uri, diagnostic }] = leaklineDiagnostics();
      assert.equal(uri.fsPath, renamed);
      assert.equal(diagnostic.range.start.line, LEAK_LINE);
      const stored = vscode.workspace.getConfiguration('leakline').get('pathMappings');
      assert.deepEqual(stored, [{ remoteRoot: program.file, localRoot: renamed }]);
    } finally {
      const settings = vscode.workspace.getConfiguration('leakline');
      await settings.update('pathMappings', undefined, vscode.ConfigurationTarget.Global);
      await program.stop();
    }
  });
});
