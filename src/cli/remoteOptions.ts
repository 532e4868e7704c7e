import type { RemoteLocation, RemoteTarget } from '../tunnel/remoteTarget';
import { DEFAULT_INSPECT_PORT } from '../tunnel/remoteTarget';
import { requireName, requirePort } from '../tunnel/names';
import { parseSshHost } from '../tunnel/ssh';
import { usage, wholeNumber } from './optionValues';

/** A program on another machine or in a container. */
export interface RemoteChoice {
  readonly kind: 'remote';
  readonly target: RemoteTarget;
  /** Whose inspector to open first: a process id, or the only Node.js process there; nobody's if absent. */
  readonly open?: number | 'only';
}

/** Options that say where; one of them makes the target a remote one. */
export const REMOTE_PLACES = ['ssh', 'kube', 'docker'] as const;
/** Options that say more about it, and need one of those. */
const REMOTE_DETAILS = ['context', 'namespace', 'container', 'inspect-port', 'remote-pid'] as const;
export const REMOTE_OPTIONS = [...REMOTE_PLACES, ...REMOTE_DETAILS] as const;
export const REMOTE_FLAGS = ['open-inspector', 'docker-pipe'] as const;

export type RemoteValues = Partial<Record<(typeof REMOTE_OPTIONS)[number], string>>;
export type RemoteFlags = ReadonlySet<string>;

const MAX_PID = 2 ** 31 - 1;

/** Which remote program is meant. @throws LeaklineError `usage` */
export function readRemoteChoice(values: RemoteValues, flags: RemoteFlags): RemoteChoice {
  const location = readLocation(values, flags);
  requireFitting(values, flags, location);
  const inspectPort = requirePort('--inspect-port', values['inspect-port'] ?? DEFAULT_INSPECT_PORT);
  const open = readOpen(values, flags);
  return {
    kind: 'remote',
    target: { ...location, inspectPort },
    ...(open !== undefined && { open }),
  };
}

/** @throws LeaklineError `usage` if an option is given that only remote programs have */
export function requireNoRemoteDetails(values: RemoteValues, flags: RemoteFlags): void {
  const stray =
    REMOTE_DETAILS.find((name) => values[name] !== undefined) ??
    REMOTE_FLAGS.find((name) => flags.has(name));
  if (stray !== undefined) {
    throw usage(`--${stray} is for remote programs.`, 'Give --ssh, --kube or --docker with it.');
  }
}

function readLocation(values: RemoteValues, flags: RemoteFlags): RemoteLocation {
  const { ssh, kube, docker, context, namespace, container } = values;
  if (ssh !== undefined) return { kind: 'ssh', ...parseSshHost(ssh) };
  if (docker !== undefined) {
    const mayPipe = flags.has('docker-pipe');
    return { kind: 'docker', container: requireName('container', docker), mayPipe };
  }
  return {
    kind: 'kubernetes',
    pod: requireName('pod', kube ?? ''),
    ...(context !== undefined && { context: requireName('context', context) }),
    ...(namespace !== undefined && { namespace: requireName('namespace', namespace) }),
    ...(container !== undefined && { container: requireName('container', container) }),
  };
}

function requireFitting(values: RemoteValues, flags: RemoteFlags, { kind }: RemoteLocation): void {
  const ofPods = (['context', 'namespace', 'container'] as const).find((name) => values[name]);
  if (ofPods !== undefined && kind !== 'kubernetes') throw usage(`--${ofPods} goes with --kube.`);
  if (flags.has('docker-pipe') && kind !== 'docker')
    throw usage('--docker-pipe goes with --docker.');
}

function readOpen(values: RemoteValues, flags: RemoteFlags): number | 'only' | undefined {
  const pid = values['remote-pid'];
  if (pid !== undefined) return wholeNumber('--remote-pid', pid, 1, MAX_PID);
  return flags.has('open-inspector') ? 'only' : undefined;
}
