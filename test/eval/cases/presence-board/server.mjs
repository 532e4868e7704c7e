import net from 'node:net';
import { Presence } from './presence.mjs';

const presence = new Presence();
const server = net.createServer((socket) => presence.welcome(socket));

export const ready = new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
server.unref();

/** A user comes online, says a name and goes. */
export async function work(i) {
  const { port } = server.address();
  await new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`user ${i}\n`));
    socket.once('data', () => socket.end());
    socket.once('close', resolve);
    socket.once('error', reject);
  });
}
