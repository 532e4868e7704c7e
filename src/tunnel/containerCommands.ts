/**
 * Lists processes where no `ps` is installed, as in most images. A constant: nothing is put into it.
 */
const LIST = `for p in /proc/[0-9]*; do echo "\${p#/proc/} $(tr '\\0' ' ' < "$p/cmdline")"; done`;
/** Few images have a program `kill`; every shell has one built in. */
const SIGNAL = 'kill -USR1 "$0"';

/** What runs in a container to list its processes. */
export const LIST_IN_CONTAINER: readonly string[] = ['sh', '-c', LIST];

/** What runs in a container to send SIGUSR1. */
export function signalInContainer(pid: number): string[] {
  return ['sh', '-c', SIGNAL, String(pid)];
}
