import type { RepeatableRun } from '../../../../src/extension/run/lastRun';
import type { Memory } from '../../../../src/extension/views/targetMemory';
import type { InvestigationPlan } from '../../../../src/investigation/investigation';

export const plan: InvestigationPlan = { warmup: 1, rounds: 2, extraRounds: 3, settleSeconds: 0 };

export const repeatableRun: RepeatableRun = {
  address: '127.0.0.1:9229',
  webSocketUrl: 'ws://127.0.0.1:9229/a',
  plan,
  drive: { kind: 'byHand' },
  root: '/shop',
};

/** What VS Code keeps, in memory only: values go through JSON. */
export function fakeMemory(): Memory {
  const values = new Map<string, string>();
  return {
    get: <T>(key: string) => {
      const value = values.get(key);
      return value === undefined ? undefined : (JSON.parse(value) as T);
    },
    update: (key, value) => {
      values.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}
