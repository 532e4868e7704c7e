import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compares a text with `golden/NAME` beside the tests. Run with UPDATE_GOLDENS=1 to write what the
 * code says now, then read the difference before committing it.
 */
export function assertGolden(name: string, actual: string): void {
  const file = join(__dirname, 'golden', name);
  if (process.env.UPDATE_GOLDENS) writeFileSync(file, actual);
  const expected = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  assert.equal(actual, expected, `${name} differs; UPDATE_GOLDENS=1 rewrites it`);
}
