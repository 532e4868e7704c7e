import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import path from 'node:path';
import { runCommand } from '../vscode/runCommand';

/** A gateway to an inspector, over TLS, that asks for a token. */
export interface Gateway {
  /** wss:// URL of the target. */
  readonly url: string;
  /** Path of its certificate, which nobody but itself has signed. */
  readonly certificate: string;
  close(): void;
}

/**
 * @param folder gets its key and certificate
 * @param inspector ws:// URL of the target behind it
 */
export async function startGateway(
  folder: string,
  inspector: string,
  token: string,
): Promise<Gateway> {
  const key = path.join(folder, 'gateway.key');
  const certificate = path.join(folder, 'gateway.crt');
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  await runCommand('openssl', ['req', ...made, ...names, '-keyout', key, '-out', certificate]);
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) });
  const { hostname, port, pathname } = new URL(inspector);
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    if (request.headers.authorization !== `Bearer ${token}`) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const there = connect(Number(port), hostname);
    there.on('error', () => {});
    const kept = ['upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version'];
    const headers = kept.map((name) => `${name}: ${String(request.headers[name])}\r\n`);
    there.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${headers.join('')}\r\n`);
    there.write(head);
    there.pipe(socket).pipe(there);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port: own } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `wss://localhost:${own}${pathname}`, certificate, close };
}
