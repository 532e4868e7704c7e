import { DisposableStore, type Disposable } from '../base/disposable';
import type { Event } from '../base/event';
import type { Connection } from './connection';
import type { CurrentResult } from './currentResult';
import type { ManualExercise } from './manualExercise';

/** What `when` clauses in package.json go by. */
export const CONTEXT_KEYS = [
  'leakline.connected',
  'leakline.busy',
  'leakline.waiting',
  'leakline.hasFindings',
  'leakline.shopRunning',
  'leakline.inExercise',
] as const;

type ContextKey = (typeof CONTEXT_KEYS)[number];

/** What the keys tell of. */
interface ContextSources {
  readonly connection: Connection;
  readonly jobs: { readonly isBusy: boolean; readonly onDidChange: Event<void> };
  readonly manual: ManualExercise;
  readonly results: CurrentResult;
}

/** Keeps the context keys at what is so. */
export function publishContextKeys(
  { connection, jobs, manual, results }: ContextSources,
  set: (key: ContextKey, value: boolean) => void,
): Disposable {
  const store = new DisposableStore();
  store.add(
    connection.onDidChange(() => set('leakline.connected', connection.current !== undefined)),
  );
  store.add(jobs.onDidChange(() => set('leakline.busy', jobs.isBusy)));
  store.add(manual.onDidChange((waiting) => set('leakline.waiting', waiting !== undefined)));
  store.add(
    results.onDidChange((result) =>
      set('leakline.hasFindings', (result?.report.findings.length ?? 0) > 0),
    ),
  );
  return store;
}
