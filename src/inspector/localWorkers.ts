import { CdpClient } from './cdpClient';
import { withDeadline } from './deadline';
import { LeaklineError } from '../base/errors';
import { listWorkers, type WorkerIsolate } from './workers';

const ANSWER_MS = 2_000;

/**
 * Attaches to a process whose inspector is open, asks for its worker threads and detaches at once. A
 * target says on its standard error that somebody has attached.
 * @throws LeaklineError as connecting does; `connectionLost` if it does not answer, `cancelled`
 */
export async function findWorkers(
  webSocketUrl: string,
  signal?: AbortSignal,
): Promise<WorkerIsolate[]> {
  const client = await CdpClient.connect(webSocketUrl, { signal, timeoutMs: ANSWER_MS });
  try {
    const timedOut = () =>
      new LeaklineError(
        'connectionLost',
        'The process does not say which worker threads it has.',
        'It may be busy: try again later.',
      );
    return await withDeadline(listWorkers(client), { signal, timeoutMs: ANSWER_MS, timedOut });
  } finally {
    await client.close();
  }
}
