import { setMaxListeners } from 'node:events';

const controller = new AbortController();
setMaxListeners(0, controller.signal);

/** Aborted when the server stops. */
export const shutdown: AbortSignal = controller.signal;

export function stop(): void {
  controller.abort();
}
