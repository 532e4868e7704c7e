/**
 * The connection class inside chrome-remote-interface, which its published types leave out. It is
 * imported in place of the package's entry because a subclass can guard the socket before the first
 * message arrives, and because the entry changes `dns.setDefaultResultOrder` for the whole process.
 */
declare module 'chrome-remote-interface/lib/chrome.js' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';
  import type { Writable } from 'node:stream';

  /** The parts of the `ws` 7 WebSocket that Leakline touches. */
  interface WebSocket extends EventEmitter {
    readonly readyState: number;
    readonly _socket: Socket | null;
    readonly _receiver: Writable | null;
    close(): void;
    terminate(): void;
  }

  class Chrome extends EventEmitter {
    constructor(
      options: { target: string; protocol: { domains: readonly never[] } },
      notifier: EventEmitter,
    );
    protected _ws?: WebSocket;
    protected _connectToWebSocket(): Promise<void>;
    protected _handleMessage(message: object): void;
    send(
      method: string,
      params: object,
      callback: (error: boolean | Error, response: unknown) => void,
    ): void;
  }

  export default Chrome;
  export type { WebSocket };
}
