import { get, type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { LeaklineError } from '../base/errors';
import { notAnInspectorError, unreachableError } from './connectError';
import { withDeadline } from './deadline';
import { MAX_ANSWER_BYTES } from './limits';

export interface HttpOptions {
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the whole answer. Default 5,000 ms. */
  readonly timeoutMs?: number;
}

/**
 * Asks an inspector's HTTP endpoint. Anything but a small JSON answer in time is not an inspector's.
 * @returns the parsed body, and the IP address that answered
 * @throws LeaklineError `connectionRefused`, `notAnInspector` or `cancelled`
 */
export async function getJson(
  host: string,
  port: number,
  path: string,
  options: HttpOptions = {},
): Promise<{ body: unknown; remoteAddress: string | undefined }> {
  const { signal, timeoutMs = 5_000 } = options;
  const where = `${host}:${port}`;
  const stop = new AbortController();
  const timedOut = () => notAnInspectorError(where, `it gave no answer in ${timeoutMs / 1000} s`);
  try {
    const answer = fetchText({ host, port, path, signal: stop.signal });
    const { text, remoteAddress } = await withDeadline(answer, { signal, timeoutMs, timedOut });
    return { body: JSON.parse(text) as unknown, remoteAddress };
  } catch (error) {
    if (error instanceof LeaklineError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw unreachableError(error, where) ?? notAnInspectorError(where, why, error);
  } finally {
    stop.abort();
  }
}

interface TextRequest {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly signal: AbortSignal;
}

async function fetchText(request: TextRequest) {
  const { host, port } = request;
  // Node guards against DNS rebinding: it answers only if the Host header is an IP or localhost.
  const name = isIP(host) === 6 ? `[${host}]` : isIP(host) ? host : 'localhost';
  const headers = { Host: `${name}:${port}` };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ ...request, agent: false, headers }, resolve).on('error', reject);
  });
  const { remoteAddress } = response.socket;
  if (response.statusCode !== 200) throw new Error(`it answers HTTP ${response.statusCode}`);
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    text += chunk;
    if (text.length > MAX_ANSWER_BYTES) throw new Error('its answer does not end');
  }
  return { text, remoteAddress };
}
