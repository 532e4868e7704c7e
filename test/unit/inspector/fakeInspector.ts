import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Command {
  readonly id: number;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

export interface FakeOptions {
  /** Body of /json/list; `Host` is the header that the client sent. */
  readonly list?: (host: string | undefined) => string;
  readonly onCommand?: (command: Command, connection: FakeConnection) => void;
  readonly onConnection?: (connection: FakeConnection) => void;
}

/** The server side of a WebSocket: just enough of RFC 6455 to say anything to a client. */
export class FakeConnection {
  constructor(readonly socket: Socket) {}

  reply(command: Command, result: unknown = {}): void {
    this.json({ id: command.id, result });
  }

  event(method: string, params: unknown): boolean {
    return this.json({ method, params });
  }

  json(message: unknown): boolean {
    return this.text(JSON.stringify(message));
  }

  /** False if the socket's buffers are full. */
  text(text: string): boolean {
    const payload = Buffer.from(text);
    return this.socket.write(Buffer.concat([frameHeader(payload.length), payload]));
  }
}

/** An inspector that says what a test wants it to say, on a free loopback port. */
export class FakeInspector {
  private readonly sockets = new Set<Socket>();
  readonly server: Server;

  private constructor(options: FakeOptions) {
    this.server = createServer((request, response) => {
      if (request.url === '/json/list' && options.list) {
        response.end(options.list(request.headers.host));
      } else response.writeHead(404).end('<h1>not here</h1>');
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    });
    this.server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
      accept(request, socket);
      const connection = new FakeConnection(socket);
      readCommands(socket, (command) => options.onCommand?.(command, connection));
      options.onConnection?.(connection);
    });
  }

  static async start(options: FakeOptions = {}): Promise<FakeInspector> {
    const fake = new FakeInspector(options);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/fake`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function accept(request: IncomingMessage, socket: Socket): void {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const answer = createHash('sha1').update(key).digest('base64');
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${answer}\r\n\r\n`,
  );
}

function frameHeader(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length]);
  const header = Buffer.alloc(length < 65_536 ? 4 : 10);
  header[0] = 0x81;
  header[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) header.writeUInt16BE(length, 2);
  else header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}

/** Commands are small and masked; a close frame ends the socket. */
function readCommands(socket: Socket, onCommand: (command: Command) => void): void {
  let buffer = Buffer.alloc(0);
  socket.on('data', (data) => {
    buffer = Buffer.concat([buffer, data]);
    for (;;) {
      const short = (buffer[1] ?? 0) & 0x7f;
      const start = short === 126 ? 8 : 6;
      if (buffer.length < start) return;
      const length = short === 126 ? buffer.readUInt16BE(2) : short;
      if (buffer.length < start + length) return;
      const mask = buffer.subarray(start - 4, start);
      const payload = buffer.subarray(start, start + length).map((byte, i) => byte ^ mask[i % 4]);
      const opcode = (buffer[0] ?? 0) & 0x0f;
      buffer = buffer.subarray(start + length);
      if (opcode === 8) socket.end(Buffer.from([0x88, 0]));
      else if (opcode === 1) onCommand(JSON.parse(Buffer.from(payload).toString()) as Command);
    }
  });
}
