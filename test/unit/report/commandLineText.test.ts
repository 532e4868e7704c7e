import assert from 'node:assert/strict';
import { commandLineText } from '../../../src/report/commandLineText';

describe('commandLineText', () => {
  it('can be given to a shell', () => {
    assert.equal(
      commandLineText(['node', '--inspect=0', '-e', "it's(1)", '']),
      `node --inspect=0 -e 'it'\\''s(1)' ''`,
    );
  });
});
