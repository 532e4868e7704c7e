import type { Endpoint, StartOptions } from './processInfo';

/** Where Node.js opens its inspector unless told otherwise, and the ports that people take next. */
export const USUAL_PORTS: readonly number[] = Array.from({ length: 11 }, (_, i) => 9229 + i);

const OPTION = /^--inspect(?:-brk|-wait|-port)?(?:=(.*))?$/;
const LOOPBACK = /^(?:127\.|::1$|0:0:0:0:0:0:0:1$)/;

/**
 * True if a process may have its inspector at an endpoint where it listens, by how it was started.
 * Its other endpoints are the program's own: nobody should ask them for anything.
 */
export function mayBeInspector({ host, port }: Endpoint, options: StartOptions): boolean {
  if (USUAL_PORTS.includes(port)) return true;
  const told = toldPorts(options);
  // A port that the system chose may be any of those that only this machine can reach.
  return told.includes(port) || (told.includes(0) && LOOPBACK.test(host));
}

/** The port of 127.0.0.1 where a process opens its inspector on a signal; 0 is any. */
export function portOnSignal(options: StartOptions): number {
  return toldPorts(options).at(-1) ?? USUAL_PORTS[0];
}

function toldPorts({ commandLine, nodeOptions }: StartOptions): number[] {
  return [...commandLine, ...nodeOptions.split(/\s+/)].flatMap(inspectorPort);
}

/** The port that an option names; none if it is no such option. 0 is any. */
function inspectorPort(option: string): number[] {
  const [, value] = OPTION.exec(option) ?? [];
  if (value !== undefined) return [Number(/(?:^|:)(\d+)$/.exec(value)?.[1] ?? USUAL_PORTS[0])];
  // How a debugger tells a program that it starts; it opens the inspector itself.
  return option.startsWith('--inspect-publish-uid') ? [0] : [];
}
