import { LeaklineError } from '../base/errors';
import { commandText, type ToolCommand } from './toolCommand';

const INSTALL: Readonly<Record<string, string>> = {
  ssh: 'Install OpenSSH (Debian: openssh-client; Windows: the optional feature OpenSSH Client)',
  kubectl: 'Install kubectl (https://kubernetes.io/docs/tasks/tools)',
  docker: "Install Docker's command line (https://docs.docker.com/engine/install)",
};

/** What the person can do about something that a tool said, in the order of asking. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /Host key verification failed|REMOTE HOST IDENTIFICATION/i,
    'Connect once by hand with ssh, and check and accept the key of the host there.',
  ],
  [
    /Permission denied \(/i,
    'Leakline asks for no password: add your key to the ssh agent, or name it in your ssh configuration.',
  ],
  [/Could not resolve hostname/i, 'Check the name of the host.'],
  [
    /administratively prohibited/i,
    'The server forbids forwarding: AllowTcpForwarding in its sshd_config.',
  ],
  [
    /Error from server \(Forbidden\)/i,
    'Your account there may not do this. Ask who manages the cluster.',
  ],
  [
    /Error from server \(NotFound\)|No such container/i,
    'Check its name; pods and containers get new ones.',
  ],
];

/** A tool could not be started, as it is not there. */
export function missingToolError({ file }: ToolCommand, cause?: unknown): LeaklineError {
  const how = INSTALL[file] ?? `Install ${file}`;
  return new LeaklineError(
    'tunnelFailed',
    `The program ${file} is not on your PATH.`,
    `${how}, then try again.`,
    { cause },
  );
}

/**
 * A tool did not do what it was to do.
 * @param how such as `ended with exit code 255`
 * @param lastLines of its output, as `ToolOutput` keeps them
 */
export function toolError(
  command: ToolCommand,
  how: string,
  lastLines: readonly string[],
): LeaklineError {
  return new LeaklineError(
    'tunnelFailed',
    `${command.file} ${how}.${quotedLines(lastLines)}`,
    hintFor(lastLines) ?? `Run it by hand until it works: ${commandText(command)}`,
  );
}

/** What to do about what a tool said; undefined if that is not known. */
export function hintFor(lastLines: readonly string[]): string | undefined {
  const said = lastLines.join('\n');
  return HINTS.find(([pattern]) => pattern.test(said))?.[1];
}

/** The last lines of a tool, to follow a sentence; empty without any. */
export function quotedLines(lastLines: readonly string[]): string {
  return lastLines.length === 0 ? '' : ` Its last lines:\n${lastLines.join('\n')}\n`;
}
