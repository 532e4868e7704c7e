import { spawn } from 'node:child_process';
import { throwIfAborted } from '../base/errors';
import { missingToolError, toolError } from './toolErrors';
import type { ToolCommand } from './toolCommand';
import { ToolOutput } from './toolOutput';

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Gets each command right before it runs. */
  readonly onCommand?: ((command: ToolCommand) => void) | undefined;
  /** Its output counts whatever its exit code says. */
  readonly mayFail?: boolean;
}

const TIMEOUT_MS = 30_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

/**
 * Runs a tool to its end, which asks nothing: it has no standard input.
 * @returns its standard output
 * @throws LeaklineError `tunnelFailed` if it is missing, fails, says too much or takes more than
 *   30 s; `cancelled`
 */
export async function runTool(command: ToolCommand, options: RunOptions = {}): Promise<string> {
  throwIfAborted(options.signal);
  options.onCommand?.(command);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const child = spawn(command.file, command.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal,
  });
  const said = new ToolOutput();
  said.read(child.stderr);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.length > MOST_CHARACTERS) child.kill();
  });
  let failure: NodeJS.ErrnoException | undefined;
  child.once('error', (error) => (failure = error));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  throwIfAborted(options.signal);
  if (failure?.code === 'ENOENT') throw missingToolError(command, failure);
  if (timeout.aborted) throw toolError(command, 'gave no answer in 30 s', said.lastLines);
  if (code !== 0 && !(options.mayFail && code !== null))
    throw toolError(command, endText(code, failure), said.lastLines);
  return text;
}

function endText(code: number | null, failure: Error | undefined): string {
  if (failure) return `could not be started: ${failure.message}`;
  return code === null ? 'was ended' : `ended with exit code ${code}`;
}
