import { LeaklineError } from '../base/errors';
import type { MemoryLeft } from '../base/memoryLeft';
import { isExposed } from '../inspector/exposure';
import { InspectorSession } from '../inspector/inspectorSession';
import { launchUnderInspector } from '../inspector/launch';
import { openInspectorOf } from '../inspector/pid';
import { resolveTarget } from '../inspector/targets';
import { accessToken } from './accessToken';
import { openRemoteTarget } from './openRemoteTarget';
import type { ProgressLine } from './progress';
import type { TargetChoice } from './targetOptions';

/** A process that can be attached to, and whatever had to be started to reach it. */
export interface OpenTarget {
  readonly webSocketUrl: string;
  /** What its gateway asks for, for `InspectorSession.connect`. */
  readonly token?: string;
  /** What the process may still take, where only the way there leads to an answer. */
  readonly memoryLeft?: (pid: number) => Promise<MemoryLeft | undefined>;
  /** Why the way there broke, if it did. */
  readonly failure?: () => Promise<LeaklineError | undefined>;
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
      const token = await accessToken(target.address, target.tokenFile);
      const { webSocketUrl } = await resolveTarget(target.address, undefined, { signal });
      return { webSocketUrl, ...(token !== undefined && { token }), release: nothing };
    }
    case 'remote':
      return openRemoteTarget(target, signal, progress);
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
  { webSocketUrl, token }: OpenTarget,
  { kind, worker }: TargetChoice,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<InspectorSession> {
  const workerWaitMs = kind === 'launch' ? WORKER_WAIT_MS : 0;
  const how = { signal, token, worker, workerWaitMs };
  const session = await InspectorSession.connect(webSocketUrl, how);
  const others = worker === undefined ? (await session.workers()).length : 0;
  if (others > 0) progress.print(workersNotice(others));
  if (await isExposed(webSocketUrl)) progress.print(EXPOSED);
  return session;
}

const EXPOSED =
  'Warning: other machines can reach this inspector, and whoever does can run code in the program. ' +
  'Let it listen on 127.0.0.1, and come through a tunnel: --ssh HOST.';

function workersNotice(count: number): string {
  const workers = count === 1 ? '1 worker thread' : `${count} worker threads`;
  return `This looks into the main thread. The program has ${workers}, each with a heap of its own: --worker NAME looks into one.`;
}

/** The same error, or one that also says why the way to the target broke. */
export async function explainLoss(error: unknown, target: OpenTarget): Promise<unknown> {
  if (!(error instanceof LeaklineError) || error.code !== 'connectionLost') return error;
  const failure = await target.failure?.();
  if (!failure) return error;
  return new LeaklineError('connectionLost', `${error.message} ${failure.message}`, error.hint, {
    cause: error,
  });
}

async function nothing(): Promise<void> {}
