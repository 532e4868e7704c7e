import { InspectorSession } from '../inspector/inspectorSession';
import { launchUnderInspector } from '../inspector/launch';
import { openInspectorOf } from '../inspector/pid';
import { resolveTarget } from '../inspector/targets';
import type { ProgressLine } from './progress';
import type { TargetChoice } from './targetOptions';

/** A process that can be attached to, and whatever had to be started to reach it. */
export interface OpenTarget {
  readonly webSocketUrl: string;
  /** Ends what was started; call it last. */
  readonly release: () => Promise<void>;
}

/**
 * Makes the process that was chosen reachable.
 * @throws LeaklineError as what finds, opens or starts it
 */
export async function openTarget(
  target: TargetChoice,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<OpenTarget> {
  switch (target.kind) {
    case 'attach': {
      const { webSocketUrl } = await resolveTarget(target.address, undefined, { signal });
      return { webSocketUrl, release: nothing };
    }
    case 'pid':
      return { webSocketUrl: await openInspectorOf(target.pid, { signal }), release: nothing };
    case 'launch': {
      const onOutput = (line: string) => progress.print(line);
      const launched = await launchUnderInspector(target.command, { signal, onOutput });
      return { webSocketUrl: launched.webSocketUrl, release: () => launched.stop() };
    }
  }
}

/** A program that was just started has most of its workers yet to start. */
const WORKER_WAIT_MS = 10_000;

/**
 * Opens a session with the isolate that was chosen. Says so if the process has others.
 * @throws LeaklineError as `InspectorSession.connect`
 */
export async function openSession(
  { webSocketUrl }: OpenTarget,
  { kind, worker }: TargetChoice,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<InspectorSession> {
  const workerWaitMs = kind === 'launch' ? WORKER_WAIT_MS : 0;
  const session = await InspectorSession.connect(webSocketUrl, { signal, worker, workerWaitMs });
  const others = worker === undefined ? (await session.workers()).length : 0;
  if (others > 0) progress.print(workersNotice(others));
  return session;
}

function workersNotice(count: number): string {
  const workers = count === 1 ? '1 worker thread' : `${count} worker threads`;
  return `This looks into the main thread. The program has ${workers}, each with a heap of its own: --worker NAME looks into one.`;
}

async function nothing(): Promise<void> {}
