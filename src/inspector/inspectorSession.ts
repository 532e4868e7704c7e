import { setTimeout as delay } from 'node:timers/promises';
import type { Disposable } from '../base/disposable';
import { LeaklineError, throwIfAborted } from '../base/errors';
import type { Event } from '../base/event';
import { AllocationSampling } from './allocationSampling';
import { CdpClient } from './cdpClient';
import { withDeadline } from './deadline';
import { HeapCapture, type CaptureOptions, type CaptureResult } from './heapCapture';
import { sampleKeys, type LiveKeys } from './liveKeys';
import { ObjectIdSentinels } from './objectIdSentinels';
import { ResidentMemory } from './residentMemory';
import { ScriptTable } from './scripts';

export interface ConnectOptions {
  /** What people call the target; its URL by default. */
  readonly title?: string;
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
 * A connection to one target, from before its first heap snapshot to after its last: object ids can
 * be compared only while it lasts. It never sets a breakpoint and never holds the program up other
 * than for garbage collections and snapshots. V8 undoes everything when the connection ends.
 */
export class InspectorSession implements Disposable {
  /** Fires once, with the reason, when the connection is lost; not after our own `close`. */
  readonly onDidClose: Event<LeaklineError>;

  private constructor(
    private readonly client: CdpClient,
    readonly title: string,
    /** Complete from the start, and growing as the target loads more. */
    readonly scripts: ScriptTable,
    private readonly snapshots: HeapCapture,
    private readonly sentinels: ObjectIdSentinels,
    private readonly memory: ResidentMemory,
  ) {
    this.onDidClose = client.onDidClose;
  }

  /**
   * @param webSocketUrl from `resolveTarget`, `launchUnderInspector` or `openInspectorOf`
   * @throws LeaklineError `targetPaused` if the target waits for a debugger or is stopped in one,
   * `connectionRefused`, `targetNotFound`, `notAnInspector`, `connectionLost`, `protocol` or
   * `cancelled`; the target is left as it was
   */
  static async connect(
    webSocketUrl: string,
    options: ConnectOptions = {},
  ): Promise<InspectorSession> {
    const { title = webSocketUrl, signal, timeoutMs = 10_000, token } = options;
    const client = await CdpClient.connect(webSocketUrl, { signal, timeoutMs, token });
    try {
      const scripts = new ScriptTable(client);
      const sentinels = await withDeadline(prepare(client), {
        signal,
        timeoutMs,
        timedOut: silentError,
      });
      const snapshots = new HeapCapture(client, sentinels);
      const memory = await ResidentMemory.of(client, webSocketUrl);
      return new InspectorSession(client, title, scripts, snapshots, sentinels, memory);
    } catch (error) {
      await client.close();
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

  /**
   * Streams a heap snapshot to `path` (see HeapCapture). Collect garbage first.
   * @throws LeaklineError `storage`, `connectionLost`, `protocol` or `cancelled`; no file is left
   */
  async capture(path: string, options: CaptureOptions = {}): Promise<CaptureResult> {
    throwIfAborted(options.signal);
    return this.snapshots.capture(path, options);
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

  /** Samples allocations from now on; undefined if that is not possible, see AllocationSampling. */
  sampleAllocations(mayBeSlow = false): Promise<AllocationSampling | undefined> {
    return AllocationSampling.start(this.client, mayBeSlow);
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

/**
 * Makes the target ready for captures.
 * @throws LeaklineError `targetPaused`
 */
async function prepare(client: CdpClient): Promise<ObjectIdSentinels> {
  let paused = false;
  const watch = client.on('Debugger.paused', () => (paused = true));
  // Node keeps a program that has ended waiting for as long as a client is attached.
  client.on('NodeRuntime.waitingForDisconnect', () => client.abandon(endedError()));
  const [argv] = await Promise.all([
    client.send('Runtime.evaluate', {
      expression: 'process.argv',
      silent: true,
      throwOnSideEffect: true,
    }),
    client.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }),
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
