import type { InspectorSession } from '../inspector/inspectorSession';
import { openSession, openTarget } from './openTarget';
import type { ProgressLine } from './progress';
import type { TargetChoice } from './targetOptions';

/**
 * Attaches to a target for the time of some work, and undoes all of it.
 * @throws LeaklineError as opening and attaching do, and what `work` throws
 */
export async function withSession<T>(
  choice: TargetChoice,
  signal: AbortSignal,
  progress: ProgressLine,
  work: (session: InspectorSession) => Promise<T>,
): Promise<T> {
  const target = await openTarget(choice, signal, progress);
  let session: InspectorSession | undefined;
  try {
    session = await openSession(target, choice, signal, progress);
    return await work(session);
  } finally {
    await session?.close();
    await target.release();
  }
}
