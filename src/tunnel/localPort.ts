import { get } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, LOOPBACK, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether somebody listens at a port of 127.0.0.1. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Whether an HTTP server, as an inspector is one, answers within the time. */
export function answersHttp(host: string, port: number, timeoutMs: number): Promise<boolean> {
  const headers = { Host: `${LOOPBACK}:${port}` };
  const path = '/json/version';
  return new Promise((resolve) => {
    const request = get({ host, port, path, agent: false, headers, timeout: timeoutMs });
    request.once('response', (response) => {
      resolve(true);
      response.destroy();
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false)).once('close', () => resolve(false));
  });
}
