import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { LeaklineError } from '../base/errors';
import { missingToolError, toolError } from './toolErrors';
import type { ToolCommand } from './toolCommand';
import { ToolOutput } from './toolOutput';
import type { Tunnel } from './tunnel';

const GRACE_MS = 2_000;

/**
 * A port of this machine, for each connection to which a tool is run whose standard input and output
 * are the other end. The tool ends with its input, and that ends with this process.
 */
export class PipeTunnel implements Tunnel {
  readonly host = '127.0.0.1';
  private readonly connections = new Map<Socket, Promise<void>>();
  private lastFailure: LeaklineError | undefined;
  private said = new ToolOutput();

  private constructor(
    private readonly server: Server,
    private readonly command: ToolCommand,
  ) {
    server.on('connection', (socket) => this.serve(socket));
  }

  /** Listens; the tool does not run before somebody connects. */
  static async open(command: ToolCommand): Promise<PipeTunnel> {
    const server = createServer({ allowHalfOpen: false });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new PipeTunnel(server, command);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get lastLines(): readonly string[] {
    return this.said.lastLines;
  }

  failure(): Promise<LeaklineError | undefined> {
    return Promise.resolve(this.lastFailure);
  }

  async close(): Promise<void> {
    if (this.server.listening) this.server.close();
    for (const socket of this.connections.keys()) socket.destroy();
    await Promise.all(this.connections.values());
  }

  private serve(socket: Socket): void {
    const { command } = this;
    const tool = spawn(command.file, command.args, { windowsHide: true });
    const said = new ToolOutput();
    said.read(tool.stderr);
    this.said = said;
    tool.once('error', (error: NodeJS.ErrnoException) => {
      this.lastFailure =
        error.code === 'ENOENT'
          ? missingToolError(command, error)
          : toolError(command, `could not be started: ${error.message}`, []);
    });
    // A connection that breaks is the tool's end, and the other way round.
    tool.stdin.on('error', () => {});
    socket.on('error', () => {});
    socket.pipe(tool.stdin);
    tool.stdout.pipe(socket);
    socket.once('close', () => endWithInput(tool));
    const ended = once(tool, 'close').then(
      ([code]) => this.onEnded(socket, code as number | null, said),
      () => this.onEnded(socket, null, said),
    );
    this.connections.set(socket, ended);
  }

  private onEnded(socket: Socket, code: number | null, said: ToolOutput): void {
    if (code) {
      this.lastFailure = toolError(this.command, `ended with exit code ${code}`, said.lastLines);
    }
    socket.destroy();
    this.connections.delete(socket);
  }
}

/** The process in the container ends with its input, and nothing else tells it to. */
function endWithInput(tool: ChildProcess): void {
  tool.stdin?.end();
  const timer = setTimeout(() => tool.kill('SIGKILL'), GRACE_MS);
  tool.once('close', () => clearTimeout(timer));
}
