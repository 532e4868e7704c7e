import { LeaklineError, throwIfAborted } from '../base/errors';
import type { InspectorSession } from '../inspector/inspectorSession';
import { isSameProcess } from '../inspector/processIdentity';
import type { InvestigationHost, InvestigationPlan, InvestigationResult } from './investigation';
import { lostWith, reconnectedNotice } from './lostConnection';

/** Connections that a run may lose before it is given up. */
const MAX_LOSSES = 2;

/** A run, or the part of one that a connection lasts. */
export interface Attempt {
  readonly session: InspectorSession;
  readonly plan: InvestigationPlan;
  /** Aborted when the person cancels or the connection is lost. */
  readonly signal: AbortSignal;
  /** Why the connection ended; undefined while it lasts, and if it was we who closed it. */
  lost: LeaklineError | undefined;
  /** Paths of what was captured over a connection that was lost, all with the same object ids. */
  kept: readonly string[];
}

/**
 * Does `work` over a session, and all of it again over a new one when that is lost and the host can
 * connect again. Snapshots of two sessions are never mixed: V8 drops its object ids when a client is
 * gone, and a restarted process never had them.
 * @throws LeaklineError of `work`; `connectionLost` if the target does not come back; `cancelled`
 */
export async function outliveConnection(
  session: InspectorSession,
  plan: InvestigationPlan,
  host: InvestigationHost,
  cancel: AbortSignal,
  work: (attempt: Attempt) => Promise<InvestigationResult>,
): Promise<InvestigationResult> {
  const notices: string[] = [];
  let kept: readonly string[] = [];
  for (let losses = 0; ; losses++) {
    const { result, lost, captured } = await attempt(session, plan, cancel, work);
    if (result) return withNotices(notices, result);
    if (captured.length > 0) {
      kept = captured;
      host.onKept?.(kept);
    }
    if (kept.length === 0) throw lost; // there is nothing to go on from
    if (losses === MAX_LOSSES || !host.reconnect) throw lostWith(lost, kept);
    host.onProgress({ message: 'The connection was lost: waiting for the target to come back' });
    const next = await host.reconnect(cancel).catch((error: unknown) => {
      throwIfAborted(cancel);
      throw lostWith(lost, kept, error);
    });
    const isSame = isSameProcess(session.identity, next.identity);
    // A connection over which nothing was captured is not missed.
    if (captured.length > 0 || !isSame) {
      const notice = reconnectedNotice(session.identity, next.identity, kept);
      notices.push(notice);
      host.onNotice?.(notice);
    }
    // What has run on is warm; what was started anew is not.
    if (isSame) plan = { ...plan, warmup: 0 };
    session = next;
  }
}

type Outcome =
  | {
      readonly result: InvestigationResult;
      readonly lost?: undefined;
      readonly captured?: undefined;
    }
  | {
      readonly result?: undefined;
      readonly lost: LeaklineError;
      readonly captured: readonly string[];
    };

/** @throws what `work` throws, unless the reason is a lost connection */
async function attempt(
  session: InspectorSession,
  plan: InvestigationPlan,
  cancel: AbortSignal,
  work: (attempt: Attempt) => Promise<InvestigationResult>,
): Promise<Outcome> {
  const abort = new AbortController();
  const signal = AbortSignal.any([cancel, abort.signal]);
  const current: Attempt = { session, plan, signal, lost: undefined, kept: [] };
  const subscription = session.onDidClose((reason) => {
    current.lost = reason;
    abort.abort();
  });
  try {
    return { result: await work(current) };
  } catch (error) {
    throwIfAborted(cancel);
    const { lost, kept } = current;
    if (lost) return { lost, captured: kept };
    // It may have been lost before this began to listen.
    if (session.isClosed && isLost(error)) return { lost: error, captured: kept };
    throw error;
  } finally {
    subscription.dispose();
  }
}

function isLost(error: unknown): error is LeaklineError {
  return error instanceof LeaklineError && error.code === 'connectionLost';
}

/** A result whose report says this before its other notices. */
export function withNotices(
  notices: readonly string[],
  result: InvestigationResult,
): InvestigationResult {
  const { report } = result;
  return { ...result, report: { ...report, notices: [...notices, ...report.notices] } };
}
