import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';
import { Connection } from '../../../src/extension/connection';
import { publishContextKeys } from '../../../src/extension/contextKeys';
import { CurrentResult } from '../../../src/extension/currentResult';
import { ManualExercise } from '../../../src/extension/manualExercise';
import { fakeInvestigation, openResult } from './openResult';

describe('publishContextKeys', () => {
  const changed = new Emitter<void>();
  const jobs = { isBusy: false, onDidChange: changed.event };
  const manual = new ManualExercise();
  const results = new CurrentResult();
  const connection = new Connection(() => Promise.reject(new Error('not expected')));
  const keys = new Map<string, boolean>();
  const subscription = publishContextKeys({ connection, jobs, manual, results }, (key, value) =>
    keys.set(key, value),
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
  });
});
