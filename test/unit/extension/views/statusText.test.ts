import assert from 'node:assert/strict';
import { heapTrend } from '../../../../src/extension/views/heapTrend';
import { quickActions } from '../../../../src/extension/views/quickActions';
import { statusText, statusTooltip, type Status } from '../../../../src/extension/views/statusText';

const detached: Status = { attached: undefined, heap: [], busyWith: undefined, isWaiting: false };
const attached: Status = {
  ...detached,
  attached: { name: 'server.js[4711]', address: '127.0.0.1:9229' },
  heap: [40e6, 40e6, 41e6, 44e6, 45e6, 47e6],
};

describe('heapTrend', () => {
  it('follows the halves, not single readings', () => {
    assert.equal(heapTrend([10, 10, 10, 20, 20, 20]), 'up');
    assert.equal(heapTrend([20, 20, 20, 10, 10, 10]), 'down');
    assert.equal(heapTrend([100, 90, 100, 91, 100, 90]), 'steady');
    assert.equal(heapTrend([10, 12, 10, 12, 10, 12, 10, 12]), 'steady');
  });

  it('says nothing of too few', () => assert.equal(heapTrend([1, 2, 4, 8]), 'steady'));
});

describe('statusText', () => {
  it('is absent while there is nothing to tell', () => {
    assert.equal(statusText(detached), undefined);
  });

  it('names the program, its heap and where that goes', () => {
    assert.equal(statusText(attached), '$(pulse) server.js[4711] 47.0 MB $(arrow-up)');
    assert.match(statusTooltip(attached), /at 127\.0\.0\.1:9229\nHeap: 47\.0 MB used, rising\n/);
  });

  it('tells of work, and first of all of a run that waits', () => {
    const busy = { ...attached, busyWith: 'Finding leaks' };
    assert.match(statusText(busy) ?? '', /^\$\(sync~spin\) server/);
    assert.match(statusTooltip(busy), /\nFinding leaks\n/);
    assert.match(statusText({ ...busy, isWaiting: true }) ?? '', /your turn/);
  });

  it('draws no icon that a program put into its name', () => {
    const name = '$(error) x';
    const text = statusText({ ...attached, attached: { name, address: '' } });
    assert.ok(!text?.includes('$(error)'));
  });
});

describe('quickActions', () => {
  const idle = {
    isConnected: false,
    isBusy: false,
    isWaiting: false,
    canShowResult: false,
    canVerify: false,
    hasFindings: false,
  };
  const commands = (state: Partial<typeof idle>) =>
    quickActions({ ...idle, ...state }).map(({ command }) => command.replace('leakline.', ''));

  it('offers only what can be done now', () => {
    assert.deepEqual(commands({}), ['findLeaks', 'attach']);
    assert.deepEqual(commands({ isConnected: true, canVerify: true, hasFindings: true }), [
      'findLeaks',
      'verifyFix',
      'takeSnapshot',
      'showRetainers',
      'detach',
    ]);
    assert.deepEqual(commands({ isConnected: true, isBusy: true, canVerify: true }), ['cancel']);
    assert.deepEqual(commands({ isBusy: true, isWaiting: true, canShowResult: true }), [
      'continue',
      'showResult',
      'cancel',
    ]);
  });
});
