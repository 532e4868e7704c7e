import { DisposableStore, type Disposable } from '../base/disposable';
import type { Event } from '../base/event';
import type { Connection } from './run/connection';
import type { CurrentResult } from './results/currentResult';
import type { GuidedRun } from './run/guidedRun';
import type { LastRun } from './run/lastRun';
import type { ManualExercise } from './run/manualExercise';

/** What `when` clauses in package.json go by. */
export const CONTEXT_KEYS = [
  'leakline.connected',
  'leakline.busy',
  'leakline.waiting',
  'leakline.hasFindings',
  'leakline.hasResult',
  'leakline.canShowResult',
  'leakline.canVerify',
  'leakline.isFiltered',
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
  readonly guidedRun: GuidedRun;
  readonly lastRun: LastRun;
  readonly filter: { readonly filter: string; readonly onDidChangeFilter: Event<void> };
}

/** Keeps the context keys at what is so. */
export function publishContextKeys(
  { connection, jobs, manual, results, guidedRun, lastRun, filter }: ContextSources,
  set: (key: ContextKey, value: boolean) => void,
): Disposable {
  const store = new DisposableStore();
  store.add(
    connection.onDidChange(() => set('leakline.connected', connection.current !== undefined)),
  );
  store.add(jobs.onDidChange(() => set('leakline.busy', jobs.isBusy)));
  store.add(manual.onDidChange((waiting) => set('leakline.waiting', waiting !== undefined)));
  store.add(
    results.onDidChange((result) => {
      set('leakline.hasResult', result !== undefined);
      set('leakline.hasFindings', (result?.report.findings.length ?? 0) > 0);
    }),
  );
  store.add(guidedRun.onDidChange(() => set('leakline.canShowResult', guidedRun.canShowResult)));
  store.add(filter.onDidChangeFilter(() => set('leakline.isFiltered', filter.filter !== '')));
  const canVerify = () => set('leakline.canVerify', (lastRun.value?.leaks.length ?? 0) > 0);
  store.add(lastRun.onDidChange(canVerify));
  // The last run may be from before the window was reloaded.
  canVerify();
  return store;
}
