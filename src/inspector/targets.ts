import { isIP } from 'node:net';
import { LeaklineError } from '../base/errors';
import { notAnInspectorError } from './connectError';
import { getJson, type HttpOptions } from './httpJson';
import { targetText } from './targetText';

/** Where a person wants to attach. */
export type AttachAddress =
  | { readonly kind: 'endpoint'; readonly host: string; readonly port: number }
  | { readonly kind: 'webSocket'; readonly url: string };

/** Something that can be inspected. `title` and `url` come from the target and may say anything. */
export interface Target {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** `node` for Node.js. */
  readonly type: string;
  readonly webSocketUrl: string;
}

type ChooseTarget = (targets: readonly Target[]) => Promise<Target | undefined>;

/**
 * Reads HOST:PORT, PORT (on 127.0.0.1), [::1]:PORT, or a ws:// or wss:// URL.
 * @throws LeaklineError `usage`
 */
export function parseAttachAddress(text: string): AttachAddress {
  const trimmed = text.trim();
  if (/^wss?:\/\//i.test(trimmed)) return parseWebSocketUrl(trimmed);
  const match = /^(?:(?:\[([^\]]+)\]|([^\s:/[\]@?#]+)):)?(\d{1,5})$/.exec(trimmed);
  const port = Number(match?.[3]);
  const [, bracketed, name] = match ?? [];
  const badBrackets = bracketed !== undefined && isIP(bracketed) !== 6;
  if (!match || badBrackets || port < 1 || port > 65_535) throw addressError(text);
  return { kind: 'endpoint', host: bracketed ?? name ?? '127.0.0.1', port };
}

/**
 * The targets that an inspector offers under /json/list. Their URLs lead to the host and port that
 * were asked: behind a tunnel the ones that the inspector knows lead elsewhere.
 * @throws LeaklineError `connectionRefused`, `notAnInspector` or `cancelled`
 */
export async function listTargets(
  address: AttachAddress,
  options: HttpOptions = {},
): Promise<Target[]> {
  if (address.kind === 'webSocket') return [targetOfUrl(address.url)];
  const { host, port } = address;
  const where = formatEndpoint(host, port);
  const { body, remoteAddress } = await getJson(host, port, '/json/list', options);
  if (!Array.isArray(body)) throw notAnInspectorError(where, 'it does not list targets');
  // Node refuses WebSockets whose Host header is a name other than localhost.
  const reachable = isIP(host) || host === 'localhost' ? host : (remoteAddress ?? host);
  return body.map((entry) => readTarget(entry, where, formatEndpoint(reachable, port)));
}

/**
 * The one target at `address`, or the one that `choose` picks of several.
 * @throws LeaklineError as `listTargets`; `targetNotFound` if there is none, `ambiguousTarget` if
 * there are several and no `choose`, `cancelled` if `choose` picks none
 */
export async function resolveTarget(
  address: AttachAddress,
  choose?: ChooseTarget,
  options: HttpOptions = {},
): Promise<Target> {
  const targets = await listTargets(address, options);
  const [only] = targets;
  if (!only) {
    throw new LeaklineError(
      'targetNotFound',
      'The inspector offers nothing to attach to.',
      'Check that the program still runs.',
    );
  }
  if (targets.length === 1) return only;
  if (!choose) throw ambiguousError(targets);
  const chosen = await choose(targets);
  if (chosen) return chosen;
  throw new LeaklineError('cancelled', 'Cancelled.');
}

function parseWebSocketUrl(text: string): AttachAddress {
  if (!URL.canParse(text)) throw addressError(text);
  const url = new URL(text);
  if (!url.hostname || url.pathname === '/') throw addressError(text);
  return { kind: 'webSocket', url: url.href };
}

function addressError(text: string): LeaklineError {
  return new LeaklineError(
    'usage',
    `"${text}" is not an inspector address.`,
    'Give HOST:PORT, such as 127.0.0.1:9229, or the ws:// URL that node --inspect printed.',
  );
}

function targetOfUrl(url: string): Target {
  const id = new URL(url).pathname.slice(1);
  return { id, title: url, url: '', type: 'node', webSocketUrl: url };
}

function readTarget(entry: unknown, where: string, endpoint: string): Target {
  const fields = (entry ?? {}) as Record<string, unknown>;
  const webSocketUrl = fields['webSocketDebuggerUrl'];
  if (typeof webSocketUrl !== 'string' || !URL.canParse(webSocketUrl)) {
    throw notAnInspectorError(where, 'it lists a target without a WebSocket URL');
  }
  const { pathname, search } = new URL(webSocketUrl);
  return {
    id: targetText(fields['id']),
    title: targetText(fields['title']),
    url: targetText(fields['url']),
    type: targetText(fields['type']),
    webSocketUrl: `ws://${endpoint}${pathname}${search}`,
  };
}

function formatEndpoint(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

function ambiguousError(targets: readonly Target[]): LeaklineError {
  const lines = targets.map(({ title, webSocketUrl }) => `  ${title}: ${webSocketUrl}`);
  return new LeaklineError(
    'ambiguousTarget',
    `The inspector offers ${targets.length} targets:\n${lines.join('\n')}\n`,
    'Attach to one of them by its ws:// URL.',
  );
}
