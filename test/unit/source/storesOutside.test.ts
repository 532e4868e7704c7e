import assert from 'node:assert/strict';
import { position0 } from '../../../src/base/position';
import { ScopeAnalysis } from '../../../src/source/scopes';
import { storesOutside } from '../../../src/source/storesOutside';
import { parseSyntaxTree } from '../../../src/source/syntaxTree';

/** The lines, of those from the function that begins at `|` on, that store something outside of it. */
function storeLines(marked: string): number[] {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const tree = parseSyntaxTree(marked.replace('|', ''), 'a.js');
  assert(tree);
  const at = position0(before.length - 1, before[before.length - 1].length);
  return storesOutside(tree, new ScopeAnalysis(tree), at).map(({ line }) => line);
}

describe('storesOutside', () => {
  it('finds what fills a container of the module', () => {
    const ways = [
      'all.push(x)',
      'all.set(k, x)',
      'all[k] = x',
      'all.by.name.add(x)',
      'all.on(k, f)',
    ];
    for (const way of ways) {
      assert.deepEqual(
        storeLines(`const all = make();\nfunction keep|(x, k) {\n${way};\n}`),
        [2],
        way,
      );
    }
  });

  it('finds what fills a member, but not what a constructor gives its object', () => {
    assert.deepEqual(storeLines('class A {\nkeep|(x) {\nthis.all.push(x);\n}\n}'), [2]);
    assert.deepEqual(storeLines('class A {\nconstructor|(x) {\nthis.all.push(x);\n}\n}'), []);
  });

  it('leaves out what ends with the call, and what the caller gave', () => {
    assert.deepEqual(storeLines('function f|(x) {\nconst all = [];\nall.push(x);\n}'), []);
    assert.deepEqual(storeLines('function f|(all, x) {\nall.push(x);\n}'), []);
    assert.deepEqual(storeLines('function f|(x) {\nthis.x = x;\nthis[x] = x;\n}'), []);
    assert.deepEqual(storeLines('const all = [];\nfunction f|(x) {\nall.get(x);\n}'), []);
  });

  it('leaves to inner functions what they do', () => {
    const inner = 'const all = [];\nfunction f|(x) {\nreturn () => {\nall.push(x);\n};\n}';
    assert.deepEqual(storeLines(inner), []);
    assert.deepEqual(storeLines(inner.replace('|', '').replace('() =>', '(|) =>')), [3]);
  });
});
