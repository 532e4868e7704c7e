import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { benchFolder } from './benchFolder';

/** How a program ran, start and end of its process included. */
export type Run =
  | {
      readonly outcome: 'done';
      readonly wallSeconds: number;
      /** Of all threads, in user and system. */
      readonly cpuSeconds: number;
      readonly peakRssBytes: number;
      /** What the last line that it printed says. */
      readonly output: Record<string, unknown>;
    }
  | { readonly outcome: 'failed'; readonly why: string };

export interface RunOptions {
  /** Node.js to run it with. */
  readonly node: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly limitSeconds: number;
  /** Exit codes that are no failure; 0 if not said. */
  readonly goodCodes?: readonly number[];
}

const USAGE_PRELOAD = path.join(__dirname, 'engines', 'processUsage.cjs');

/** Runs Node.js with `args` in a process of its own. It never throws: a failure is a result. */
export async function measuredRun(args: readonly string[], options: RunOptions): Promise<Run> {
  const usageFile = path.join(benchFolder, `usage-${process.pid}.json`);
  rmSync(usageFile, { force: true });
  const started = performance.now();
  const child = spawn(options.node, ['--require', USAGE_PRELOAD, ...args], {
    env: { ...process.env, ...options.env, LEAKLINE_BENCH_USAGE: usageFile },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output = collect(child);
  const end = await endOf(child, options.limitSeconds);
  const wallSeconds = (performance.now() - started) / 1000;
  try {
    if (end.code === null || !(options.goodCodes ?? [0]).includes(end.code)) {
      return { outcome: 'failed', why: end.why ?? failureIn(output.stderr, end) };
    }
    const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as {
      cpuSeconds: number;
      peakRssBytes: number;
    };
    return { outcome: 'done', wallSeconds, ...usage, output: outputOf(output.stdout) };
  } catch (error) {
    return { outcome: 'failed', why: (error as Error).message };
  } finally {
    rmSync(usageFile, { force: true });
  }
}

interface Output {
  stdout: string;
  stderr: string;
}

function collect(child: ChildProcess): Output {
  const output: Output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return output;
}

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly why?: string;
}

/** Ends the process, and what it has started, after the time or when this process is interrupted. */
function endOf(child: ChildProcess, limitSeconds: number): Promise<End> {
  return new Promise((resolve) => {
    let why: string | undefined;
    const limit = setTimeout(() => {
      why = `did not finish within ${limitSeconds} s`;
      kill();
    }, limitSeconds * 1000);
    const kill = () => {
      // The group of a process that did not start would be this process's own.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    const interrupted = () => {
      kill();
      process.exit(130);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      resolve({ code, signal, ...(why && { why }) });
    };
    child.once('error', (error) => {
      why = error.message;
      end(null, null);
    });
    child.once('close', end);
  });
}

/** What V8, WebAssembly and the system say when there is no more memory. */
const OUT_OF_MEMORY =
  /out of memory|heap limit|Array buffer allocation failed|memory access out of bounds|SIGKILL/i;

/** The line that says most about a failure. */
function failureIn(stderr: string, { code, signal }: End): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const telling = lines.find((line) => /error|invalid|out of memory/i.test(line));
  const end = signal ? `ended by ${signal}` : `exit code ${code}`;
  const how = telling ? `${telling.slice(0, 120)} (${end})` : end;
  return `crashed${OUT_OF_MEMORY.test(how) ? ' (out of memory)' : ''}: ${how}`;
}

function outputOf(stdout: string): Record<string, unknown> {
  const text = stdout.trim();
  const json = text.startsWith('{') ? text : text.slice(text.lastIndexOf('\n') + 1);
  return JSON.parse(json) as Record<string, unknown>;
}
