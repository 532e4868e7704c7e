/**
 * The connection class inside chrome-remote-interface, which its published types leave out. It is
 * imported in place of the package's entry because a subclass can guard the socket before the first
 * message arrives, and because the entry changes `dns.setDefaultResultOrder` for the whole process.
 */
declare module 'chrome-remote-interface/lib/chrome.js' {
  import type { EventEmitter } from 'node:events';
  import type WebSocket from 'ws';

  class Chrome extends EventEmitter {
    constructor(
      options: { target: string; protocol: { domains: readonly never[] } },
      notifier: EventEmitter,
    );
    protected _ws?: WebSocket;
    protected readonly webSocketUrl: string;
    protected _handleConnectionClose(): void;
    protected _connectToWebSocket(): Promise<void>;
    protected _handleMessage(message: object): void;
    send(
      method: string,
      params: object,
      callback: (error: boolean | Error, response: unknown) => void,
    ): void;
  }

  export default Chrome;
}

/** The parts of `ws` 7, the WebSocket of chrome-remote-interface, that Leakline touches. */
declare module 'ws' {
  import { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';
  import type { Writable } from 'node:stream';

  interface Options {
    readonly maxPayload: number;
    readonly perMessageDeflate: boolean;
    readonly rejectUnauthorized: boolean;
    readonly headers: Readonly<Record<string, string>>;
  }

  export default class WebSocket extends EventEmitter {
    constructor(url: string, protocols: readonly string[], options: Options);
    readonly readyState: number;
    readonly _socket: Socket | null;
    readonly _receiver: Writable | null;
    close(): void;
    terminate(): void;
  }
}
