import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/projectRoot';

const programs = join(projectRoot, 'test/fixtures/programs');

/** The path of a fixture program. */
export function programPath(name: string): string {
  return join(programs, `${name}.cjs`);
}

/** True for a process that runs; one that has ended but whom nobody has asked about does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).syscall === 'open' && process.platform !== 'linux';
  }
}

/** A fixture program in a process of its own; `end` it in any case. */
export class Program {
  /** What it has printed so far. */
  text = '';

  private constructor(private readonly child: ChildProcess) {
    const read = (data: Buffer) => {
      this.text += data.toString();
      child.emit('output');
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  }

  /** Starts it, and waits until it has printed what matches `until`. */
  static async start(
    name: string,
    nodeArgs: string[] = [],
    until = /ready/,
    args: string[] = [],
  ): Promise<Program> {
    const program = new Program(spawn(process.execPath, [...nodeArgs, programPath(name), ...args]));
    await program.printed(until);
    return program;
  }

  /** Starts it under the inspector, on a free loopback port. */
  static inspected(name: string, flag = '--inspect', until = /ready/): Promise<Program> {
    return Program.start(name, [`${flag}=127.0.0.1:0`], until);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What it has printed so far. */
  get output(): string {
    return this.text;
  }

  get url(): string {
    return /ws:\/\/\S+/.exec(this.text)?.[0] ?? '';
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits until it has printed, from now on if `fresh`, what matches. */
  async printed(pattern: RegExp, fresh = false): Promise<void> {
    const start = fresh ? this.text.length : 0;
    while (!pattern.test(this.text.slice(start))) {
      if (this.hasEnded) throw new Error(`The program has ended: ${this.text}`);
      await once(this.child, 'output');
    }
  }

  /** Writes a line to its input, and waits until it has printed what matches. */
  async answers(line: string, pattern: RegExp): Promise<void> {
    const printed = this.printed(pattern, true);
    this.child.stdin?.write(`${line}\n`);
    await printed;
  }

  closeInput(): void {
    this.child.stdin?.end();
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Its exit code, or the signal that ended it. */
  async ended(): Promise<number | string | null> {
    if (!this.hasEnded) await once(this.child, 'exit');
    return this.child.exitCode ?? this.child.signalCode;
  }

  async end(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended();
  }
}
