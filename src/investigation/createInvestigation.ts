import { setTimeout as delay } from 'node:timers/promises';
import { AnalysisClient } from '../analysis/analysisClient';
import type { AnalyzeRequest, RetainerPage, RetainersRequest } from '../analysis/contract';
import { LeaklineError, throwIfAborted } from '../base/errors';
import type { ProgressListener } from '../base/progress';
import type { InspectorSession } from '../inspector/inspectorSession';
import type { CodePosition } from '../leaks/leakAnalysis';
import type { LiveSource } from '../source/scriptSources';
import type {
  ExerciseStep,
  Investigation,
  InvestigationHost,
  InvestigationOptions,
  InvestigationPlan,
  InvestigationResult,
  SourcePlace,
} from './investigation';
import { LiveEvidence } from './liveEvidence';
import { FindingLocator } from './locateFindings';

/** Baselines that may be taken again before the run is given up. */
const MAX_RESTARTS = 2;

export function createInvestigation(options: InvestigationOptions): Investigation {
  return new WorkerInvestigation(options);
}

class WorkerInvestigation implements Investigation {
  private readonly analysis: AnalysisClient;
  private locator: FindingLocator | undefined;

  constructor(private readonly options: InvestigationOptions) {
    this.analysis = new AnalysisClient(options.workerPath);
  }

  async findLeaks(
    session: InspectorSession,
    plan: InvestigationPlan,
    host: InvestigationHost,
    signal: AbortSignal,
  ): Promise<InvestigationResult> {
    const evidence = new LiveEvidence(session, plan);
    const run = new Run(session, plan, host, signal, this.options, evidence);
    try {
      const { snapshots, notices } = await run.collect();
      const live: LiveSource = (scriptId) => session.getScriptSource(scriptId);
      return await this.report(snapshots, notices, host.onProgress, signal, live, evidence);
    } catch (error) {
      await this.options.store.remove(run.taken);
      throw error;
    } finally {
      await evidence.end();
    }
  }

  compare(
    { paths }: AnalyzeRequest,
    onProgress: ProgressListener,
    signal: AbortSignal,
  ): Promise<InvestigationResult> {
    return this.report(paths, [], onProgress, signal);
  }

  retainers(request: RetainersRequest): Promise<RetainerPage> {
    return this.analysis.retainers(request);
  }

  async locate(code: CodePosition): Promise<SourcePlace | undefined> {
    return this.locator?.locate(code);
  }

  dispose(): void {
    this.analysis.dispose();
  }

  private async report(
    snapshots: readonly string[],
    notices: readonly string[],
    onProgress: ProgressListener,
    signal: AbortSignal,
    live?: LiveSource,
    evidence?: LiveEvidence,
  ): Promise<InvestigationResult> {
    const analysis = await this.analysis.analyze({ paths: snapshots }, onProgress, signal);
    throwIfAborted(signal);
    onProgress({ message: 'Looking for the source lines', fraction: 0.98 });
    const locator = new FindingLocator(
      analysis,
      this.options.root,
      live,
      await evidence?.allocations(),
    );
    const fewRounds =
      analysis.rounds < 2 && analysis.suspects.length > 0
        ? ['Two snapshots show what grew, not that it goes on growing: take a third to be sure.']
        : [];
    const located = await locator.report([...notices, ...fewRounds]);
    const report = evidence ? await evidence.addTo(located) : located;
    this.locator = locator;
    return { report, analysis, snapshots };
  }
}

/** One walk through the plan, up to the last snapshot. */
class Run {
  /** Every snapshot taken, also those that a restart made useless. */
  readonly taken: string[] = [];
  private snapshots: string[] = [];
  private readonly notices: string[] = [];

  constructor(
    private readonly session: InspectorSession,
    private readonly plan: InvestigationPlan,
    private readonly host: InvestigationHost,
    private readonly signal: AbortSignal,
    private readonly options: InvestigationOptions,
    private readonly evidence: LiveEvidence,
  ) {}

  /** @returns paths of the baseline and one snapshot a round, all with the same object ids. */
  async collect(): Promise<{ snapshots: string[]; notices: string[] }> {
    for (let index = 1; index <= this.plan.warmup; index++) await this.exercise('warmup', index);
    await this.capture('baseline');
    await this.evidence.startFromHere();
    for (let restarts = 0; this.snapshots.length <= this.plan.rounds;) {
      const round = this.snapshots.length;
      await this.exercise('round', round);
      const idsHold = await this.capture(`round ${round}`);
      if (idsHold) continue;
      if (++restarts > MAX_RESTARTS) throw interrupted();
      await this.startAgain();
    }
    return { snapshots: this.snapshots, notices: this.notices };
  }

  private async exercise(kind: ExerciseStep['kind'], index: number): Promise<void> {
    throwIfAborted(this.signal);
    const of = kind === 'warmup' ? this.plan.warmup : this.plan.rounds;
    await this.host.exercise({ kind, index, of }, this.signal).catch((error: unknown) => {
      throwIfAborted(this.signal); // whatever the host makes of an abort
      throw error;
    });
  }

  private async capture(label: string): Promise<boolean> {
    throwIfAborted(this.signal);
    this.host.onProgress({ message: `Settling before the ${label} snapshot` });
    await delay(this.plan.settleSeconds * 1000, undefined, { signal: this.signal }).catch(() =>
      throwIfAborted(this.signal),
    );
    await this.session.collectGarbage(this.signal);
    await this.evidence.beforeSnapshot();
    const path = await this.options.store.newPath(label);
    const result = await this.session.capture(path, {
      signal: this.signal,
      onProgress: ({ message, fraction }) =>
        this.host.onProgress({
          message: `${label}: ${message}`,
          ...(fraction !== undefined && { fraction }),
        }),
    });
    this.taken.push(path);
    this.snapshots.push(path);
    this.options.store.notifyChanged();
    return result.idsHold;
  }

  /** The snapshot that shows the ids to be new is the first one that has them: the new baseline. */
  private async startAgain(): Promise<void> {
    const notice =
      'Another debugger detached from the target, which made V8 give out new object ids. ' +
      'The snapshots before cannot be compared any more; a new baseline was taken.';
    this.notices.push(notice);
    this.host.onNotice?.(notice);
    const useless = this.snapshots.slice(0, -1);
    this.snapshots = this.snapshots.slice(-1);
    await this.options.store.remove(useless);
    await this.evidence.startFromHere();
  }
}

function interrupted(): LeaklineError {
  return new LeaklineError(
    'incomparableSnapshots',
    'Other debuggers kept detaching from the target, so no two snapshots could be compared.',
    'Close other debuggers and DevTools on this process, then run again.',
  );
}
