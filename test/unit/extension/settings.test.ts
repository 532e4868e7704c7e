import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS, readSettings } from '../../../src/extension/settings';

describe('readSettings', () => {
  const configuration = (values: Record<string, unknown>) => ({
    get: <T>(name: string, fallback: T) => (name in values ? (values[name] as T) : fallback),
  });

  it('takes what is set, and the defaults for the rest', () => {
    assert.deepEqual(readSettings(configuration({})), DEFAULT_SETTINGS);
    assert.deepEqual(readSettings(configuration({ rounds: 5 })), {
      ...DEFAULT_SETTINGS,
      rounds: 5,
    });
  });

  it('slows no program down and hides nothing unless that is said in so many words', () => {
    const { trackAllocations, hideKeys } = readSettings(
      configuration({ trackAllocations: 'no', hideKeys: true }),
    );
    assert.deepEqual([trackAllocations, hideKeys], [false, true]);
  });

  it('takes blanks for no command at all', () => {
    assert.equal(readSettings(configuration({ driveCommand: '  ' })).driveCommand, '');
  });
});
