import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back the memory of snapshots that were let go. V8 does not count the shared columns of a
 * snapshot, so that without this they would stay until its own small heap happens to be full.
 */
export async function collectGarbage(): Promise<void> {
  // The stack below may still hold what was let go.
  await setImmediate();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}
