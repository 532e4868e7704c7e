import { LeaklineError } from '../base/errors';
import { requireName, requirePort } from './names';
import type { KubernetesPod } from './kubernetes';
import { parseSshHost, type SshHost } from './ssh';

/** A program somewhere else, and the port of its inspector there. */
export type RemoteTarget = { readonly inspectPort: number } & RemoteLocation;

export type RemoteLocation =
  | ({ readonly kind: 'ssh' } & SshHost)
  | ({ readonly kind: 'kubernetes' } & KubernetesPod)
  | {
      readonly kind: 'docker';
      readonly container: string;
      /** Whether a second process may run in the container, one for each connection. */
      readonly mayPipe?: boolean;
    };

/** Where the inspector of Node.js listens unless told otherwise. */
export const DEFAULT_INSPECT_PORT = 9229;

/**
 * A remote target as one line, to show and to keep: `ssh://me@host:22?inspect=9230`,
 * `kubernetes://pod?namespace=shop`, `docker://web`.
 */
export function remoteAddress(target: RemoteTarget): string {
  const query = new URLSearchParams();
  if (target.kind === 'kubernetes') {
    for (const name of ['context', 'namespace', 'container'] as const) {
      if (target[name] !== undefined) query.set(name, target[name]);
    }
  }
  if (target.kind === 'docker' && target.mayPipe) query.set('pipe', 'yes');
  if (target.inspectPort !== DEFAULT_INSPECT_PORT) query.set('inspect', String(target.inspectPort));
  const parameters = query.size > 0 ? `?${query.toString()}` : '';
  return `${target.kind}://${nameOf(target)}${parameters}`;
}

/** True for text that `parseRemoteAddress` is to read. */
export function isRemoteAddress(text: string): boolean {
  return /^(ssh|kubernetes|docker):\/\//.test(text);
}

/** Reads what `remoteAddress` made. @throws LeaklineError `usage` */
export function parseRemoteAddress(text: string): RemoteTarget {
  const [, kind, name = '', query] = /^(\w+):\/\/([^?]+)(?:\?(.*))?$/.exec(text) ?? [];
  const parameters = new URLSearchParams(query);
  const inspectPort = requirePort(
    'The port of the inspector',
    parameters.get('inspect') ?? DEFAULT_INSPECT_PORT,
  );
  switch (kind) {
    case 'ssh':
      return { kind, ...parseSshHost(name), inspectPort };
    case 'docker': {
      const mayPipe = parameters.get('pipe') === 'yes';
      return { kind, container: requireName('container', name), mayPipe, inspectPort };
    }
    case 'kubernetes':
      return { kind, ...readPod(name, parameters), inspectPort };
    default:
      throw new LeaklineError('usage', `"${text}" is not the address of a remote program.`);
  }
}

function readPod(name: string, parameters: URLSearchParams): KubernetesPod {
  const optional = (what: 'context' | 'namespace' | 'container') => {
    const value = parameters.get(what);
    return value === null ? {} : { [what]: requireName(what, value) };
  };
  const pod = requireName('pod', name);
  return { pod, ...optional('context'), ...optional('namespace'), ...optional('container') };
}

function nameOf(target: RemoteLocation): string {
  switch (target.kind) {
    case 'ssh': {
      const host = target.destination.replace(/(^|@)([^@]*:[^@]*)$/, '$1[$2]');
      return target.port === undefined ? host : `${host}:${target.port}`;
    }
    case 'kubernetes':
      return target.pod;
    case 'docker':
      return target.container;
  }
}
