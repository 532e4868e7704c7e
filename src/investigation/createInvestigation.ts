import { setTimeout as delay } from 'node:timers/promises';
import { AnalysisClient } from '../analysis/analysisClient';
import type { AllocationProfile } from '../base/allocationProfile';
import type {
  AnalyzeRequest,
  OpenRequest,
  RetainerPage,
  RetainersRequest,
} from '../analysis/contract';
import { formatCounted } from '../base/bytes';
import { throwIfAborted } from '../base/errors';
import { comparisonWords, type SnapshotVerdict } from '../care/snapshotVerdict';
import type { ProgressListener } from '../base/progress';
import { withDeadline } from '../inspector/deadline';
import type { InspectorSession } from '../inspector/inspectorSession';
import type { CodePosition, LeakAnalysis } from '../leaks/leakAnalysis';
import type { PathRules } from '../source/pathMapper';
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
import { requireDiskSpace } from './diskSpace';
import { interrupted, withoutSnapshot } from './investigationErrors';
import { LiveEvidence } from './liveEvidence';
import { FindingLocator } from './locateFindings';
import { LOST_IN_EXTRA_ROUND } from './lostConnection';
import { outliveConnection, withNotices, type Attempt } from './outliveConnection';
import { judgeNextSnapshot } from './snapshotGuard';
import type { SnapshotStore } from './snapshotStore';

/** Baselines that may be taken again before the run is given up. */
const MAX_RESTARTS = 2;

export function createInvestigation(options: InvestigationOptions): Investigation {
  return new WorkerInvestigation(options);
}

class WorkerInvestigation implements Investigation {
  private readonly analysis: AnalysisClient;
  private locator: FindingLocator | undefined;
  /** The process of the latest run, as long as it answers. */
  private live: LiveSource | undefined;
  /** The snapshot of a reopened result, until it is loaded. */
  private unopened: OpenRequest | undefined;
  private opening: Promise<void> | undefined;

  constructor(private readonly options: InvestigationOptions) {
    this.analysis = new AnalysisClient(options.workerPath);
  }

  findLeaks(
    session: InspectorSession,
    plan: InvestigationPlan,
    host: InvestigationHost,
    signal: AbortSignal,
  ): Promise<InvestigationResult> {
    const work = (attempt: Attempt) => this.findOverOneConnection(attempt, host);
    return outliveConnection(session, plan, host, signal, work);
  }

  compare(
    { paths }: AnalyzeRequest,
    onProgress: ProgressListener,
    signal: AbortSignal,
  ): Promise<InvestigationResult> {
    return this.report(paths, [], onProgress, signal);
  }

  reopen({ analysis, snapshots }: InvestigationResult): void {
    const { root, paths } = this.options;
    this.locator = new FindingLocator(analysis, root, undefined, undefined, paths);
    const path = snapshots.at(-1);
    this.unopened = path === undefined ? undefined : { path, known: nodesOf(analysis) };
  }

  async remap(result: InvestigationResult, paths: PathRules): Promise<InvestigationResult> {
    const { analysis } = result;
    const { root } = this.options;
    const locator = new FindingLocator(analysis, root, this.live, undefined, paths);
    const report = await locator.remap(result.report);
    this.locator = locator;
    return { ...result, report, files: await locator.files(report) };
  }

  async retainers(request: RetainersRequest): Promise<RetainerPage> {
    if (this.unopened) await this.openSnapshot(this.unopened);
    return this.analysis.retainers(request);
  }

  async locate(code: CodePosition): Promise<SourcePlace | undefined> {
    return this.locator?.locate(code);
  }

  dispose(): void {
    this.analysis.dispose();
  }

  /** Loads it once, however many ask; again if that failed and somebody asks again. */
  private openSnapshot(request: OpenRequest): Promise<void> {
    this.opening ??= this.analysis
      .open(request, new AbortController().signal)
      .then(() => {
        this.unopened = undefined;
      })
      .catch((error: unknown) => {
        throw withoutSnapshot(error, request.path);
      })
      .finally(() => {
        this.opening = undefined;
      });
    return this.opening;
  }

  private async findOverOneConnection(
    attempt: Attempt,
    host: InvestigationHost,
  ): Promise<InvestigationResult> {
    const { session, plan, signal } = attempt;
    const evidence = new LiveEvidence(session, plan);
    const run = new Run(session, plan, host, signal, this.options.store, this.analysis, evidence);
    const live: LiveSource = (scriptId) => session.getScriptSource(scriptId);
    const report = async () => {
      const allocations = await evidence.allocations();
      const { snapshots, notices } = run;
      host.onStage?.({ kind: 'compare' });
      return this.report(snapshots, notices, host.onProgress, signal, live, allocations);
    };
    try {
      await run.collect();
      let result = await report();
      while (isInDoubt(result) && run.extraRounds < plan.extraRounds) {
        const answer = await run.collectExtra().catch((error: unknown) => {
          if (!attempt.lost) throw error;
          return 'lost' as const;
        });
        if (answer === 'lost') return withNotices([LOST_IN_EXTRA_ROUND], result);
        if (answer === 'enough') break;
        result = await report();
      }
      return { ...result, report: await evidence.addTo(result.report) };
    } catch (error) {
      if (attempt.lost) attempt.kept = run.snapshots;
      else await this.options.store.remove(run.taken);
      throw error;
    } finally {
      await evidence.end();
    }
  }

  private async report(
    snapshots: readonly string[],
    notices: readonly string[],
    onProgress: ProgressListener,
    signal: AbortSignal,
    live?: LiveSource,
    allocations?: AllocationProfile,
  ): Promise<InvestigationResult> {
    this.unopened = undefined;
    const analysis = await this.analysis.analyze({ paths: snapshots }, onProgress, signal);
    throwIfAborted(signal);
    onProgress({ message: 'Looking for the source lines', fraction: 0.98 });
    const { root, paths } = this.options;
    const locator = new FindingLocator(analysis, root, live, allocations, paths);
    const fewRounds =
      analysis.rounds < 2 && analysis.suspects.length > 0
        ? ['Two snapshots show what grew, not that it goes on growing: take a third to be sure.']
        : [];
    const located = locator.report([...notices, ...fewRounds]);
    const report = await withDeadline(located, { signal });
    this.locator = locator;
    this.live = live;
    return { report, analysis, snapshots, files: await locator.files(report) };
  }
}

function nodesOf({ suspects }: LeakAnalysis): OpenRequest['known'] {
  return suspects.flatMap(({ path }) => path.map(({ node, objectId }) => ({ node, objectId })));
}

/** True if another round would tell more. */
function isInDoubt({ analysis, report }: InvestigationResult): boolean {
  return analysis.inDoubt || report.verdict === 'inconclusive';
}

/** One walk through the plan, up to the last snapshot. */
class Run {
  /** Every snapshot taken, also those that a restart made useless. */
  readonly taken: string[] = [];
  /** Paths of the baseline and one snapshot a round, all with the same object ids. */
  snapshots: string[] = [];
  extraRounds = 0;
  private readonly said: string[] = [];
  private restarts = 0;
  /** Of the snapshot before. */
  private bytesBefore: number | undefined;
  /** Settles when no snapshot is read ahead. */
  private ahead = Promise.resolve();

  constructor(
    private readonly session: InspectorSession,
    private readonly plan: InvestigationPlan,
    private readonly host: InvestigationHost,
    private readonly signal: AbortSignal,
    private readonly store: SnapshotStore,
    private readonly analysis: AnalysisClient,
    private readonly evidence: LiveEvidence,
  ) {}

  /** What the reader must know about the run. */
  get notices(): string[] {
    if (this.extraRounds === 0) return this.said;
    const planned = formatCounted(this.plan.rounds, 'round');
    const extra = `After ${planned} it was in doubt what leaks, so ${this.extraRounds} more followed.`;
    return [...this.said, extra];
  }

  /** Warm-up, baseline and the rounds of the plan. */
  async collect(): Promise<void> {
    // Nothing is done to a program elsewhere for a run that must not take a snapshot.
    if (this.host.isRemote) await this.askForSnapshot();
    const { warmup } = this.plan;
    for (let index = 1; index <= warmup; index++) {
      await this.exercise({ kind: 'warmup', index, of: warmup });
    }
    this.host.onStage?.({ kind: 'baseline' });
    await this.capture('baseline');
    await this.evidence.startFromHere();
    await this.collectRounds();
  }

  /** One more round; `enough` if the host wants none. */
  async collectExtra(): Promise<void | 'enough'> {
    this.extraRounds++;
    return this.collectRounds();
  }

  private async collectRounds(): Promise<void | 'enough'> {
    while (this.snapshots.length <= this.rounds) {
      const round = this.snapshots.length;
      this.readAhead();
      const answer = await this.exercise(this.stepOf(round));
      if (answer === 'enough' && round > this.plan.rounds) return answer;
      const idsHold = await this.capture(`round ${round}`);
      if (idsHold) continue;
      if (++this.restarts > MAX_RESTARTS) throw interrupted();
      await this.startAgain();
    }
    await this.ahead;
  }

  private get rounds(): number {
    return this.plan.rounds + this.extraRounds;
  }

  private stepOf(round: number): ExerciseStep {
    const { rounds, extraRounds } = this.plan;
    return round > rounds
      ? { kind: 'extra', index: round - rounds, of: extraRounds }
      : { kind: 'round', index: round, of: rounds };
  }

  /** Reads the newest snapshot while the program is exercised. What fails here fails again later. */
  private readAhead(): void {
    const path = this.snapshots[this.snapshots.length - 1];
    const read = () => this.analysis.digest({ path }, this.signal);
    this.ahead = this.ahead.then(read).catch(() => {});
  }

  private exercise(step: ExerciseStep): Promise<void | 'enough'> {
    throwIfAborted(this.signal);
    this.host.onStage?.(step);
    return this.host.exercise(step, this.signal).catch((error: unknown) => {
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
    const verdict = await this.askForSnapshot();
    await this.evidence.beforeSnapshot();
    const path = await this.store.newPath(label);
    const heapUsedBytes = await this.session.usedHeapBytes();
    await requireDiskSpace(this.store.folder, heapUsedBytes, this.bytesBefore);
    const result = await this.session.capture(path, {
      signal: this.signal,
      onProgress: ({ message, fraction }) =>
        this.host.onProgress({
          message: `${label}: ${message}`,
          ...(fraction !== undefined && { fraction }),
        }),
    });
    const { lastPrice } = this.session;
    if (lastPrice) this.host.onCost?.(`${label}: ${comparisonWords(verdict, lastPrice)}`);
    this.bytesBefore = result.bytes;
    this.taken.push(path);
    this.snapshots.push(path);
    this.store.notifyChanged();
    return result.idsHold;
  }

  /** @returns what the snapshot is expected to cost */
  private async askForSnapshot(): Promise<SnapshotVerdict> {
    const verdict = await judgeNextSnapshot(this.session, this.host);
    await this.host.maySnapshot?.(verdict, this.signal);
    return verdict;
  }

  /** The snapshot that shows the ids to be new is the first one that has them: the new baseline. */
  private async startAgain(): Promise<void> {
    const notice =
      'Another debugger detached from the target, which made V8 give out new object ids. ' +
      'The snapshots before cannot be compared any more; a new baseline was taken.';
    this.said.push(notice);
    this.host.onNotice?.(notice);
    const useless = this.snapshots.slice(0, -1);
    this.snapshots = this.snapshots.slice(-1);
    await this.ahead; // nobody reads them any more
    await this.store.remove(useless);
    await this.evidence.startFromHere();
  }
}
