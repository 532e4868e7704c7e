import assert from 'node:assert/strict';
import { LeaklineError } from '../../../src/base/errors';
import { errorActions } from '../../../src/extension/errorActions';

const titles = (error: unknown, lastAddress?: string) =>
  errorActions(error, lastAddress).map(({ title }) => title);

describe('errorActions', () => {
  it('offers to attach again where the connection was lost', () => {
    const lost = new LeaklineError('connectionLost', 'The program ended.');
    assert.deepEqual(errorActions(lost, '127.0.0.1:9229'), [
      {
        title: 'Attach Again',
        command: 'leakline.attach',
        argument: { address: '127.0.0.1:9229' },
      },
    ]);
  });

  it('asks for the address where none was given before', () => {
    const lost = new LeaklineError('connectionLost', 'The program ended.');
    assert.deepEqual(errorActions(lost, undefined), [
      { title: 'Attach…', command: 'leakline.attach' },
    ]);
  });

  it('asks for another address where the one that was given is wrong', () => {
    const refused = new LeaklineError('connectionRefused', 'Nobody listens.');
    assert.deepEqual(titles(refused, '127.0.0.1:1'), ['Attach…']);
  });

  it('leads to what has to be changed', () => {
    assert.deepEqual(titles(new LeaklineError('driveFailed', 'x')), [
      'Change Command',
      'Find Leaks…',
    ]);
    assert.deepEqual(titles(new LeaklineError('truncatedSnapshot', 'x')), [
      'Choose Other Snapshots…',
    ]);
  });

  it('offers nothing for what only a developer of Leakline can mend', () => {
    assert.deepEqual(titles(new TypeError('x is undefined')), []);
  });
});
