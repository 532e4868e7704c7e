import type { Disposable } from '../base/disposable';
import { LeaklineError } from '../base/errors';
import { Emitter } from '../base/event';
import { withDeadline, type Deadline } from './deadline';
import {
  COMMANDS,
  EVENTS,
  fields,
  isKnownEvent,
  type InspectorCommands,
  type InspectorEvents,
} from './inspectorProtocol';
import { MAX_SILENCE_MS } from './limits';

/** Gets the answer to one command: an Error if it never came, true and V8's error if it refused. */
export type ReplyListener = (error: boolean | Error, response: unknown) => void;

/**
 * A protocol session with one isolate, whatever carries its messages. Every `send` settles: with a
 * checked result, or with a LeaklineError when the target refuses, the session ends or the caller
 * gives up.
 */
export abstract class CdpSession implements Disposable {
  private readonly didClose = new Emitter<LeaklineError>();
  private readonly listeners = new Map<string, Emitter<never>>();
  private readonly pending = new Set<(error: LeaklineError) => void>();
  /** Why the session has ended; undefined while it lasts. */
  private ended: LeaklineError | undefined;
  /** Ends the session when it runs down; there while a command waits for its answer. */
  private silence: NodeJS.Timeout | undefined;
  private isReading = true;

  /** Fires once when the session is lost, with the reason; not after our own `close`. */
  readonly onDidClose = this.didClose.event;

  /** @param maxSilenceMs Longest wait for a message while a command waits for its answer. */
  constructor(private readonly maxSilenceMs = MAX_SILENCE_MS) {}

  /**
   * Stops reading, so that what the target sends waits in the target. What was read already (at most
   * 64 KiB) is still delivered.
   */
  pauseReading(): void {
    this.isReading = false;
    this.setPaused(true);
  }

  resumeReading(): void {
    this.isReading = true;
    this.setPaused(false);
    this.silence?.refresh();
  }

  protected abstract setPaused(paused: boolean): void;

  /** Sends a command; `onReply` may never be called, or after the session has ended. */
  protected abstract post(method: string, params: object, onReply: ReplyListener): void;

  /** Lets go of what carries the messages; called once or more. */
  protected abstract release(): Promise<void>;

  get isClosed(): boolean {
    return this.ended !== undefined;
  }

  /**
   * @throws LeaklineError `protocol` if the target refuses or answers nonsense, `connectionLost` if
   * the session ends first, and what `deadline` says.
   */
  async send<M extends keyof InspectorCommands>(
    method: M,
    params: object = {},
    deadline: Deadline = {},
  ): Promise<InspectorCommands[M]> {
    const reply = await withDeadline(this.request(method, params), deadline);
    return COMMANDS[method](fields(reply, 'result')) as InspectorCommands[M];
  }

  /** Listens to one event; its parameters were checked before. */
  on<M extends keyof InspectorEvents>(
    method: M,
    listener: (params: InspectorEvents[M]) => void,
  ): Disposable {
    const emitter = this.listeners.get(method) ?? new Emitter<never>();
    this.listeners.set(method, emitter);
    return emitter.event(listener);
  }

  /** Ends the session; calls still pending reject with `connectionLost`. */
  async close(): Promise<void> {
    this.settle(new LeaklineError('connectionLost', 'The connection was closed.'));
    await this.release();
  }

  dispose(): void {
    void this.close();
  }

  /** Ends the session from our side for `reason`, and tells the listeners of `onDidClose`. */
  abandon(reason: LeaklineError): void {
    if (this.ended) return;
    this.settle(reason);
    void this.release();
    this.didClose.fire(reason);
  }

  /** @throws LeaklineError `protocol` for malformed parameters */
  protected deliver(method: string, params: unknown): void {
    if (this.ended || !isKnownEvent(method)) return;
    this.silence?.refresh();
    const emitter = this.listeners.get(method);
    emitter?.fire(EVENTS[method](fields(params ?? {}, 'params')) as never);
  }

  private request(method: string, params: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.pending.add(reject);
      this.awaitMessage();
      this.post(method, params, (error, response) => {
        // After a close the callback may never come, or come twice: `settle` has rejected by then.
        this.pending.delete(reject);
        this.awaitMessage();
        if (!error) return resolve(response);
        if (!(error instanceof Error)) return reject(refusedError(method, response));
        // What cannot be sent any more is how a loss may show first: all are told before the sender.
        const lost = lostError(error);
        this.abandon(lost);
        reject(lost);
      });
    });
  }

  /** Starts to wait anew, for as long as there is something to wait for. */
  private awaitMessage(): void {
    clearTimeout(this.silence);
    this.silence = undefined;
    if (this.pending.size === 0 || this.ended) return;
    this.silence = setTimeout(() => {
      // What is not read is no silence of the target's.
      if (this.isReading) this.abandon(silentError(this.maxSilenceMs));
    }, this.maxSilenceMs);
  }

  private settle(reason: LeaklineError): void {
    this.ended ??= reason;
    for (const reject of this.pending) reject(reason);
    this.pending.clear();
    clearTimeout(this.silence);
  }
}

/** The error for a session that ended by itself. */
export function lostError(cause?: Error): LeaklineError {
  if (cause instanceof LeaklineError) return cause;
  return new LeaklineError(
    'connectionLost',
    'The connection to the target was lost.',
    'The program has ended, or its inspector was closed. Start it again and attach anew.',
    { cause },
  );
}

function silentError(ms: number): LeaklineError {
  return new LeaklineError(
    'connectionLost',
    `The target has sent nothing for ${ms / 1000} s, although it was asked.`,
    'It may be stopped by a signal, or busy in a call that does not return.',
  );
}

/** The error for a message that is not as the protocol wants it. */
export function brokenError(cause: unknown): LeaklineError {
  if (cause instanceof LeaklineError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LeaklineError(
    'protocol',
    `The target does not keep to the inspector protocol: ${why}`,
    'Check that the address belongs to a Node.js inspector.',
    { cause },
  );
}

function refusedError(method: string, response: unknown): LeaklineError {
  const message = (response as { message?: unknown } | null)?.message;
  const why = typeof message === 'string' ? message : 'no reason given';
  return new LeaklineError('protocol', `The target refused ${method}: ${why}`);
}
