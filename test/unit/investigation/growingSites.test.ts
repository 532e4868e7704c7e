import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AllocationFrame, AllocationStack } from '../../../src/base/allocationProfile';
import { position0 } from '../../../src/base/position';
import { growingSites } from '../../../src/investigation/growingSites';
import { SiteFinder } from '../../../src/investigation/siteFinder';
import { inTemporaryFolder } from '../../support/temporaryFolder';

const CODE = `const kept = new Map();
class Order { constructor(id) { this.id = id; } }
function keep(id) {
  const order = new Order(id);
  kept.set(id, order);
  return order;
}
function handle(id) {
  return keep(id).id;
}
`;

/** Sums of the last reading by place, for stacks of function names, innermost first. */
function placesOf(stacks: readonly (readonly [bytes: number, ...names: string[]])[]) {
  return inTemporaryFolder(async (root) => {
    const file = path.join(root, 'app.js');
    await writeFile(file, CODE);
    const url = pathToFileURL(file).href;
    const finder = new SiteFinder({ scripts: [{ scriptId: 7, url }] }, root);
    const series = await growingSites([{ seconds: 1, stacks: stacks.map(stackOf(url)) }], finder);
    return series.map(({ functionName, site, readings }) => {
      return [functionName, site?.role, site?.line, readings[0].bytes];
    });
  });
}

function stackOf(url: string) {
  return ([bytes, ...names]: readonly [number, ...string[]]): AllocationStack => ({
    bytes,
    frames: names.map((name) => frameOf(name, url)),
  });
}

function frameOf(functionName: string, url: string): AllocationFrame {
  if (functionName.startsWith('node:')) {
    return { functionName, scriptId: 1, url: 'node:events', position: position0(1, 1) };
  }
  const start = functionName === 'Order' ? 'constructor(' : `function ${functionName}(`;
  const before = CODE.slice(0, CODE.indexOf(start) + start.length - 1).split('\n');
  const position = position0(before.length - 1, before[before.length - 1].length);
  return { functionName, scriptId: 7, url, position };
}

describe('growingSites', () => {
  it('blames the function that stores for what those make that it calls', async () => {
    assert.deepEqual(
      await placesOf([
        [10, 'Order', 'keep', 'handle', 'node:emit'],
        [5, 'keep', 'handle'],
        [1, 'node:set', 'keep'],
      ]),
      [['keep', 'growth', 5, 16]],
    );
  });

  it('names the function that allocates where none stores', async () => {
    assert.deepEqual(await placesOf([[10, 'node:emit', 'handle']]), [
      ['handle', 'allocation', 8, 10],
    ]);
  });

  it('follows a function into which the one that stores was inlined', async () => {
    const stacks = [[10, 'handle', 'node:emit'] as const, [2, 'Order', 'keep', 'handle'] as const];
    assert.deepEqual(await placesOf(stacks), [['keep', 'growth', 5, 12]]);
  });

  it('leaves out what Node.js allocates by itself', async () => {
    assert.deepEqual(await placesOf([[10, 'node:emit', 'node:tick']]), []);
  });
});
