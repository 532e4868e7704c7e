import assert from 'node:assert/strict';
import { findInModules } from '../support/leakingModules';
import { readShapePages, type ShapePage } from '../support/shapePages';

/** A report names no more than ten suspects. */
const AT_ONCE = 5;

/** The samples of pages as modules: `map.mjs` and so on. */
function modulesOf(pages: readonly ShapePage[], kind: 'leaking' | 'fixed'): Map<string, string> {
  return new Map(pages.map(({ shape, samples }) => [`${shape}.mjs`, samples.get(kind)!]));
}

describe('The samples in docs/shapes', function () {
  this.timeout(180_000);
  const pages = readShapePages();
  const groups = [];
  for (let at = 0; at < pages.length; at += AT_ONCE) groups.push(pages.slice(at, at + AT_ONCE));

  for (const some of groups) {
    const shapes = some.map(({ shape }) => shape);

    it(`leak in the shape of their page: ${shapes.join(', ')}`, async () => {
      const { findings } = await findInModules(modulesOf(some, 'leaking'));
      const found = findings.map(({ shape, sites }) => `${shape} in ${sites[0]?.file}`);
      assert.deepEqual(
        found.sort(),
        shapes.map((shape) => `${shape} in ${shape}.mjs`),
      );
    });
  }

  it('do not leak once they are fixed', async () => {
    const { verdict, findings } = await findInModules(modulesOf(pages, 'fixed'));
    assert.deepEqual([verdict, findings.map(({ title }) => title)], ['clean', []]);
  });
});
