import { EventEmitter } from 'node:events';
import Chrome from 'chrome-remote-interface/lib/chrome.js';
import WebSocket from 'ws';
import type { Disposable } from '../base/disposable';
import { LeaklineError } from '../base/errors';
import { Emitter } from '../base/event';
import { certificateError, notAnInspectorError, unreachableError } from './connectError';
import { withDeadline, type Deadline } from './deadline';
import {
  COMMANDS,
  EVENTS,
  fields,
  isKnownEvent,
  type InspectorCommands,
  type InspectorEvents,
} from './inspectorProtocol';

interface CdpConnectOptions {
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the WebSocket handshake. Default 10,000 ms. */
  readonly timeoutMs?: number;
  /** Sent as `Authorization: Bearer …` with the handshake, and nowhere else. */
  readonly token?: string | undefined;
}

/** The largest message that is taken, in bytes. */
const MAX_PAYLOAD = 256 * 1024 * 1024;
/** How long a peer may take to answer our close frame before the socket is torn down. */
const CLOSE_GRACE_MS = 500;
const KEEP_ALIVE_MS = 15_000;

/**
 * One protocol connection. Every `send` settles: with a checked result, or with a LeaklineError when
 * the target refuses, the connection ends or the caller gives up. A peer that breaks the protocol
 * ends the connection and nothing else.
 */
export class CdpClient implements Disposable {
  private readonly didClose = new Emitter<LeaklineError>();
  private readonly listeners = new Map<string, Emitter<never>>();
  private readonly pending = new Set<(error: LeaklineError) => void>();
  private chrome!: GuardedChrome;
  /** Why the connection has ended; undefined while it lasts. */
  private ended: LeaklineError | undefined;

  /** Fires once when the connection is lost, with the reason; not after our own `close`. */
  readonly onDidClose = this.didClose.event;

  private constructor() {}

  /**
   * @param url the target's ws:// or wss:// URL
   * @throws LeaklineError `connectionRefused`, `targetNotFound`, `notAnInspector` or `cancelled`
   */
  static async connect(url: string, options: CdpConnectOptions = {}): Promise<CdpClient> {
    const { signal, timeoutMs = 10_000, token } = options;
    const client = new CdpClient();
    const timedOut = () => notAnInspectorError(url, 'it does not answer the WebSocket handshake');
    try {
      await withDeadline(client.open(url, token), { signal, timeoutMs, timedOut });
    } catch (error) {
      client.chrome.socket?.terminate();
      throw connectError(error, url);
    }
    return client;
  }

  get isClosed(): boolean {
    return this.ended !== undefined;
  }

  /**
   * @throws LeaklineError `protocol` if the target refuses or answers nonsense, `connectionLost` if
   * the connection ends first, and what `deadline` says.
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

  /**
   * Stops reading from the socket, so that what the target sends waits in the target. What was read
   * already (at most 64 KiB) is still delivered.
   */
  pauseReading(): void {
    this.chrome.setPaused(true);
  }

  resumeReading(): void {
    this.chrome.setPaused(false);
  }

  /** Ends the connection; calls still pending reject with `connectionLost`. */
  async close(): Promise<void> {
    this.settle(new LeaklineError('connectionLost', 'The connection was closed.'));
    await this.chrome.closeSocket();
  }

  dispose(): void {
    void this.close();
  }

  /** Ends the connection from our side for `reason`, and tells the listeners of `onDidClose`. */
  abandon(reason: LeaklineError): void {
    if (this.ended) return;
    this.settle(reason);
    void this.chrome.closeSocket();
    this.didClose.fire(reason);
  }

  private open(url: string, token: string | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const notifier = new EventEmitter();
      notifier.once('connect', () => resolve());
      notifier.once('error', reject);
      const guard: Guard = {
        onEvent: (method, params) => this.deliver(method, params),
        onBroken: (reason) => this.abandon(reason),
        onLost: () => this.abandon(lostError()),
      };
      this.chrome = new GuardedChrome(url, notifier, guard, token);
    });
  }

  private request(method: string, params: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.pending.add(reject);
      this.chrome.send(method, params, (error, response) => {
        // After a close the callback may never come, or come twice: `settle` has rejected by then.
        this.pending.delete(reject);
        if (!error) resolve(response);
        else if (error instanceof Error) reject(lostError(error));
        else reject(refusedError(method, response));
      });
    });
  }

  private deliver(method: string, params: unknown): void {
    if (this.ended || !isKnownEvent(method)) return;
    const emitter = this.listeners.get(method);
    emitter?.fire(EVENTS[method](fields(params ?? {}, 'params')) as never);
  }

  private settle(reason: LeaklineError): void {
    this.ended ??= reason;
    for (const reject of this.pending) reject(reason);
    this.pending.clear();
  }
}

interface Guard {
  /** @throws LeaklineError `protocol` for malformed parameters */
  onEvent(method: string, params: unknown): void;
  onBroken(reason: LeaklineError): void;
  onLost(): void;
}

/**
 * chrome-remote-interface with repairs: a message that is no JSON or has no sane shape is reported,
 * not thrown out of an event handler; an event called `error` is not emitted as Node's; reading can be
 * paused; a token can be sent; and certificates are verified, whatever the environment says.
 */
class GuardedChrome extends Chrome {
  private paused = false;

  constructor(
    url: string,
    notifier: EventEmitter,
    private readonly guard: Guard,
    private readonly token: string | undefined,
  ) {
    // An empty protocol: commands go through `send`, so no description need be fetched or copied.
    super({ target: url, protocol: { domains: [] } }, notifier);
  }

  get socket(): WebSocket | undefined {
    return this._ws;
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    if (paused) this._ws?._socket?.pause();
    else this._ws?._socket?.resume();
  }

  async closeSocket(): Promise<void> {
    const socket = this._ws;
    if (!socket || socket.readyState === 3) return;
    this.setPaused(false);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.close();
    const timer = setTimeout(() => socket.terminate(), CLOSE_GRACE_MS);
    await closed;
    clearTimeout(timer);
  }

  /** Follows no redirect: the token and the commands are for the one who was named. */
  protected override _connectToWebSocket(): Promise<void> {
    const { token } = this;
    const socket = new WebSocket(this.webSocketUrl, [], {
      maxPayload: MAX_PAYLOAD,
      perMessageDeflate: false,
      rejectUnauthorized: true,
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    });
    this._ws = socket;
    socket.on('message', (data: unknown) => this.receive(data));
    socket.once('open', () => this.opened(socket));
    return new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.on('error', reject);
      socket.on('close', () => this._handleConnectionClose());
    });
  }

  private opened(socket: WebSocket): void {
    socket.on('error', (error: Error) => this.guard.onBroken(brokenError(error)));
    socket.on('close', () => this.guard.onLost());
    socket._socket?.setKeepAlive(true, KEEP_ALIVE_MS);
    // `ws` resumes the socket when its parser has caught up (on early Node 20: after every chunk).
    // That must not end our pause.
    socket._receiver?.removeAllListeners('drain');
    socket._receiver?.on('drain', () => {
      if (!this.paused) socket._socket?.resume();
    });
  }

  private receive(data: unknown): void {
    try {
      const message = fields(JSON.parse(String(data)), 'message');
      const { id, method } = message;
      if (Number.isSafeInteger(id)) this._handleMessage(message);
      else if (typeof method === 'string') this.guard.onEvent(method, message['params']);
    } catch (error) {
      this.guard.onBroken(error instanceof LeaklineError ? error : brokenError(error));
    }
  }
}

function lostError(cause?: Error): LeaklineError {
  return new LeaklineError(
    'connectionLost',
    'The connection to the target was lost.',
    'The program has ended, or its inspector was closed. Start it again and attach anew.',
    { cause },
  );
}

function brokenError(cause: unknown): LeaklineError {
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

function connectError(error: unknown, url: string): LeaklineError {
  if (error instanceof LeaklineError) return error;
  const why = error instanceof Error ? error.message : String(error);
  // Node answers 400 to an unknown target id, and to a Host header that is a name.
  if (/Unexpected server response: 400/.test(why)) {
    return new LeaklineError(
      'targetNotFound',
      `The inspector at ${url} does not know this target.`,
      'A Node.js process has a new URL at every start: attach by HOST:PORT, or by IP address if the URL has a host name.',
      { cause: error },
    );
  }
  if (/Unexpected server response: 40[13]/.test(why)) {
    return new LeaklineError(
      'notAnInspector',
      `${url} lets nobody in with this token, or without one.`,
      'Give a token that is valid.',
    );
  }
  return (
    certificateError(error, url) ??
    unreachableError(error, url) ??
    notAnInspectorError(url, why, error)
  );
}
