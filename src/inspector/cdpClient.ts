import { EventEmitter } from 'node:events';
import Chrome from 'chrome-remote-interface/lib/chrome.js';
import WebSocket from 'ws';
import { LeaklineError } from '../base/errors';
import { brokenError, CdpSession, lostError, type ReplyListener } from './cdpSession';
import { certificateError, notAnInspectorError, unreachableError } from './connectError';
import { withDeadline } from './deadline';
import { fields } from './inspectorProtocol';
import { MAX_MESSAGE_BYTES } from './limits';

interface CdpConnectOptions {
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the WebSocket handshake. Default 10,000 ms. */
  readonly timeoutMs?: number;
  /** Longest wait for a message while a command waits for its answer. Default `MAX_SILENCE_MS`. */
  readonly maxSilenceMs?: number;
  /** Sent as `Authorization: Bearer …` with the handshake, and nowhere else. */
  readonly token?: string | undefined;
}

/** How long a peer may take to answer our close frame before the socket is torn down. */
const CLOSE_GRACE_MS = 500;
const KEEP_ALIVE_MS = 15_000;

/**
 * The protocol session of a connection of its own. A peer that breaks the protocol ends the connection
 * and nothing else.
 */
export class CdpClient extends CdpSession {
  private chrome!: GuardedChrome;

  /**
   * @param url the target's ws:// or wss:// URL
   * @throws LeaklineError `connectionRefused`, `targetNotFound`, `notAnInspector` or `cancelled`
   */
  static async connect(url: string, options: CdpConnectOptions = {}): Promise<CdpClient> {
    const { signal, timeoutMs = 10_000, maxSilenceMs, token } = options;
    const client = new CdpClient(maxSilenceMs);
    const timedOut = () => notAnInspectorError(url, 'it does not answer the WebSocket handshake');
    try {
      await withDeadline(client.open(url, token), { signal, timeoutMs, timedOut });
    } catch (error) {
      client.chrome.socket?.terminate();
      throw connectError(error, url);
    }
    return client;
  }

  protected override setPaused(paused: boolean): void {
    this.chrome.setPaused(paused);
  }

  protected override post(method: string, params: object, onReply: ReplyListener): void {
    this.chrome.send(method, params, onReply);
  }

  protected override release(): Promise<void> {
    return this.chrome.closeSocket();
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
      maxPayload: MAX_MESSAGE_BYTES,
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
      this.guard.onBroken(brokenError(error));
    }
  }
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
