import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/disposable';
import { throwIfAborted } from '../base/errors';
import type { ProgressListener } from '../base/progress';
import { connect, type RpcClient } from '../base/rpc';
import type { LeakAnalysis } from '../leaks/leakAnalysis';
import type {
  AnalysisContract,
  AnalyzeRequest,
  ChildPage,
  ChildrenRequest,
  DigestRequest,
  InstancePage,
  InstancesRequest,
  OpenRequest,
  RedactRequest,
  RetainerPage,
  RetainersRequest,
  SnapshotSummary,
  SummarizeRequest,
} from './contract';
import { portToWorker } from './workerPort';

interface RunningWorker {
  readonly worker: Worker;
  readonly rpc: RpcClient<AnalysisContract>;
}

/**
 * Runs analyses in a worker thread. The worker starts with the first call and lives until a call
 * fails or `dispose`, so that the last snapshot can be queried. One long call at a time: another one
 * ends the worker with the first.
 */
export class AnalysisClient implements Disposable {
  private running: RunningWorker | undefined;
  private isBusy = false;

  /** @param workerPath Absolute path of the bundled worker, dist/analysisWorker.js. */
  constructor(private readonly workerPath: string) {}

  /**
   * Reads a snapshot ahead of the analysis that will need it. Aborting ends the worker.
   * @throws LeaklineError; see SnapshotSession.digest.
   */
  digest(request: DigestRequest, signal: AbortSignal): Promise<void> {
    return this.run(
      (rpc) => rpc.call('digest', request, { signal }),
      () => {},
      signal,
    );
  }

  /**
   * Analyses snapshot files, oldest first. Aborting ends the worker: its loops do not yield.
   * @throws LeaklineError; see SnapshotSession.analyze.
   */
  analyze(
    request: AnalyzeRequest,
    onProgress: ProgressListener,
    signal: AbortSignal,
  ): Promise<LeakAnalysis> {
    return this.run((rpc) => rpc.call('analyze', request, { signal }), onProgress, signal);
  }

  /**
   * Tells what one snapshot file holds. Aborting ends the worker.
   * @throws LeaklineError; see SnapshotSession.summarize.
   */
  summarize(
    request: SummarizeRequest,
    onProgress: ProgressListener,
    signal: AbortSignal,
  ): Promise<SnapshotSummary> {
    return this.run((rpc) => rpc.call('summarize', request, { signal }), onProgress, signal);
  }

  /**
   * Writes a copy of a snapshot file without the values of the program. Aborting ends the worker,
   * and a failure leaves what was written until then.
   * @throws LeaklineError; see redactSnapshotFile.
   */
  redact(request: RedactRequest, onProgress: ProgressListener, signal: AbortSignal): Promise<void> {
    return this.run((rpc) => rpc.call('redact', request, { signal }), onProgress, signal);
  }

  /**
   * Opens the last snapshot of an earlier analysis for queries. Aborting ends the worker.
   * @throws LeaklineError; see SnapshotSession.openAgain.
   */
  open(request: OpenRequest, signal: AbortSignal): Promise<void> {
    return this.run(
      (rpc) => rpc.call('open', request, { signal }),
      () => {},
      signal,
    );
  }

  /** A page of retainers in the last snapshot that was loaded; empty if there was none. */
  async retainers(request: RetainersRequest): Promise<RetainerPage> {
    return this.running ? this.running.rpc.call('retainers', request) : { total: 0, rows: [] };
  }

  /** A page of what a node of that snapshot refers to. */
  async children(request: ChildrenRequest): Promise<ChildPage> {
    return this.running ? this.running.rpc.call('children', request) : { total: 0, rows: [] };
  }

  /** A page of the instances that a class has in that snapshot. */
  async instances(request: InstancesRequest): Promise<InstancePage> {
    return this.running ? this.running.rpc.call('instances', request) : { total: 0, rows: [] };
  }

  dispose(): void {
    const running = this.running;
    this.running = undefined;
    this.isBusy = false;
    running?.rpc.dispose();
    void running?.worker.terminate();
  }

  /** Makes one long call to the worker, which is kept if the call succeeds. */
  private async run<T>(
    call: (rpc: RpcClient<AnalysisContract>) => Promise<T>,
    onProgress: ProgressListener,
    signal: AbortSignal,
  ): Promise<T> {
    throwIfAborted(signal);
    if (this.isBusy) this.dispose();
    const running = this.running ?? this.start();
    this.isBusy = true;
    const progress = running.rpc.on('progress', onProgress);
    try {
      return await call(running.rpc);
    } catch (error) {
      if (this.running === running) this.dispose();
      throw error;
    } finally {
      progress.dispose();
      if (this.running === running) this.isBusy = false;
    }
  }

  private start(): RunningWorker {
    const worker = new Worker(this.workerPath, {
      resourceLimits: { maxOldGenerationSizeMb: 8192 },
    });
    const rpc = connect<AnalysisContract>(portToWorker(worker));
    this.running = { worker, rpc };
    return this.running;
  }
}
