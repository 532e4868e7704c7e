import { setTimeout as delay } from 'node:timers/promises';
import { LeaklineError, throwIfAborted } from '../base/errors';
import { startGuarded, type GuardedTool, type ToolEnd } from './guardedTool';
import { freePort, isListening } from './localPort';
import type { ForwardCommand, MakeForward } from './place';
import type { RunOptions } from './runTool';
import { missingToolError, toolError } from './toolErrors';
import type { Tunnel } from './tunnel';

export interface TunnelOptions extends RunOptions {
  /** Absolute path of the bundled guard, dist/tunnelGuard.js. */
  readonly guardPath: string;
}

const READY_MS = 30_000;
const POLL_MS = 50;
/** Waits before the tool is started again; after the last one it is not any more. */
const RESTART_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000];
const NOTICE_MS = 1_000;

/**
 * A tool that forwards a port. Should it end by itself it is started again on the same port, a few
 * times, so that whoever connects next gets through.
 */
export class ForwardTunnel implements Tunnel {
  readonly host = '127.0.0.1';
  private readonly closing = new AbortController();
  private tool!: GuardedTool;
  private lastFailure: LeaklineError | undefined;
  private noticed: Promise<void> = Promise.resolve();
  private restarting: Promise<void> = Promise.resolve();

  private constructor(
    readonly port: number,
    private readonly command: ForwardCommand,
    private readonly options: TunnelOptions,
  ) {}

  /**
   * Starts the tool, and waits until it forwards.
   * @throws LeaklineError `tunnelFailed` with what the tool said last; `cancelled`. Nothing is left
   *   running.
   */
  static async open(
    makeForward: MakeForward,
    remotePort: number,
    options: TunnelOptions,
  ): Promise<ForwardTunnel> {
    const port = await freePort();
    const tunnel = new ForwardTunnel(port, makeForward(port, remotePort), options);
    options.onCommand?.(tunnel.command);
    const { signal } = options;
    try {
      await tunnel.start(signal);
    } catch (error) {
      await tunnel.close();
      throwIfAborted(signal);
      throw error;
    }
    return tunnel;
  }

  get lastLines(): readonly string[] {
    return this.tool.lastLines;
  }

  async failure(): Promise<LeaklineError | undefined> {
    await Promise.race([this.noticed, delay(NOTICE_MS)]);
    return this.lastFailure;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.tool?.end();
    await this.restarting;
  }

  /** One run of the tool, up to when it forwards; it is watched from then on. */
  private async start(signal?: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    const { command } = this;
    let announce = () => {};
    const announced = new Promise<void>((resolve) => (announce = resolve));
    const tool = startGuarded(command, this.options.guardPath, (line) => {
      if (command.ready?.test(line)) announce();
    });
    this.tool = tool;
    const stop = new AbortController();
    const ready = command.ready ? announced : this.portAnswers(stop.signal);
    try {
      await Promise.race([
        ready,
        tool.ended.then((end) => Promise.reject(this.errorOf(tool, end))),
        tooLate(AbortSignal.any([stop.signal, ...(signal ? [signal] : [])])),
      ]);
    } catch (error) {
      await tool.end();
      throw error instanceof LeaklineError ? error : this.slowError(tool);
    } finally {
      stop.abort();
    }
    this.noticed = tool.ended.then((end) => this.onEnded(tool, end));
  }

  private onEnded(tool: GuardedTool, end: ToolEnd): void {
    if (this.closing.signal.aborted) return;
    this.lastFailure = this.errorOf(tool, end);
    this.restarting = this.restart();
  }

  private async restart(): Promise<void> {
    const { signal } = this.closing;
    for (const wait of RESTART_MS) {
      try {
        await delay(wait, undefined, { signal });
        await this.start(signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.lastFailure = error as LeaklineError;
      }
    }
  }

  private async portAnswers(stop: AbortSignal): Promise<void> {
    while (!stop.aborted && !(await isListening(this.port))) await delay(POLL_MS);
  }

  private errorOf(tool: GuardedTool, end: ToolEnd): LeaklineError {
    if (end.isMissing) return missingToolError(this.command);
    return toolError(this.command, end.how, tool.lastLines);
  }

  private slowError(tool: GuardedTool): LeaklineError {
    return toolError(this.command, `forwards nothing after ${READY_MS / 1000} s`, tool.lastLines);
  }
}

/** Rejects when the time is over, or with the signal. */
function tooLate(signal: AbortSignal): Promise<never> {
  return delay(READY_MS, undefined, { signal, ref: false }).then(() => Promise.reject(new Error()));
}
