import assert from 'node:assert/strict';
import { progressText } from '../../../src/extension/progressText';

describe('progressText', () => {
  it('is the message while the total is unknown', () => {
    assert.equal(progressText({ message: 'Collecting garbage' }), 'Collecting garbage');
  });

  it('says how far it is, never more than it is', () => {
    assert.equal(progressText({ message: 'Snapshot', fraction: 0.999 }), 'Snapshot (99%)');
    assert.equal(progressText({ message: 'Snapshot', fraction: 1 }), 'Snapshot (100%)');
  });

  it('says how long it will take, once that is known', () => {
    assert.equal(
      progressText({ message: 'Reading the snapshot (20 MB)', fraction: 0.2 }, 40_000),
      'Reading the snapshot (20 MB) (20%, about 40 s left)',
    );
  });
});
