import assert from 'node:assert/strict';
import { position0 } from '../../../src/base/position';
import { findCallInto } from '../../../src/source/callInto';
import { parseSyntaxTree } from '../../../src/source/syntaxTree';

/** The 0-based line of the call that the function on line 1 makes. */
function lineOf(code: string, functionName: string, packageName = 'store-kit'): number | undefined {
  const tree = parseSyntaxTree(code, 'a.js')!;
  const at = position0(1, code.split('\n')[1].indexOf('('));
  return findCallInto(tree, at, { functionName, packageName })?.line;
}

describe('findCallInto', () => {
  it('finds the call by the name of the function', () => {
    const code = `const kit = require('store-kit');
function handle(i) {
  log(i);
  return kit.open(i);
}`;
    assert.equal(lineOf(code, 'open'), 3);
    assert.equal(lineOf(code, 'Kit.open'), 3);
  });

  it('finds a new expression', () => {
    const code = `import { Store } from 'store-kit';
function handle(i) {
  const n = i;
  return new Store(n);
}`;
    assert.equal(lineOf(code, 'Store'), 3);
  });

  it('falls back on a call of what comes from the package', () => {
    const forms = [
      `import kit from 'store-kit/lib';`,
      `import { kit } from 'store-kit';`,
      `const kit = require('store-kit').default;`,
      `const { make: kit } = require('store-kit');`,
    ];
    for (const form of forms) {
      const code = `${form}
function handle(i) {
  log(i);
  return kit(i);
}`;
      assert.equal(lineOf(code, ''), 3, form);
    }
  });

  it('finds nothing in other functions, or of other packages', () => {
    const code = `import kit from 'store-kit';
function handle(i) {
  return log(i);
}
kit();`;
    assert.equal(lineOf(code, ''), undefined);
    const other = `import kit from 'store-kitten';
function handle(i) {
  return kit(i);
}`;
    assert.equal(lineOf(other, ''), undefined);
  });
});
