import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../support/projectRoot';

/** The command line as it is shipped. */
const cliPath = path.join(projectRoot, 'dist', 'cli.js');

export interface CliEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Options for Node.js itself. */
  readonly nodeOptions?: readonly string[];
  /** A shell command around it, in which `"$@"` is the command line. */
  readonly shell?: string;
  readonly stdout?: number;
}

/** A folder for one test file, and every `leakline` that was started in it. */
export class Workbench {
  private readonly running = new Set<Cli>();

  private constructor(readonly folder: string) {}

  static async open(): Promise<Workbench> {
    const workbench = new Workbench(await mkdtemp(path.join(tmpdir(), 'leakline-test-')));
    await mkdir(workbench.temporary);
    return workbench;
  }

  path(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  /** Starts `leakline`; its folder for temporary files is one of this workbench. */
  start(args: readonly string[], options: CliOptions = {}): Cli {
    const cli = new Cli(args, {
      ...options,
      env: { ...process.env, TMPDIR: this.temporary, ...options.env },
    });
    this.running.add(cli);
    return cli;
  }

  run(args: readonly string[], options: CliOptions = {}): Promise<CliEnd> {
    return this.start(args, options).ended;
  }

  /** What was left in the folder for temporary files. */
  leftovers(): Promise<string[]> {
    return readdir(this.temporary);
  }

  async close(): Promise<void> {
    for (const cli of this.running) cli.kill();
    await rm(this.folder, { recursive: true });
  }

  private get temporary(): string {
    return this.path('tmp');
  }
}

export class Cli {
  /** Resolves when the process is gone and its output was read. */
  readonly ended: Promise<CliEnd>;
  private readonly child: ChildProcess;
  private stdout = '';
  private stderr = '';

  constructor(args: readonly string[], options: CliOptions) {
    const { env, nodeOptions = [], shell, stdout } = options;
    const command = [process.execPath, ...nodeOptions, cliPath, ...args];
    const [file, ...rest] = shell === undefined ? command : ['sh', '-c', shell, 'sh', ...command];
    const stdio: StdioOptions = ['ignore', stdout ?? 'pipe', 'pipe'];
    const child = spawn(file, rest, { cwd: projectRoot, env, stdio });
    this.child = child;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      child.emit('progress');
    });
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        const { stdout: out, stderr } = this;
        resolve({ code, stdout: out, stderr });
        child.emit('progress');
      });
    });
  }

  /** Waits until it has printed what matches to standard error. */
  async reports(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stderr);
      if (match) return match;
      if (this.hasEnded) throw new Error(`No ${pattern} in:\n${this.stderr}`);
      await new Promise((resolve) => this.child.once('progress', resolve));
    }
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }

  /** Leaves its standard error without a reader. */
  stopReading(): void {
    this.child.stderr?.destroy();
  }

  kill(): void {
    if (!this.hasEnded) this.child.kill('SIGKILL');
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
