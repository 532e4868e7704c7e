import { LeaklineError } from '../base/errors';
import { requirePort } from './names';
import type { MakeForward, Place } from './place';

/** A host as ssh knows it: a name of the person's ssh configuration, or a real one. */
export interface SshHost {
  /** HOST or USER@HOST. */
  readonly destination: string;
  /** What the ssh configuration says, without it. */
  readonly port?: number;
}

/**
 * The person's configuration, keys and agent count, but for what would keep the tunnel from ending
 * with its process (a shared connection), ask for a password, or hang.
 */
const OPTIONS = [
  ...option('BatchMode=yes'),
  ...option('ConnectTimeout=15'),
  ...option('ServerAliveInterval=15'),
  ...option('ServerAliveCountMax=3'),
  ...option('ControlMaster=no'),
  ...option('ControlPath=none'),
  ...option('RemoteCommand=none'),
];

/**
 * Reads [USER@]HOST[:PORT]. ssh may hand host and user to a shell of the person's configuration, so
 * nothing that a shell acts on is taken.
 * @throws LeaklineError `usage`
 */
export function parseSshHost(text: string): SshHost {
  const match = /^((?:[\w.][\w.+-]*@)?(?:[A-Za-z0-9_][\w.-]*|\[[0-9a-fA-F:.]+\]))(?::(\d+))?$/.exec(
    text.trim(),
  );
  const [, named, port] = match ?? [];
  if (named === undefined) {
    throw new LeaklineError(
      'usage',
      `"${text}" is not a host for ssh.`,
      'Give [USER@]HOST[:PORT], or a name of your ssh configuration.',
    );
  }
  const destination = named.replace(/\[(.+)\]$/, '$1');
  return { destination, ...(port !== undefined && { port: requirePort('The ssh port', port) }) };
}

export function sshPlace(host: SshHost): Place {
  return {
    title: host.destination,
    run: (args) => ({ file: 'ssh', args: ['-T', ...OPTIONS, ...address(host), ...args] }),
    listProcesses: () => sshPlace(host).run(['ps', '-eo', 'pid,args']),
  };
}

/** `ssh -N -L`, which ends where it cannot listen here. */
export function sshForward(host: SshHost): MakeForward {
  return (local, remote) => ({
    file: 'ssh',
    args: [
      '-N',
      '-T',
      ...['-L', `127.0.0.1:${local}:127.0.0.1:${remote}`],
      ...option('ExitOnForwardFailure=yes'),
      ...OPTIONS,
      ...address(host),
    ],
  });
}

function option(text: string): string[] {
  return ['-o', text];
}

function address({ destination, port }: SshHost): string[] {
  return [...(port === undefined ? [] : ['-p', String(port)]), '--', destination];
}
