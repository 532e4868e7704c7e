import { setTimeout as delay } from 'node:timers/promises';
import type { Disposable } from '../base/disposable';
import { LeaklineError, throwIfAborted } from '../base/errors';
import type { Event } from '../base/event';
import type { MemoryCounters } from '../base/memoryCounters';
import type { MemoryLeft } from '../base/memoryLeft';
import { AllocationSampling, SAMPLING_INTERVAL_BYTES } from './allocationSampling';
import { CdpClient } from './cdpClient';
import type { CdpSession } from './cdpSession';
import { withDeadline } from './deadline';
import type { SnapshotPrice } from '../base/snapshotPrice';
import { HeapCapture, type CaptureOptions, type CaptureResult } from './heapCapture';
import { maxSnapshotBytes } from './limits';
import { sampleKeys, type LiveKeys } from './liveKeys';
import { ObjectIdSentinels } from './objectIdSentinels';
import { processIdentity, type ProcessIdentity } from './processIdentity';
import { ResidentMemory } from './residentMemory';
import { ScriptTable } from './scripts';
import { attachToWorker, listWorkers, type WorkerIsolate } from './workers';
import type { WorkerSession } from './workerSession';

export interface ConnectOptions {
  /** What people call the target; its URL by default. */
  readonly title?: string;
  /** The worker thread to attach to, see `chooseWorker`; the main thread without it. */
  readonly worker?: string | undefined;
  /** Longest wait for the program to start that worker. Default 0 ms: it runs already. */
  readonly workerWaitMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the handshake, and again for the first answers. Default 10,000 ms. */
  readonly timeoutMs?: number;
  /** Sent with the handshake to who asks for one, and nowhere else. */
  readonly token?: string | undefined;
}

/** Finalizers and weak callbacks run between two collections, as tasks of the target's event loop. */
const FINALIZER_PAUSE_MS = 100;
const PAUSE_PROBE_MS = 1_000;

/**
 * A connection to one isolate of a target, from before its first heap snapshot to after its last: object ids can
 * be compared only while it lasts. It never sets a breakpoint and never holds the program up other
 * than for garbage collections and snapshots. V8 undoes everything when the connection ends.
 */
export class InspectorSession implements Disposable {
  /** Fires once, with the reason, when the connection is lost; not after our own `close`. */
  readonly onDidClose: Event<LeaklineError>;
  private price: SnapshotPrice | undefined;

  private constructor(
    private readonly client: CdpSession,
    readonly title: string,
    /** Complete from the start, and growing as the target loads more. */
    readonly scripts: ScriptTable,
    private readonly snapshots: HeapCapture,
    private readonly sentinels: ObjectIdSentinels,
    private readonly memory: ResidentMemory,
    /** Who is at the other end, to tell a restarted target from one that was there all the time. */
    readonly identity: ProcessIdentity,
  ) {
    this.onDidClose = client.onDidClose;
  }

  /**
   * @param webSocketUrl from `resolveTarget`, `launchUnderInspector` or `openInspectorOf`
   * @throws LeaklineError `targetPaused` if the target waits for a debugger or is stopped in one,
   * `connectionRefused`, `targetNotFound`, `ambiguousTarget` (of workers), `notAnInspector`,
   * `connectionLost`, `protocol` or `cancelled`; the target is left as it was
   */
  static async connect(
    webSocketUrl: string,
    options: ConnectOptions = {},
  ): Promise<InspectorSession> {
    const { title = webSocketUrl, worker, signal, timeoutMs = 10_000, token } = options;
    const main = await CdpClient.connect(webSocketUrl, { signal, timeoutMs, token });
    const inTime = { signal, timeoutMs, timedOut: silentError };
    try {
      const isolate = worker === undefined ? main : await openWorker(main, worker, options);
      const scripts = new ScriptTable(isolate);
      const [sentinels] = await withDeadline(
        Promise.all([prepare(isolate), isolate === main && watchEnd(main)]),
        inTime,
      );
      const snapshots = new HeapCapture(isolate, sentinels);
      const memory =
        isolate === main ? await ResidentMemory.of(main, webSocketUrl) : ResidentMemory.unknown();
      const identity = await processIdentity(isolate);
      return new InspectorSession(isolate, title, scripts, snapshots, sentinels, memory, identity);
    } catch (error) {
      await main.close();
      throw error;
    }
  }

  get isClosed(): boolean {
    return this.client.isClosed;
  }

  /**
   * Collects garbage twice, with a pause in which finalizers and weak callbacks run.
   * @throws LeaklineError `targetPaused` if another debugger has stopped the target: V8 collects only
   * when the program's stack is empty
   */
  async collectGarbage(signal?: AbortSignal): Promise<void> {
    await this.collectOnce(signal);
    await withDeadline(delay(FINALIZER_PAUSE_MS), { signal });
    await this.collectOnce(signal);
  }

  /** Bytes of live and not yet collected objects in V8's heap. */
  async usedHeapBytes(): Promise<number> {
    return (await this.client.send('Runtime.getHeapUsage')).usedSize;
  }

  /** What can be told without holding the program up or running its code. */
  async memoryCounters(): Promise<MemoryCounters> {
    const [usage, residentBytes] = await Promise.all([
      this.client.send('Runtime.getHeapUsage'),
      this.residentBytes(),
    ]);
    const { usedSize, totalSize, backingStorageSize } = usage;
    return {
      heapUsedBytes: usedSize,
      heapTotalBytes: totalSize,
      ...(backingStorageSize !== undefined && { externalBytes: backingStorageSize }),
      ...(residentBytes !== undefined && { residentBytes }),
    };
  }

  /**
   * Streams a heap snapshot to `path` (see HeapCapture). Collect garbage first.
   * @throws LeaklineError `storage`, `connectionLost`, `protocol` or `cancelled`; no file is left
   */
  async capture(path: string, options: CaptureOptions = {}): Promise<CaptureResult> {
    throwIfAborted(options.signal);
    const { heapUsedBytes, residentBytes } = await this.memoryCounters();
    const endWatch = this.memory.watchPeak();
    let peak: number | undefined;
    const limited = { maxBytes: maxSnapshotBytes(heapUsedBytes), ...options };
    const result = await this.snapshots.capture(path, limited).finally(async () => {
      peak = await endWatch();
    });
    const extraBytes =
      peak === undefined || residentBytes === undefined ? undefined : peak - residentBytes;
    this.price = { pauseSeconds: result.milliseconds / 1000, extraBytes, heapUsedBytes };
    return result;
  }

  /** What the latest snapshot has cost; undefined before the first. */
  get lastPrice(): SnapshotPrice | undefined {
    return this.price;
  }

  /** @throws LeaklineError `protocol` if the target has no such script any more */
  async getScriptSource(scriptId: number): Promise<string> {
    const params = { scriptId: String(scriptId) };
    return (await this.client.send('Debugger.getScriptSource', params)).source;
  }

  /** Physical memory of the target in bytes; undefined if it runs elsewhere or nobody can tell. */
  residentBytes(): Promise<number | undefined> {
    return this.memory.bytes();
  }

  /** What the target's memory may still grow by; undefined if it runs elsewhere or nobody can tell. */
  memoryLeft(): MemoryLeft | undefined {
    return this.memory.left();
  }

  /** Samples allocations from now on; undefined if that is not possible, see AllocationSampling. */
  sampleAllocations(
    intervalBytes = SAMPLING_INTERVAL_BYTES,
  ): Promise<AllocationSampling | undefined> {
    return AllocationSampling.start(this.client, intervalBytes);
  }

  /**
   * Makes V8 keep the stack of every allocation from now on, for the snapshots to come: the target
   * allocates 50 to 110 times slower until the connection ends.
   * @throws LeaklineError `protocol` or `connectionLost`
   */
  async trackAllocations(): Promise<void> {
    await this.client.send('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
    this.sentinels.expectEarlyIds();
  }

  /**
   * The worker threads of the target, each an isolate of its own; none if this is one of them. Node
   * interrupts each for a moment to attach and detach.
   */
  workers(): Promise<WorkerIsolate[]> {
    return listWorkers(this.client);
  }

  /** A few keys of a live object of the latest snapshot, see `sampleKeys` in liveKeys.ts. */
  sampleKeys(heapObjectId: number): Promise<LiveKeys | undefined> {
    return sampleKeys(this.client, heapObjectId);
  }

  /** Leaves the target running. */
  close(): Promise<void> {
    return this.client.close();
  }

  dispose(): void {
    void this.close();
  }

  private async collectOnce(signal: AbortSignal | undefined): Promise<void> {
    const collected = this.client.send('HeapProfiler.collectGarbage').then(() => true);
    collected.catch(() => undefined);
    while (!(await this.settledSoon(collected, signal))) {
      if (await withDeadline(this.isPaused(), { signal })) throw pausedError();
    }
  }

  /** True once `work` has settled, false if it takes longer than a moment. */
  private async settledSoon(work: Promise<boolean>, signal?: AbortSignal): Promise<boolean> {
    const timer = new AbortController();
    const late = delay(PAUSE_PROBE_MS, false, { signal: timer.signal }).catch(() => false);
    try {
      return await withDeadline(Promise.race([work, late]), { signal });
    } finally {
      timer.abort();
    }
  }

  /**
   * While pauses are skipped V8 does not tell this client that another one has stopped the target.
   * The answer to a command that only works then does; an empty frame id keeps it without effect.
   */
  private async isPaused(): Promise<boolean> {
    const params = { callFrameId: '', expression: '' };
    try {
      await this.client.send('Debugger.evaluateOnCallFrame', params);
      return true;
    } catch (error) {
      if (this.isClosed) throw error;
      return !/while paused/i.test((error as Error).message);
    }
  }
}

async function openWorker(
  main: CdpClient,
  choice: string,
  { signal, timeoutMs = 10_000, workerWaitMs = 0 }: ConnectOptions,
): Promise<WorkerSession> {
  return withDeadline(attachToWorker(main, choice, { signal, timeoutMs: workerWaitMs }), {
    signal,
    timeoutMs: timeoutMs + workerWaitMs,
    timedOut: silentError,
  });
}

/** Node keeps a program that has ended waiting for as long as a client is attached; no worker. */
async function watchEnd(main: CdpClient): Promise<void> {
  main.on('NodeRuntime.waitingForDisconnect', () => main.abandon(endedError()));
  await main.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
}

/**
 * Makes an isolate ready for captures.
 * @throws LeaklineError `targetPaused`
 */
async function prepare(client: CdpSession): Promise<ObjectIdSentinels> {
  let paused = false;
  const watch = client.on('Debugger.paused', () => (paused = true));
  const [argv] = await Promise.all([
    client.send('Runtime.evaluate', {
      expression: 'process.argv',
      silent: true,
      throwOnSideEffect: true,
    }),
    // Before Debugger.enable, so that no `debugger` statement can stop the target in between.
    client.send('Debugger.setSkipAllPauses', { skip: true }),
    // For scriptParsed, and for speed: without it Node 20 computes source positions anew for every
    // object of a snapshot. Sources of scripts that the program dropped are not to be kept for us.
    client.send('Debugger.enable', { maxScriptsCacheSize: 0 }),
    client.send('HeapProfiler.enable'),
  ]);
  watch.dispose();
  if (paused) throw pausedError();
  // Node sets argv when it starts the main script, which --inspect-brk and --inspect-wait hold up.
  if (argv.type === 'undefined') throw waitingError();
  return ObjectIdSentinels.plant(client);
}

function pausedError(): LeaklineError {
  return new LeaklineError(
    'targetPaused',
    'Another debugger has stopped the target.',
    'Let it continue there, then try again.',
  );
}

function waitingError(): LeaklineError {
  return new LeaklineError(
    'targetPaused',
    'The target has not started: it waits for a debugger.',
    'Start it with --inspect in place of --inspect-brk or --inspect-wait, or let a debugger start it.',
  );
}

function endedError(): LeaklineError {
  return new LeaklineError(
    'connectionLost',
    'The program has ended.',
    'Attach to one that keeps running, such as a server.',
  );
}

function silentError(): LeaklineError {
  return new LeaklineError(
    'connectionLost',
    'The target accepted the connection but does not answer.',
    'It may be stopped by a signal, or busy in a call that does not return.',
  );
}
