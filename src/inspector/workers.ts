import { setTimeout as delay } from 'node:timers/promises';
import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/event';
import type { CdpSession } from './cdpSession';
import { withDeadline, type Deadline } from './deadline';
import { chooseWorker, matchingWorkers, noWorkerError } from './workerChoice';
import { detachWorker, WorkerSession } from './workerSession';

/** A worker thread (`worker_threads`): an isolate of its own. The texts come from the target. */
export interface WorkerIsolate {
  /** Node's `threadId`, never used twice in one process; undefined if the target does not tell. */
  readonly threadId: number | undefined;
  /** What the program called it; Node.js 26 says `WorkerThread` if it did not. */
  readonly name: string;
  /** Of its script; `[worker eval]` if it has none. */
  readonly url: string;
}

/** A worker, and the name of our protocol session with it. */
interface AttachedWorker extends WorkerIsolate {
  readonly sessionId: string;
}

/** Workers that are started one right after the other are told apart only if all are seen. */
const QUIET_MS = 500;

/**
 * The worker threads of a process, those that workers started included.
 * @returns by thread id; none if the target knows no workers
 */
export async function listWorkers(main: CdpSession): Promise<WorkerIsolate[]> {
  const table = new WorkerTable(main);
  try {
    await table.attach();
    return table.workers.map(({ threadId, name, url }) => ({ threadId, name, url }));
  } catch (error) {
    if (main.isClosed) throw error;
    return [];
  } finally {
    await table.detachAllBut(undefined);
    await main.send('NodeWorker.disable').catch(() => undefined);
  }
}

/**
 * Attaches to the worker threads of a process, for there is no other way to learn which there are,
 * chooses one and lets go of the others.
 * @param choice as `chooseWorker` takes it
 * @param deadline how long the program may take to start the worker; by default it runs already
 * @returns a session with the one chosen, which ends with `main`
 * @throws LeaklineError as `chooseWorker`; `protocol` if the target knows no workers, `cancelled`
 */
export async function attachToWorker(
  main: CdpSession,
  choice: string,
  { timeoutMs = 0, signal }: Pick<Deadline, 'timeoutMs' | 'signal'> = {},
): Promise<WorkerSession> {
  const table = new WorkerTable(main);
  let chosen: string | undefined;
  try {
    await table.attach();
    if (timeoutMs > 0) {
      const timedOut = () => noWorkerError(table.workers, choice);
      await withDeadline(table.started(choice), { signal, timeoutMs, timedOut });
      await withDeadline(delay(QUIET_MS), { signal });
    }
    chosen = chooseWorker(table.workers, choice).sessionId;
    return new WorkerSession(main, chosen);
  } finally {
    await table.detachAllBut(chosen);
  }
}

/** Follows which workers a session is attached to. */
class WorkerTable {
  private readonly attached = new Map<string, AttachedWorker>();
  private readonly added = new Emitter<void>();
  private readonly subscriptions: readonly Disposable[];

  constructor(private readonly main: CdpSession) {
    this.subscriptions = [
      main.on('NodeWorker.attachedToWorker', ({ sessionId, title, url }) => {
        this.attached.set(sessionId, { sessionId, ...readTitle(title), url });
        this.added.fire();
      }),
      main.on('NodeWorker.detachedFromWorker', ({ sessionId }) => this.attached.delete(sessionId)),
    ];
  }

  get workers(): AttachedWorker[] {
    return [...this.attached.values()].sort((a, b) => (a.threadId ?? 0) - (b.threadId ?? 0));
  }

  /** Complete once this has settled: Node announces the workers that run before it answers. */
  async attach(): Promise<void> {
    await this.main.send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  }

  /** Settles once there is a worker that may be the chosen one. */
  async started(choice: string): Promise<void> {
    while (matchingWorkers(this.workers, choice).length === 0) {
      await new Promise<void>((resolve) => this.added.event(resolve));
    }
  }

  /** Follows them no longer. */
  async detachAllBut(sessionId: string | undefined): Promise<void> {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.added.dispose();
    const others = [...this.attached.keys()].filter((id) => id !== sessionId);
    await Promise.all(others.map((id) => detachWorker(this.main, id)));
  }
}

/** Node.js makes titles like `[worker 3] resize`. */
function readTitle(title: string): Pick<WorkerIsolate, 'threadId' | 'name'> {
  const [, id, name] = /^\[worker (\d{1,9})\] ?(.*)$/s.exec(title) ?? [];
  return { threadId: id === undefined ? undefined : Number(id), name: name ?? title };
}
