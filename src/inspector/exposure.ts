import { isLoopback } from '../base/loopback';
import { listeningSockets, type ListeningSocket } from './processInfo';

/**
 * True if other machines can reach an inspector, who then can run code in its process: it asks nobody
 * for anything. Of a port of this machine only Linux tells; one behind TLS is a gateway's matter.
 * @param webSocketUrl as it was connected to
 */
export async function isExposed(
  webSocketUrl: string,
  sockets: () => Promise<readonly ListeningSocket[]> = () => listeningSockets('self'),
): Promise<boolean> {
  const { protocol, hostname, port } = new URL(webSocketUrl);
  if (protocol === 'wss:') return false;
  if (!isLoopback(hostname)) return true;
  return (await sockets()).some((socket) => socket.port === Number(port) && socket.isPublic);
}
