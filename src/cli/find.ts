import { setTimeout as delay } from 'node:timers/promises';
import { LeaklineError, throwIfAborted } from '../base/errors';
import { InspectorSession } from '../inspector/inspectorSession';
import { createInvestigation } from '../investigation/createInvestigation';
import { runDrive } from '../investigation/driveCommand';
import { TRACKING_WARNING } from '../investigation/liveEvidence';
import type { ExerciseStep, InvestigationHost } from '../investigation/investigation';
import { SnapshotStore } from '../investigation/snapshotStore';
import type { LeakReport } from '../leaks/leakReport';
import type { Exercise, FindOptions } from './args';
import { explainLoss, openTarget, type OpenTarget } from './openTarget';
import type { ProgressLine } from './progress';
import { openSnapshotFolder } from './snapshotFolder';
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
    workerPath,
    store: new SnapshotStore(folder.path),
  });
  let target: OpenTarget | undefined;
  let session: InspectorSession | undefined;
  try {
    target = await openTarget(options.target, signal, progress);
    const { webSocketUrl, token } = target;
    session = await InspectorSession.connect(webSocketUrl, { signal, token });
    if (options.plan.trackAllocations) progress.print(TRACKING_WARNING);
    const host = investigationHost(options.exercise, session, progress);
    return (await investigation.findLeaks(session, options.plan, host, signal)).report;
  } catch (error) {
    throw target ? await explainLoss(error, target) : error;
  } finally {
    investigation.dispose();
    await session?.close();
    await target?.release();
    folder.release();
  }
}

function investigationHost(
  exercise: Exercise,
  session: InspectorSession,
  progress: ProgressLine,
): InvestigationHost {
  return {
    onProgress: (step) => progress.show(step),
    onNotice: (notice) => progress.print(notice),
    async exercise(step, signal) {
      progress.show({ message: `Exercising the program: ${stepWords(step)}` });
      // A target that dies meanwhile ends the wait, not the whole time that was asked for.
      const lost = new AbortController();
      const subscription = session.onDidClose((error) => lost.abort(error));
      try {
        await perform(exercise, AbortSignal.any([signal, lost.signal]), progress);
      } catch (error) {
        throw lost.signal.aborted ? lost.signal.reason : error;
      } finally {
        subscription.dispose();
      }
      if (session.isClosed) throw lost.signal.reason ?? connectionLost();
    },
  };
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

function connectionLost(): LeaklineError {
  return new LeaklineError(
    'connectionLost',
    'The target went away while it was exercised.',
    'See its own output for the reason, then run again.',
  );
}
