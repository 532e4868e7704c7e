import * as l10n from '@vscode/l10n';
import { LeaklineError } from '../../base/errors';
import { Emitter } from '../../base/event';
import { withDeadline } from '../../inspector/deadline';
import { launchUnderInspector, type LaunchedTarget } from '../../inspector/launch';
import type { Connection } from '../run/connection';

const READY_LIMIT_MS = 30_000;

/** Inside of a desktop VS Code, the program that runs extensions is no plain Node.js. */
const NODE = 'electron' in process.versions ? 'node' : process.execPath;

/** A program that Leakline brings along to practise on. */
export interface PracticeStart {
  /** Absolute; the working directory. */
  readonly folder: string;
  /** What Node.js runs, relative to the folder. */
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Matches the line by which the program says that it listens; the first group is handed on. */
  readonly ready: RegExp;
}

export interface RunningPractice extends PracticeStart {
  /** Of its inspector: `HOST:PORT`. */
  readonly inspector: string;
  /** What the first group of `ready` matched. */
  readonly address: string;
}

/** The shell command that runs a script of Node.js; the arguments must need no quotes. */
export function nodeCommand(script: string, ...args: readonly string[]): string {
  return [`"${NODE}" "${script}"`, ...args].join(' ');
}

/** Runs one program to practise on at a time. It ends with the next one, or with the window. */
export class PracticeProgram {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private running:
    { readonly practice: RunningPractice; readonly target: LaunchedTarget } | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly onOutput: (line: string) => void,
  ) {}

  get current(): RunningPractice | undefined {
    return this.running?.practice;
  }

  /**
   * Starts a program under the inspector, and ends the one before.
   * @throws LeaklineError `launchFailed` if it does not get ready, `cancelled` after an abort;
   * nothing is left running
   */
  async start(start: PracticeStart, signal: AbortSignal): Promise<RunningPractice> {
    await this.stop();
    let becameReady: (address: string) => void = () => {};
    const ready = new Promise<string>((resolve) => (becameReady = resolve));
    const target = await launchUnderInspector([NODE, start.file], {
      cwd: start.folder,
      env: { ...process.env, ...start.env },
      signal,
      onOutput: (line) => {
        this.onOutput(line);
        const address = start.ready.exec(line)?.[1];
        if (address !== undefined) becameReady(address);
      },
    });
    try {
      const timedOut = () =>
        new LeaklineError('launchFailed', l10n.t('{0} did not say where it listens.', start.file));
      const address = await withDeadline(ready, { signal, timeoutMs: READY_LIMIT_MS, timedOut });
      const practice = { ...start, inspector: new URL(target.webSocketUrl).host, address };
      this.running = { practice, target };
      void target.exited.finally(() => this.forget(target)).catch(() => undefined);
      this.changed.fire();
      return practice;
    } catch (error) {
      await target.stop();
      throw error;
    }
  }

  /** Ends the program; it would wait for its debugger if Leakline did not detach first. */
  async stop(): Promise<void> {
    const { running } = this;
    if (!running) return;
    const attachedTo = this.connection.current?.address;
    if (attachedTo === running.practice.inspector) await this.connection.detach();
    await running.target.stop();
    this.forget(running.target);
  }

  dispose(): void {
    void this.running?.target.stop();
    this.running = undefined;
    this.changed.dispose();
  }

  private forget(target: LaunchedTarget): void {
    if (this.running?.target !== target) return;
    this.running = undefined;
    this.changed.fire();
  }
}
