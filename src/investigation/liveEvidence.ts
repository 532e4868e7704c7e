import type { AllocationProfile } from '../base/allocationProfile';
import { FINE_INTERVAL_BYTES, type AllocationSampling } from '../inspector/allocationSampling';
import type { InspectorSession } from '../inspector/inspectorSession';
import type { Finding, LeakReport } from '../leaks/leakReport';
import { memoryHeadline } from './memoryHeadline';
import type { InvestigationPlan } from './investigation';
import { keySentences, withoutKeys } from './keyEvidence';

/** What the person must know whose program is tracked. */
export const TRACKING_WARNING =
  'Every allocation after the baseline is recorded: the program allocates 50 to 110 times slower ' +
  'until Leakline detaches.';

/** Findings of which keys are looked up. */
const MAX_LOOKS = 3;
/** V8 walks its heap to find an object by its id; no look begins after so many milliseconds. */
const LOOKING_TIME_MS = 1_000;

/**
 * What a run learns from the process besides its snapshots: who allocated what is alive, how much
 * physical memory there was, a few keys. All of it may be missing, and nothing of it fails a run.
 */
export class LiveEvidence {
  private sampling: AllocationSampling | undefined;
  /** Before each snapshot, baseline first. */
  private resident: (number | undefined)[] = [];
  private isTracking = false;

  constructor(
    private readonly session: InspectorSession,
    private readonly plan: InvestigationPlan,
  ) {}

  async beforeSnapshot(): Promise<void> {
    this.resident.push(await this.session.residentBytes());
  }

  /**
   * Makes the snapshot just taken the one that everything is counted from.
   * @throws LeaklineError if the plan wants all allocations tracked and the target refuses
   */
  async startFromHere(): Promise<void> {
    this.resident = this.resident.slice(-1);
    await this.end();
    if (this.plan.trackAllocations && !this.isTracking) {
      await this.session.trackAllocations();
      this.isTracking = true;
    }
    // Snapshots lose stacks of objects that V8 moves; samples do not.
    this.sampling = await this.session.sampleAllocations(
      this.plan.trackAllocations ? FINE_INTERVAL_BYTES : undefined,
    );
  }

  /** Sampled stacks of what is alive and was made since the baseline; undefined if there are none. */
  async allocations(): Promise<AllocationProfile | undefined> {
    return this.sampling?.read();
  }

  /** The report with what the process adds to it. */
  async addTo(report: LeakReport): Promise<LeakReport> {
    const memory = report.memory.map((reading, index) => {
      const residentBytes = this.resident[index];
      return { ...reading, ...(residentBytes !== undefined && { residentBytes }) };
    });
    const headline = memoryHeadline(memory, report.findings.length > 0);
    const findings = this.plan.hideKeys
      ? report.findings.map(withoutKeys)
      : await this.addKeys(report.findings);
    return { ...report, memory, ...(headline !== undefined && { headline }), findings };
  }

  /** Leaves nothing running in the target that can be stopped without a snapshot. */
  async end(): Promise<void> {
    await this.sampling?.stop();
    this.sampling = undefined;
  }

  private async addKeys(findings: readonly Finding[]): Promise<Finding[]> {
    const until = performance.now() + LOOKING_TIME_MS;
    const added: Finding[] = [];
    for (const [index, finding] of findings.entries()) {
      const look = (objectId: number) =>
        index < MAX_LOOKS && performance.now() < until
          ? this.session.sampleKeys(objectId)
          : Promise.resolve(undefined);
      const sentences = await keySentences(finding, look);
      added.push({ ...finding, evidence: [...finding.evidence, ...sentences] });
    }
    return added;
  }
}
