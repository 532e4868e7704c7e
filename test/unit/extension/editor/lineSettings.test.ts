import assert from 'node:assert/strict';
import { isShown } from '../../../../src/extension/editor/lineSettings';

describe('isShown', () => {
  const configuration = (values: Record<string, unknown>) => ({
    get: <T>(name: string, fallback: T) => (name in values ? (values[name] as T) : fallback),
  });

  it('is true until somebody switches it off', () => {
    assert.equal(isShown(configuration({}), 'hover.enabled'), true);
    assert.equal(isShown(configuration({ 'hover.enabled': false }), 'hover.enabled'), false);
    assert.equal(isShown(configuration({ 'codeLens.enabled': false }), 'hover.enabled'), true);
  });
});
