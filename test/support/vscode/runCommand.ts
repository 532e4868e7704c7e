import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const minutes = 60_000;

/**
 * Runs a program to its end, without standard input, and answers what it wrote to standard output.
 * The error of one that fails holds the last lines of what it wrote.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const running = promisify(execFile)(command, args, {
    ...options,
    env: { ...process.env, ...options.env },
    timeout: 10 * minutes,
    maxBuffer: 64 * 1024 * 1024,
  });
  running.child.stdin?.end();
  try {
    return (await running).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-8).join('\n');
    throw new Error(`${command} ${args.join(' ')} failed: ${said || String(error)}`);
  }
}
