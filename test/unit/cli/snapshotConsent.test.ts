import assert from 'node:assert/strict';
import type { Consent } from '../../../src/investigation/snapshotConsent';
import type { SnapshotVerdict } from '../../../src/care/snapshotVerdict';
import { ProgressLine } from '../../../src/cli/progress';
import { consentAtTerminal } from '../../../src/cli/snapshotConsent';
import { isRemote } from '../../../src/cli/targetOptions';
import { parseAttachAddress } from '../../../src/inspector/targets';

const never = new AbortController().signal;

function verdict(decision: SnapshotVerdict['decision']): SnapshotVerdict {
  const range = { least: 1, most: 2 };
  return {
    decision,
    cost: { pauseSeconds: range, extraBytes: range, from: 'heapSize' },
    estimate: 'It takes a while.',
    reasons: decision === 'go' ? [] : ['There is little memory.'],
  };
}

function consent(given: Consent, answer?: string) {
  let printed = '';
  const asked: string[] = [];
  const progress = new ProgressLine({ write: (text: string) => (printed += text) });
  const ask = (question: string) => {
    asked.push(question);
    return Promise.resolve(answer ?? '');
  };
  const guard = consentAtTerminal(given, progress, answer === undefined ? undefined : ask);
  return {
    obtain: (decision: SnapshotVerdict['decision']) => guard.obtain(verdict(decision), never),
    printed: () => printed,
    asked,
  };
}

describe('consentAtTerminal', () => {
  it('prints the estimate before the first snapshot, and only then', async () => {
    const { obtain, printed, asked } = consent('ask', 'n');
    await obtain('go');
    await obtain('go');
    assert.equal(printed(), 'It takes a while.\n');
    assert.deepEqual(asked, []);
  });

  it('asks once when in doubt, and says why', async () => {
    const { obtain, printed, asked } = consent('ask', 'y');
    await obtain('ask');
    await obtain('ask');
    assert.equal(asked.length, 1);
    assert.match(printed(), /There is little memory\./);
  });

  for (const answer of ['', 'n', 'yet']) {
    it(`takes "${answer}" for a no`, async () => {
      await assert.rejects(consent('ask', answer).obtain('ask'), { code: 'tooCostly' });
    });
  }

  it('ends with an error, and names the way out, where nobody can be asked', async () => {
    await assert.rejects(consent('ask').obtain('ask'), {
      code: 'tooCostly',
      message: 'No heap snapshot was taken. It takes a while. There is little memory.',
      hint: /--yes.*leakline sample/,
    });
    await consent('yes').obtain('ask');
  });

  it('refuses what will not fit, whatever was agreed to, but for --force', async () => {
    await assert.rejects(consent('ask', 'y').obtain('refuse'), { hint: /--force/ });
    await assert.rejects(consent('yes').obtain('refuse'), { code: 'tooCostly' });
    await consent('force').obtain('refuse');
  });
});

describe('isRemote', () => {
  const attach = (text: string) => isRemote({ kind: 'attach', address: parseAttachAddress(text) });

  it('is no target on the loopback addresses, no process of this machine, and none it starts', () => {
    for (const text of [
      '9229',
      'localhost:9229',
      '[::1]:9229',
      '127.0.0.9:1',
      'ws://127.0.0.1:1/a',
    ]) {
      assert.equal(attach(text), false, text);
    }
    assert.equal(isRemote({ kind: 'pid', pid: 1 }), false);
    assert.equal(isRemote({ kind: 'launch', command: ['node'] }), false);
  });

  it('is every other address', () => {
    for (const text of [
      '10.0.0.1:9229',
      'web-1:9229',
      'wss://example.com/a',
      '127.example.com:1',
    ]) {
      assert.equal(attach(text), true, text);
    }
  });
});
