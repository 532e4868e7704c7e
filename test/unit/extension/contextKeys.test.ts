import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';
import { Connection } from '../../../src/extension/run/connection';
import { publishContextKeys } from '../../../src/extension/contextKeys';
import { CurrentResult } from '../../../src/extension/results/currentResult';
import { GuidedRun } from '../../../src/extension/run/guidedRun';
import { LastRun } from '../../../src/extension/run/lastRun';
import { ManualExercise } from '../../../src/extension/run/manualExercise';
import { fakeMemory, plan, repeatableRun } from './run/fakeRun';
import { fakeInvestigation, openResult } from './results/openResult';

describe('publishContextKeys', () => {
  const changed = new Emitter<void>();
  const jobs = { isBusy: false, onDidChange: changed.event };
  const known = { ranks: [] as number[], changed: new Emitter<void>() };
  const manual = new ManualExercise();
  const results = new CurrentResult({
    onDidChange: known.changed.event,
    entryOf: (_root, { rank }) => known.ranks.includes(rank) || undefined,
  });
  const connection = new Connection(() => Promise.reject(new Error('not expected')));
  const keys = new Map<string, boolean>();
  const guidedRun = new GuidedRun();
  const lastRun = new LastRun(fakeMemory());
  const filterChanged = new Emitter<void>();
  const filter = { filter: '', onDidChangeFilter: filterChanged.event };
  const subscription = publishContextKeys(
    { connection, jobs, manual, results, guidedRun, lastRun, filter },
    (key, value) => keys.set(key, value),
  );
  after(() => subscription.dispose());

  it('tells of work', () => {
    jobs.isBusy = true;
    changed.fire();
    assert.equal(keys.get('leakline.busy'), true);
    jobs.isBusy = false;
    changed.fire();
    assert.equal(keys.get('leakline.busy'), false);
  });

  it('tells of a run that waits for the person', async () => {
    const step = { kind: 'round', index: 1, of: 1 } as const;
    const done = manual.wait(step, new AbortController().signal);
    assert.equal(keys.get('leakline.waiting'), true);
    manual.waiting?.proceed();
    await done;
    assert.equal(keys.get('leakline.waiting'), false);
  });

  it('tells of findings, which a clean result has none of', () => {
    const result = openResult();
    results.set(result, fakeInvestigation(), '/shop');
    assert.equal(keys.get('leakline.hasFindings'), true);
    const clean = { ...result.report, findings: [] };
    results.set({ ...result, report: clean }, fakeInvestigation(), '/shop');
    assert.equal(keys.get('leakline.hasFindings'), false);
    assert.equal(keys.get('leakline.hasResult'), true);
  });

  it('tells of none while all are ignored', () => {
    results.set(openResult(), fakeInvestigation(), '/shop');
    known.ranks = [1, 2];
    known.changed.fire();
    assert.equal(keys.get('leakline.hasFindings'), false);
    known.ranks = [];
    known.changed.fire();
    assert.equal(keys.get('leakline.hasFindings'), true);
  });

  it('tells of a result that can be had before the run ends', () => {
    guidedRun.begin('server.js', plan);
    guidedRun.enter({ kind: 'round', index: 1, of: 1 });
    assert.equal(keys.get('leakline.canShowResult'), false);
    guidedRun.enter({ kind: 'extra', index: 1, of: 3 });
    assert.equal(keys.get('leakline.canShowResult'), true);
    guidedRun.end();
    assert.equal(keys.get('leakline.canShowResult'), false);
  });

  it('tells of a fix that can be verified, once a run has found a leak', async () => {
    assert.equal(keys.get('leakline.canVerify'), false);
    await lastRun.remember(repeatableRun, openResult().report);
    assert.equal(keys.get('leakline.canVerify'), true);
  });

  it('tells of a filter', () => {
    filter.filter = 'cart';
    filterChanged.fire();
    assert.equal(keys.get('leakline.isFiltered'), true);
  });
});
