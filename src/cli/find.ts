import { setTimeout as delay } from 'node:timers/promises';
import { throwIfAborted } from '../base/errors';
import type { MemoryLeft } from '../base/memoryLeft';
import type { InspectorSession } from '../inspector/inspectorSession';
import { retryConnect } from '../inspector/retryConnect';
import { createInvestigation } from '../investigation/createInvestigation';
import { runDrive } from '../investigation/driveCommand';
import { TRACKING_WARNING } from '../investigation/liveEvidence';
import type { ExerciseStep, InvestigationHost } from '../investigation/investigation';
import { SnapshotStore } from '../investigation/snapshotStore';
import type { LeakReport } from '../leaks/leakReport';
import type { Exercise, FindOptions } from './args';
import { askAtTerminal } from './askAtTerminal';
import { explainLoss, openSession, openTarget, type OpenTarget } from './openTarget';
import type { ProgressLine } from './progress';
import { consentAtTerminal } from './snapshotConsent';
import { openSnapshotFolder } from './snapshotFolder';
import { isRemote } from './targetOptions';
import { workerPath } from './workerPath';

/**
 * `leakline find`: attaches or launches, runs the investigation and undoes all of it.
 * @throws LeaklineError
 */
export async function runFind(
  options: FindOptions,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<LeakReport> {
  const folder = await openSnapshotFolder(options.keepSnapshots);
  const investigation = createInvestigation({
    root: options.root,
    ...(options.pairs && { paths: { pairs: options.pairs } }),
    workerPath,
    store: new SnapshotStore(folder.path),
  });
  const reach = new Reach(options, progress);
  try {
    const session = await reach.connect(signal);
    if (options.plan.trackAllocations) progress.print(trackingWarning(options));
    const consent = consentAtTerminal(options.consent, progress, askAtTerminal);
    const host: InvestigationHost = {
      isRemote: isRemote(options.target),
      maySnapshot: (verdict, askSignal) => consent.obtain(verdict, askSignal),
      memoryLeft: () => reach.memoryLeft(),
      onCost: (words) => progress.print(words),
      onProgress: progress.show,
      onNotice: (notice) => progress.print(notice),
      exercise: (step, stepSignal) => exercise(options.exercise, step, stepSignal, progress),
      onKept: (files) => folder.keep(files),
      // A program that we started ourselves has ended with its connection.
      ...(options.target.kind !== 'launch' && { reconnect: (cancel) => reach.reconnect(cancel) }),
    };
    return (await investigation.findLeaks(session, options.plan, host, signal)).report;
  } catch (error) {
    throw await reach.explain(error);
  } finally {
    investigation.dispose();
    await reach.end();
    folder.release();
  }
}

/** Node.js detaches from a worker only when it is told to, not when a connection ends. */
function trackingWarning({ target }: FindOptions): string {
  if (target.worker === undefined) return TRACKING_WARNING;
  return `${TRACKING_WARNING} End it with Ctrl+C: if it is killed, the worker stays slow.`;
}

/** The way to the target, and the session at its end. */
class Reach {
  private target: OpenTarget | undefined;
  private session: InspectorSession | undefined;

  constructor(
    private readonly options: FindOptions,
    private readonly progress: ProgressLine,
  ) {}

  async connect(signal: AbortSignal): Promise<InspectorSession> {
    this.target = await openTarget(this.options.target, signal, this.progress);
    this.session = await openSession(this.target, this.options.target, signal, this.progress);
    return this.session;
  }

  /** Goes the whole way again: a restarted process has another URL. */
  reconnect(signal: AbortSignal): Promise<InspectorSession> {
    return retryConnect(async () => {
      await this.end();
      return this.connect(signal);
    }, signal);
  }

  async memoryLeft(): Promise<MemoryLeft | undefined> {
    const pid = this.session?.identity.pid;
    return pid === undefined ? undefined : this.target?.memoryLeft?.(pid);
  }

  /** The same error, or one that also says why the way to the target broke. */
  explain(error: unknown): Promise<unknown> {
    return this.target ? explainLoss(error, this.target) : Promise.resolve(error);
  }

  async end(): Promise<void> {
    await this.session?.close();
    await this.target?.release();
    this.session = undefined;
    this.target = undefined;
  }
}

async function exercise(
  how: Exercise,
  step: ExerciseStep,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<void> {
  progress.show({ message: `Exercising the program: ${stepWords(step)}` });
  await perform(how, signal, progress);
}

async function perform(
  exercise: Exercise,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<void> {
  if (exercise.kind === 'drive') {
    await runDrive(exercise.command, { signal, onLine: (line) => progress.print(line) });
  } else {
    await delay(exercise.seconds * 1000, undefined, { signal }).catch(() => throwIfAborted(signal));
  }
}

function stepWords({ kind, index, of }: ExerciseStep): string {
  if (kind === 'extra')
    return `extra round ${index} of at most ${of}, as it is in doubt what leaks`;
  return `${kind === 'warmup' ? 'warm-up' : 'round'} ${index} of ${of}`;
}
