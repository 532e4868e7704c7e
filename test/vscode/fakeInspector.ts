import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Listens where an inspector might, and counts who comes. */
export interface FakeInspector {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  readonly connections: number;
  close(): void;
}

/** Starts one. */
export async function fakeInspector(): Promise<FakeInspector> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    close: () => void server.close(),
  };
}
