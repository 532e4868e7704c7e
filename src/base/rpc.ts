import { DisposableStore, type Disposable } from './disposable';
import { LeaklineError, type CancelSignal } from './errors';
import { Emitter, type Event } from './event';
import { asError, asMessage, fromWire, toWire, type CallId, type Message } from './rpcMessage';

/**
 * Calls and events between two sides that share nothing but messages: a worker thread or a webview.
 * A contract is a types-only interface; see `analysis/contract.ts` for one.
 */
export interface RpcContract {
  /** Each takes at most one argument: plain data that can be cloned. */
  methods: object;
  /** Event name to the type of its value. */
  events: object;
}

/** One end of a message channel. */
export interface RpcPort {
  /** @throws if the message cannot be cloned. */
  post(message: unknown): void;
  readonly onMessage: Event<unknown>;
  /** Fires once, when the other side is gone: the worker ended, the panel was closed. */
  readonly onClose: Event<Error>;
}

/** The part of AbortSignal that cancelling a call needs; an AbortSignal is one. */
interface RpcSignal extends CancelSignal {
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What a handler gets besides the argument. */
interface RpcCall {
  /** Aborted when the caller cancels, the port closes or the server is disposed. */
  readonly signal: RpcSignal;
}

/** The functions that do what a contract promises. */
export type RpcHandlers<C extends RpcContract> = {
  readonly [M in keyof C['methods']]: (
    argument: Argument<C['methods'][M]>,
    call: RpcCall,
  ) => Result<C['methods'][M]> | Promise<Result<C['methods'][M]>>;
};

export interface RpcServer<C extends RpcContract> extends Disposable {
  /** Sends an event; does nothing once the port is closed. @throws if the value cannot be cloned. */
  emit<E extends keyof C['events'] & string>(event: E, value: C['events'][E]): void;
}

export interface RpcClient<C extends RpcContract> {
  /**
   * Calls a method of the other side. Always settles: rejects with the handler's error (a
   * LeaklineError stays one), when the argument cannot be cloned, when the port closes, and with
   * LeaklineError `cancelled` as soon as `signal` aborts.
   */
  call<M extends keyof C['methods'] & string>(
    method: M,
    ...rest: CallArguments<C['methods'][M]>
  ): Promise<Result<C['methods'][M]>>;
  on<E extends keyof C['events'] & string>(
    event: E,
    listener: (value: C['events'][E]) => void,
  ): Disposable;
  /** Rejects pending and later calls with `reason`. Does not close the port. */
  dispose(reason?: Error): void;
}

interface CallOptions {
  readonly signal?: RpcSignal | undefined;
}

type Argument<F> = F extends (argument: infer A) => unknown ? A : never;
type Result<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;
type CallArguments<F> = F extends () => unknown
  ? [argument?: undefined, options?: CallOptions]
  : [argument: Argument<F>, options?: CallOptions];

/** Answers calls that arrive at `port` until the port closes or the server is disposed. */
export function serve<C extends RpcContract>(
  port: RpcPort,
  handlers: RpcHandlers<C>,
): RpcServer<C> {
  const running = new Map<CallId, CallCancellation>();
  const store = new DisposableStore();

  const dispose = () => {
    store.dispose();
    for (const cancellation of running.values()) cancellation.abort();
    running.clear();
  };

  const answer = async (id: CallId, method: string, argument: unknown) => {
    const cancellation = new CallCancellation();
    running.set(id, cancellation);
    try {
      const value = await ownHandler(handlers, method)(argument, { signal: cancellation });
      if (!store.isDisposed) send(port, { rpc: 'result', id, value });
    } catch (error) {
      if (!store.isDisposed) send(port, { rpc: 'error', id, error: toWire(error) });
    } finally {
      running.delete(id);
    }
  };

  store.add(
    port.onMessage((raw) => {
      const message = asMessage(raw);
      if (message?.rpc === 'call') void answer(message.id, message.method, message.value);
      else if (message?.rpc === 'cancel') running.get(message.id)?.abort();
    }),
  );
  store.add(port.onClose(dispose));

  return {
    emit(event, value) {
      if (!store.isDisposed) send(port, { rpc: 'event', event, value });
    },
    dispose,
  };
}

/** Makes the calling side of a contract on `port`. */
export function connect<C extends RpcContract>(port: RpcPort): RpcClient<C> {
  const prefix = Math.random().toString(36).slice(2);
  const pending = new Map<CallId, PendingCall>();
  const emitters = new Map<string, Emitter<unknown>>();
  const store = new DisposableStore();
  let calls = 0;
  let closed: Error | undefined;

  const settle = (id: CallId, how: (call: PendingCall) => void) => {
    const call = pending.get(id);
    if (!call) return;
    pending.delete(id);
    call.release();
    how(call);
  };

  const close = (reason: Error) => {
    if (closed) return;
    closed = reason;
    store.dispose();
    for (const id of [...pending.keys()]) settle(id, (call) => call.reject(reason));
    emitters.clear();
  };

  const start = (method: string, value: unknown, signal: RpcSignal | undefined, call: Settle) => {
    const id = `${prefix}.${++calls}`;
    const onAbort = () => {
      settle(id, () => call.reject(cancelled()));
      send(port, { rpc: 'cancel', id });
    };
    pending.set(id, { ...call, release: () => signal?.removeEventListener('abort', onAbort) });
    signal?.addEventListener('abort', onAbort);
    try {
      send(port, { rpc: 'call', id, method, value });
    } catch (error) {
      settle(id, () => call.reject(asError(error)));
    }
  };

  store.add(
    port.onMessage((raw) => {
      const message = asMessage(raw);
      if (message?.rpc === 'result') settle(message.id, (call) => call.resolve(message.value));
      else if (message?.rpc === 'error')
        settle(message.id, (call) => call.reject(fromWire(message.error)));
      else if (message?.rpc === 'event') emitters.get(message.event)?.fire(message.value);
    }),
  );
  store.add(port.onClose(close));

  return {
    call<T>(method: string, value?: unknown, { signal }: CallOptions = {}) {
      return new Promise<T>((resolve, reject: (error: Error) => void) => {
        if (closed) reject(closed);
        else if (signal?.aborted) reject(cancelled());
        else start(method, value, signal, { resolve, reject });
      });
    },
    on(event, listener) {
      const emitter = emitters.get(event) ?? new Emitter<unknown>();
      if (!closed) emitters.set(event, emitter);
      return emitter.event(listener as (value: unknown) => void);
    },
    dispose(reason) {
      close(reason ?? new LeaklineError('cancelled', 'The connection was closed.'));
    },
  };
}

interface Settle {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface PendingCall extends Settle {
  /** Undoes what the call holds outside of this file: its listener on the caller's signal. */
  release(): void;
}

/** The handler's side of a call's signal; base has no AbortController, which belongs to the host. */
class CallCancellation implements RpcSignal {
  aborted = false;
  private readonly listeners = new Set<() => void>();

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of [...this.listeners]) listener();
    this.listeners.clear();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }
}

/** Own properties only: the name comes from the other side and may be `constructor`. */
function ownHandler(handlers: object, method: string) {
  const handler = Object.hasOwn(handlers, method)
    ? (handlers as Record<string, unknown>)[method]
    : undefined;
  if (typeof handler !== 'function') {
    throw new LeaklineError('internal', `There is no method "${method}".`);
  }
  return handler as (argument: unknown, call: RpcCall) => unknown;
}

function send(port: RpcPort, message: Message): void {
  port.post(message);
}

function cancelled(): LeaklineError {
  return new LeaklineError('cancelled', 'Cancelled.');
}
