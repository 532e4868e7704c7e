import assert from 'node:assert/strict';
import type { RunStage } from '../../../../src/investigation/investigation';
import { runRow } from '../../../../src/extension/views/runRows';
import { rowIds } from './drawRows';
import { plan } from '../run/fakeRun';

describe('runRow', () => {
  const states = (stage: RunStage | undefined, waiting?: { title: string; reason?: string }) => {
    const { children = [] } = runRow({ title: 'server.js', plan, stage }, waiting);
    return children.map(({ label, kind }) => `${label}: ${kind.replace('step-', '')}`);
  };

  it('shows every step of the plan before the first', () => {
    assert.deepEqual(states(undefined), [
      'Warm-up 1 of 1: pending',
      'Baseline: pending',
      'Round 1 of 2: pending',
      'Round 2 of 2: pending',
      'Compare: pending',
    ]);
  });

  it('tells what is done, what runs and what waits for the person', () => {
    assert.deepEqual(states({ kind: 'baseline' }).slice(0, 3), [
      'Warm-up 1 of 1: done',
      'Baseline: running',
      'Round 1 of 2: pending',
    ]);
    const round = { kind: 'round', index: 2, of: 2 } as const;
    assert.equal(states(round)[3], 'Round 2 of 2: running');
    assert.equal(states(round, { title: 'Round 2 of 2' })[3], 'Round 2 of 2: waiting');
    assert.equal(states({ kind: 'compare' })[4], 'Compare: running');
  });

  it('adds an extra round when there is one, with the reason', () => {
    const stage = { kind: 'extra', index: 1, of: 3 } as const;
    const waiting = { title: 'Extra round 1 of at most 3', reason: 'It is in doubt.' };
    assert.deepEqual(states(stage, waiting).slice(-2), [
      'Extra round 1 of at most 3: waiting',
      'Compare: pending',
    ]);
    const row = runRow({ title: 'server.js', plan, stage }, waiting).children?.at(-2);
    assert.ok(row?.tooltip?.endsWith('It is in doubt.'));
    assert.equal(row?.click?.command, 'leakline.continue');
  });

  it('starts over with a baseline that is taken again', () => {
    assert.equal(states({ kind: 'round', index: 1, of: 2 })[3], 'Round 2 of 2: pending');
  });

  it('has an id of its own for each step', () => {
    const ids = rowIds([runRow({ title: 'server.js', plan, stage: undefined }, undefined)]);
    assert.equal(new Set(ids).size, ids.length);
  });
});
