import { LeaklineError, type LeaklineErrorCode } from './errors';

/**
 * Ids carry the client's own prefix: a reloaded webview is a new client on the old port and must not
 * take answers meant for its predecessor.
 */
export type CallId = string;

/** What goes over the channel. */
export type Message =
  | { readonly rpc: 'call'; readonly id: CallId; readonly method: string; readonly value?: unknown }
  | { readonly rpc: 'cancel'; readonly id: CallId }
  | { readonly rpc: 'result'; readonly id: CallId; readonly value?: unknown }
  | { readonly rpc: 'error'; readonly id: CallId; readonly error: WireError }
  | { readonly rpc: 'event'; readonly event: string; readonly value?: unknown };

interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | undefined;
  readonly hint?: string | undefined;
}

/** The message if it has the shape of one: anything may arrive at a webview's port. */
export function asMessage(raw: unknown): Message | undefined {
  if (typeof raw !== 'object' || raw === null || !('rpc' in raw)) return undefined;
  const message = raw as Record<string, unknown>;
  switch (message.rpc) {
    case 'event':
      return typeof message.event === 'string' ? (raw as Message) : undefined;
    case 'call':
      if (typeof message.method !== 'string') return undefined;
      break;
    case 'error':
      if (!isWireError(message.error)) return undefined;
      break;
    case 'result':
    case 'cancel':
      break;
    default:
      return undefined;
  }
  return typeof message.id === 'string' ? (raw as Message) : undefined;
}

function isWireError(error: unknown): error is WireError {
  if (typeof error !== 'object' || error === null) return false;
  const { name, message } = error as Record<string, unknown>;
  return typeof name === 'string' && typeof message === 'string';
}

/** An error as plain data; a LeaklineError keeps its code and hint. */
export function toWire(thrown: unknown): WireError {
  const { name, message, stack } = asError(thrown);
  if (!(thrown instanceof LeaklineError)) return { name, message, stack };
  return { name, message, stack, code: thrown.code, hint: thrown.hint };
}

/** The error that `toWire` was given. */
export function fromWire({ name, message, stack, code, hint }: WireError): Error {
  const error =
    code === undefined
      ? Object.assign(new Error(message), { name })
      : new LeaklineError(code as LeaklineErrorCode, message, hint);
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** Anything thrown as an Error. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(typeof thrown === 'string' ? thrown : 'Something that is no Error was thrown.');
}
