import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/disposable';
import { throwIfAborted } from '../base/errors';
import type { ProgressListener } from '../base/progress';
import { connect, type RpcClient } from '../base/rpc';
import type { LeakAnalysis } from '../leaks/leakAnalysis';
import type { AnalysisContract, AnalyzeRequest, RetainerPage, RetainersRequest } from './contract';
import { portToWorker } from './workerPort';

interface RunningWorker {
  readonly worker: Worker;
  readonly rpc: RpcClient<AnalysisContract>;
}

/**
 * Runs analyses in a worker thread. The worker starts with the first analysis and lives until the
 * next one or `dispose`, so that the last snapshot can be queried. One analysis at a time.
 */
export class AnalysisClient implements Disposable {
  private running: RunningWorker | undefined;

  /** @param workerPath Absolute path of the bundled worker, dist/analysisWorker.js. */
  constructor(private readonly workerPath: string) {}

  /**
   * Analyses snapshot files, oldest first. Aborting ends the worker: its loops do not yield.
   * @throws LeaklineError; see SnapshotSession.analyze.
   */
  async analyze(
    request: AnalyzeRequest,
    onProgress: ProgressListener,
    signal: AbortSignal,
  ): Promise<LeakAnalysis> {
    throwIfAborted(signal);
    this.dispose();
    const running = this.start();
    const progress = running.rpc.on('progress', onProgress);
    try {
      return await running.rpc.call('analyze', request, { signal });
    } catch (error) {
      if (this.running === running) this.dispose();
      throw error;
    } finally {
      progress.dispose();
    }
  }

  /** A page of retainers in the last snapshot of the last analysis; empty if there was none. */
  async retainers(request: RetainersRequest): Promise<RetainerPage> {
    return this.running ? this.running.rpc.call('retainers', request) : { total: 0, rows: [] };
  }

  dispose(): void {
    const running = this.running;
    this.running = undefined;
    running?.rpc.dispose();
    void running?.worker.terminate();
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
