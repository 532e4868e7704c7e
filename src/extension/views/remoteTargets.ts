import type { Disposable } from '../../base/disposable';
import type { LocalTargets } from '../../inspector/localTargets';
import type { Connection } from '../run/connection';
import type { TargetMemory } from './targetMemory';

/** Remembers where one was attached, unless it is a process of this machine, which is found anyway. */
export function rememberRemoteTargets(
  connection: Connection,
  local: Pick<LocalTargets, 'find'>,
  memory: TargetMemory,
): Disposable {
  return connection.onDidChange(() => {
    const { current } = connection;
    if (current) void remember(current.address, current.target.webSocketUrl);
  });

  async function remember(address: string, webSocketUrl: string): Promise<void> {
    const found = await local.find();
    if (!found.some(({ target }) => target.webSocketUrl === webSocketUrl)) {
      await memory.remember(address);
    }
  }
}
