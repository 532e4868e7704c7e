import { setTimeout as delay } from 'node:timers/promises';
import { LeaklineError, throwIfAborted } from '../base/errors';
import { dockerPipe, dockerPlace, publishedPort } from './docker';
import { ForwardTunnel, type TunnelOptions } from './forwardTunnel';
import { kubernetesForward, kubernetesPlace } from './kubernetes';
import { answersHttp } from './localPort';
import type { Place } from './place';
import { PipeTunnel } from './pipeTunnel';
import type { RemoteLocation, RemoteTarget } from './remoteTarget';
import { openRemoteInspector } from './remoteProcesses';
import { sshForward, sshPlace } from './ssh';
import { hintFor, quotedLines } from './toolErrors';
import type { Tunnel } from './tunnel';

export interface OpenTunnelOptions extends TunnelOptions {
  /** The process whose inspector is to be opened first; none if absent. */
  readonly pid?: number | undefined;
}

const ANSWER_MS = 5_000;
/** A process that is busy opens its inspector when it gets to it. */
const OPENING_MS = 15_000;
const POLL_MS = 200;

/** What can be run where a target is. @throws LeaklineError `usage` for bad names */
export function placeOf(location: RemoteLocation): Place {
  switch (location.kind) {
    case 'ssh':
      return sshPlace(location);
    case 'kubernetes':
      return kubernetesPlace(location);
    case 'docker':
      return dockerPlace(location.container);
  }
}

/**
 * Opens a way to a remote inspector, at which one answers.
 * @throws LeaklineError `inspectorOff` if nothing answers at the port there, `tunnelFailed` if the
 *   tool fails, `targetNotFound` as `openRemoteInspector`, `usage` or `cancelled`. Nothing is left
 *   running.
 */
export async function openTunnel(
  target: RemoteTarget,
  options: OpenTunnelOptions,
): Promise<Tunnel> {
  const place = placeOf(target);
  const { pid, signal } = options;
  if (pid !== undefined) await openRemoteInspector(place, pid, options);
  const tunnel = await tunnelTo(target, options);
  try {
    if (await answers(tunnel, pid === undefined ? ANSWER_MS : OPENING_MS, signal)) return tunnel;
    throw (await tunnel.failure()) ?? silentError(place, target.inspectPort, pid, tunnel.lastLines);
  } catch (error) {
    await tunnel.close();
    throw error;
  }
}

async function tunnelTo(target: RemoteTarget, options: TunnelOptions): Promise<Tunnel> {
  const { inspectPort } = target;
  switch (target.kind) {
    case 'ssh':
      return ForwardTunnel.open(sshForward(target), inspectPort, options);
    case 'kubernetes':
      return ForwardTunnel.open(kubernetesForward(target), inspectPort, options);
    case 'docker': {
      const { container, mayPipe = false } = target;
      const published = await publishedPort(container, inspectPort, options);
      if (published && (await answersHttp(published.host, published.port, ANSWER_MS))) {
        return {
          ...published,
          lastLines: [],
          failure: () => Promise.resolve(undefined),
          close: async () => {},
        };
      }
      if (!mayPipe) throw unpublishedError(container, inspectPort, published !== undefined);
      const pipe = dockerPipe(container)(inspectPort);
      options.onCommand?.(pipe);
      return PipeTunnel.open(pipe);
    }
  }
}

async function answers(tunnel: Tunnel, ms: number, signal: AbortSignal | undefined) {
  for (const until = Date.now() + ms; Date.now() < until;) {
    throwIfAborted(signal);
    if (await answersHttp(tunnel.host, tunnel.port, ANSWER_MS)) return true;
    await delay(POLL_MS);
  }
  return false;
}

function silentError(
  place: Place,
  port: number,
  pid: number | undefined,
  lastLines: readonly string[],
): LeaklineError {
  const message = `No inspector answers at port ${port} of ${place.title}.${quotedLines(lastLines)}`;
  const known = hintFor(lastLines);
  if (known !== undefined) return new LeaklineError('tunnelFailed', message, known);
  const hint =
    pid === undefined
      ? 'Its inspector is off or has another port. --open-inspector opens it without a restart, --inspect-port names the port.'
      : `Process ${pid} may have been told another port: see --inspect-port.`;
  return new LeaklineError('inspectorOff', message, hint);
}

function unpublishedError(container: string, port: number, isPublished: boolean): LeaklineError {
  const why = isPublished
    ? `Nothing answers at the published port ${port} of container ${container}: its inspector is off, or listens inside of the container only.`
    : `Container ${container} publishes no port ${port}.`;
  return new LeaklineError(
    'inspectorOff',
    why,
    '--docker-pipe gets there without a restart: it runs a second Node.js process in the container, about 40 MB, for each connection.',
  );
}
