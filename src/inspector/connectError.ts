import { LeaklineError } from '../base/errors';

const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
]);

/**
 * Says in a person's words why `where` (HOST:PORT or URL) could not be reached, or undefined if
 * something did answer there.
 */
export function unreachableError(error: unknown, where: string): LeaklineError | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (code === 'ECONNREFUSED') {
    return new LeaklineError(
      'connectionRefused',
      `Nothing listens at ${where}.`,
      'Start the program with node --inspect, or check the host and port.',
      { cause: error },
    );
  }
  if (typeof code !== 'string' || !UNREACHABLE.has(code)) return undefined;
  return new LeaklineError(
    'connectionRefused',
    `${where} cannot be reached (${code}).`,
    'Check the host name, the network and any tunnel to it.',
    { cause: error },
  );
}

/** Says that the certificate of `url` was not accepted; undefined for any other error. */
export function certificateError(error: unknown, url: string): LeaklineError | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code !== 'string' || !/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return undefined;
  return new LeaklineError(
    'connectionRefused',
    `The certificate of ${url} cannot be trusted (${code}).`,
    'If an authority of your own signed it, name its certificate in the environment: NODE_EXTRA_CA_CERTS=FILE.',
    { cause: error },
  );
}

/** The error for something that answers at `where` but does not speak as an inspector does. */
export function notAnInspectorError(where: string, why: string, cause?: unknown): LeaklineError {
  return new LeaklineError(
    'notAnInspector',
    `What listens at ${where} is not a Node.js inspector: ${why}.`,
    'Use the address that node --inspect printed ("Debugger listening on ws://…"), not the program\'s own port.',
    { cause },
  );
}
