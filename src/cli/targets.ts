import { throwIfAborted } from '../base/errors';
import { listLocalProcesses, type LocalProcess } from '../inspector/localProcesses';
import { LocalTargets } from '../inspector/localTargets';
import { findWorkers } from '../inspector/localWorkers';
import type { ListedProcess } from './renderTargets';

/**
 * `leakline targets`: the Node.js processes of this machine. It opens no inspector, and attaches only
 * where one is open, to ask for worker threads.
 * @throws LeaklineError `cancelled`
 */
export async function runTargets(signal: AbortSignal): Promise<ListedProcess[]> {
  const processes = await listLocalProcesses(await new LocalTargets().find());
  const listed = await Promise.all(processes.map((process) => withWorkers(process, signal)));
  throwIfAborted(signal);
  return listed;
}

/** Who does not answer is listed without. */
async function withWorkers(process: LocalProcess, signal: AbortSignal): Promise<ListedProcess> {
  const url = process.inspector?.target.webSocketUrl;
  if (url === undefined) return { process };
  const workers = await findWorkers(url, signal).catch(() => undefined);
  return { process, ...(workers && { workers }) };
}
